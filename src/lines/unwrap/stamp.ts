/** Dates and times as wrappers write them, read without making strings: each line of a wrapped log has one. */

export interface Stamp {
  /** Milliseconds since 1970, or of a wall clock taken as UTC when not `zoned`. */
  time: number;
  zoned: boolean;
  /** Behind the stamp. */
  end: number;
}

const [DOT, COMMA, COLON, MINUS, PLUS, SPACE] = [0x2e, 0x2c, 0x3a, 0x2d, 0x2b, 0x20];
const [UPPER_T, UPPER_Z, UNDERSCORE] = [0x54, 0x5a, 0x5f];
const MINUTE = 60_000;
const MOST_FRACTION_DIGITS = 12;

let lastText = '';
let lastStamp: Stamp | undefined;

/** The stamp that a line begins with. Several wrappers ask this of one line: the last answer is kept. */
export function leadingStamp(text: string): Stamp | undefined {
  if (text !== lastText) {
    lastText = text;
    lastStamp = readStamp(text, 0);
  }
  return lastStamp;
}

/**
 * RFC 3339 and its relatives at `at`: `2026-11-23T20:50:35.123456789Z`, `2026-11-23T21:01:43+0000`,
 * `2026-11-23 20:50:35,123`, `2026-11-23_20:50:35.12345`.
 */
export function readStamp(text: string, at: number): Stamp | undefined {
  const year = digits(text, at, 4);
  if (year < 0 || text.charCodeAt(at + 4) !== MINUS || text.charCodeAt(at + 7) !== MINUS) return undefined;
  const day = dayOf(year, digits(text, at + 5, 2), digits(text, at + 8, 2));
  const separator = text.charCodeAt(at + 10);
  if (day < 0 || (separator !== UPPER_T && separator !== SPACE && separator !== UNDERSCORE)) return undefined;
  const clock = readClock(text, at + 11);
  if (clock < 0) return undefined;
  return withZone(text, at + 19, day + clock);
}

/** `20:50:35` at `at`, in milliseconds; -1 when there is none. */
export function readClock(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return -1;
  const hour = digits(text, at, 2);
  const minute = digits(text, at + 3, 2);
  const second = digits(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return (hour * 3600 + minute * 60 + second) * 1000;
}

/** What may stand behind the seconds: a fraction, a zone. */
export function withZone(text: string, at: number, wallClock: number): Stamp | undefined {
  let end = at;
  let time = wallClock;
  const mark = text.charCodeAt(end);
  if (mark === DOT || mark === COMMA) {
    const first = end + 1;
    let scale = 100;
    for (end = first; end - first < MOST_FRACTION_DIGITS; end++) {
      const digit = text.charCodeAt(end) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      time += digit * scale;
      scale /= 10;
    }
    if (end === first) return undefined;
    time = Math.floor(time);
  }
  const zone = text.charCodeAt(end);
  if (zone === UPPER_Z) return { time, zoned: true, end: end + 1 };
  // ` +0000` in Common Log Format and Python's loggers.
  const sign = zone === SPACE ? end + 1 : end;
  const offset = readOffset(text, sign);
  if (offset) return { time: time - offset.time, zoned: true, end: offset.end };
  return { time, zoned: false, end };
}

function readOffset(text: string, at: number): { time: number; end: number } | undefined {
  const sign = text.charCodeAt(at);
  if (sign !== PLUS && sign !== MINUS) return undefined;
  const hours = digits(text, at + 1, 2);
  const minutesAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3;
  const minutes = digits(text, minutesAt, 2);
  if (hours < 0 || minutes < 0) return undefined;
  return { time: (hours * 60 + minutes) * MINUTE * (sign === PLUS ? 1 : -1), end: minutesAt + 2 };
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** 1 to 12 of a month's three letters at `at`; 0 for others. */
export function readMonth(text: string, at: number): number {
  const place = MONTHS.indexOf(text.slice(at, at + 3));
  return place >= 0 && place % 3 === 0 && text.length >= at + 3 ? place / 3 + 1 : 0;
}

/** `Nov 23 20:50:35` at `at`, with its fraction if it has one; the day may be padded by a space. No year: see {@link yearFor}. */
export function readYearless(text: string, at: number, now: number): Stamp | undefined {
  const month = readMonth(text, at);
  if (month === 0 || text.charCodeAt(at + 3) !== SPACE || text.charCodeAt(at + 6) !== SPACE) return undefined;
  const day = dayOfMonth(text, at + 4);
  const clock = readClock(text, at + 7);
  if (day < 1 || day > 31 || clock < 0) return undefined;
  const stamp = withZone(text, at + 15, dayOf(yearFor(month, day, now), month, day) + clock);
  return stamp && { ...stamp, zoned: false };
}

/** `Mon Nov 23 20:50:35 2026` at `at`. */
export function readCtime(text: string, at: number): Stamp | undefined {
  const month = readMonth(text, at + 4);
  if (month === 0 || text.charCodeAt(at + 3) !== SPACE || text.charCodeAt(at + 7) !== SPACE) return undefined;
  const clock = readClock(text, at + 11);
  const year = digits(text, at + 20, 4);
  const day = dayOf(year, month, dayOfMonth(text, at + 8));
  if (clock < 0 || year < 0 || day < 0) return undefined;
  return { time: day + clock, zoned: false, end: at + 24 };
}

/** The year of a date that names none: the latest in which it is not in the future, as clocks and zones go. */
export function yearFor(month: number, day: number, now: number): number {
  const tomorrow = new Date(now + 36 * 60 * MINUTE);
  const year = tomorrow.getUTCFullYear();
  const isLater = Date.UTC(year, month - 1, day) > tomorrow.getTime();
  return isLater ? year - 1 : year;
}

function dayOfMonth(text: string, at: number): number {
  return text.charCodeAt(at) === SPACE ? digits(text, at + 1, 1) : digits(text, at, 2);
}

let lastDate = -1;
let lastDay = -1;

/** Milliseconds of a day's beginning; -1 when there is no such day. Lines of one day follow each other. */
function dayOf(year: number, month: number, day: number): number {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
  const date = (year * 100 + month) * 100 + day;
  if (date !== lastDate) {
    lastDate = date;
    lastDay = Date.UTC(year, month - 1, day);
  }
  return lastDay;
}

/** A number of exactly `count` digits, or -1. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}
