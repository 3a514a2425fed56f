/** Dates, and dates with a time, as segments of a path. */
import { arePair, digitsFrom, isDigit } from './ascii';
import { byteAt } from './layout';

/** `2026-11`, `2026-11-23`, or a date with its time. */
export function isDate(start: usize, end: usize): bool {
  const length = end - start;
  if (!arePair(start, end) || !arePair(start + 2, end)) return false;
  const century = load<u16>(start);
  if (century != 0x3931 && century != 0x3032) return false;
  let at = start + 4;
  if (length == 7 || length == 10) {
    if (byteAt(at) != 0x2d || !arePair(at + 1, end)) return false;
    const month = (byteAt(at + 1) - 0x30) * 10 + byteAt(at + 2) - 0x30;
    if (month < 1 || month > 12) return false;
    return length == 7 || (byteAt(at + 3) == 0x2d && arePair(at + 4, end));
  }
  if (length < 13) return false;
  if (byteAt(at) == 0x2d) at++;
  if (!arePair(at, end)) return false;
  at += 2;
  if (at < end && byteAt(at) == 0x2d) at++;
  if (!arePair(at, end)) return false;
  at += 2;
  if (at >= end) return false;
  if (byteAt(at) == 0x54 || byteAt(at) == 0x20) at++;
  else if (at + 3 <= end && byteAt(at) == 0x25 && byteAt(at + 1) == 0x32 && byteAt(at + 2) == 0x30) at += 3;
  else return false;
  return isTime(at, end);
}

/** `20:50`, `205035.123`, then nothing, `Z`, `+01:00` or `+0100`. */
function isTime(start: usize, end: usize): bool {
  let at = start;
  if (!arePair(at, end)) return false;
  at += 2;
  if (at < end && byteAt(at) == 0x3a) at++;
  if (!arePair(at, end)) return false;
  at += 2;
  if (at < end && (byteAt(at) == 0x3a || isDigit(byteAt(at)))) {
    if (byteAt(at) == 0x3a) at++;
    if (!arePair(at, end)) return false;
    at += 2;
    if (at < end && byteAt(at) == 0x2e) {
      const digits = digitsFrom(at + 1, end);
      if (digits == 0) return false;
      at += 1 + digits;
    }
  }
  if (at == end) return true;
  if (byteAt(at) == 0x5a) return at + 1 == end;
  if (byteAt(at) != 0x2b && byteAt(at) != 0x2d) return false;
  at++;
  if (!arePair(at, end)) return false;
  at += 2;
  if (at < end && byteAt(at) == 0x3a) at++;
  return arePair(at, end) && at + 2 == end;
}
