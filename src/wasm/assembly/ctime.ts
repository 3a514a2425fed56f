/** Dates in C's ctime(3) form: English names whatever the locale, the day padded by a space. */
import { LAST_DATE, LAST_TIME, byteAt } from './layout';

/** Bytes of `Mon Nov 23 20:50:35 2026`. */
export const CTIME_LENGTH: usize = 24;

/** The ctime at `at` in milliseconds, taken as UTC; NaN when it is none. Lines of one second follow each other. */
export function readDate(at: usize): f64 {
  // What LAST_DATE holds before the first date.
  if (byteAt(at) == 0) return NaN;
  if (
    load<u64>(at, 16) == load<u64>(LAST_DATE, 16) &&
    load<u64>(at, 8) == load<u64>(LAST_DATE, 8) &&
    load<u64>(at) == load<u64>(LAST_DATE)
  ) {
    return load<f64>(LAST_TIME);
  }
  memory.copy(LAST_DATE, at, CTIME_LENGTH);
  const time = parseCtime(at);
  store<f64>(LAST_TIME, time);
  return time;
}

function parseCtime(at: usize): f64 {
  for (let i: usize = 0; i < 3; i++) if ((byteAt(at + i) | 0x20) - 0x61 > 25) return NaN;
  if (byteAt(at + 3) != 0x20 || byteAt(at + 7) != 0x20 || byteAt(at + 10) != 0x20) return NaN;
  if (byteAt(at + 13) != 0x3a || byteAt(at + 16) != 0x3a || byteAt(at + 19) != 0x20) return NaN;
  const month = monthOf((byteAt(at + 4) << 16) | (byteAt(at + 5) << 8) | byteAt(at + 6));
  const day = pair(at + 8);
  const hour = pair(at + 11);
  const minute = pair(at + 14);
  const second = pair(at + 17);
  const century = pair(at + 20);
  const years = pair(at + 22);
  if (month == 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return NaN;
  if (hour < 0 || minute < 0 || second < 0 || century < 0 || years < 0) return NaN;
  const days = daysFromCivil(century * 100 + years, month, day);
  return ((<f64>days * 24 + <f64>hour) * 60 + <f64>minute) * 60000 + <f64>second * 1000;
}

/** Two digits, the first of which may be a space; -1 otherwise. */
function pair(at: usize): i32 {
  const tens = byteAt(at) == 0x20 ? 0 : byteAt(at) - 0x30;
  const ones = byteAt(at + 1) - 0x30;
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : -1;
}

/** 1 to 12 for the three letters of a month's name; 0 for any other. */
function monthOf(name: u32): i32 {
  switch (name) {
    case 0x4a616e: return 1;
    case 0x466562: return 2;
    case 0x4d6172: return 3;
    case 0x417072: return 4;
    case 0x4d6179: return 5;
    case 0x4a756e: return 6;
    case 0x4a756c: return 7;
    case 0x417567: return 8;
    case 0x536570: return 9;
    case 0x4f6374: return 10;
    case 0x4e6f76: return 11;
    case 0x446563: return 12;
    default: return 0;
  }
}

/** Days since 1970-01-01 of a date of the Gregorian calendar; years are counted from March, so that leap days come last. */
function daysFromCivil(civilYear: i32, month: i32, day: i32): i32 {
  const year = month <= 2 ? civilYear - 1 : civilYear;
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * fromMarch + 2) / 5 + day - 1;
  return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719468;
}
