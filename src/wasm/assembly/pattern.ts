/**
 * Texts with numbers in between, as ../scan-memory.ts writes them: read from left to right, or from right to left where what
 * stands before them cannot be trusted. The numbers go to VALUES.
 */
import { ENTRIES, ENTRY, TEXT, VALUES, byteAt, isText } from './layout';

export const FAILED: usize = 0;
/** In place of a number that is negative, or only a dash. */
export const ABSENT: f64 = -1;
const MAX_DIGITS: usize = 15;

/** The position behind the pattern when it stands at `at` and ends at or before `end`, else FAILED. */
export function match(start: usize, end: usize, pattern: usize): usize {
  let at = start;
  let entry = pattern + ENTRIES;
  let value = VALUES;
  let left = load<u32>(pattern);
  while (true) {
    const length = <usize>load<u32>(entry);
    if (at + length > end || !isText(at, entry + TEXT, length)) return FAILED;
    at += length;
    if (left-- == 0) return at;
    const negative = load<u32>(entry, 4) != 0 && at < end && byteAt(at) == 0x2d;
    if (negative) at++;
    const first = at;
    let number: u64 = 0;
    for (; at < end; at++) {
      const digit = byteAt(at) - 0x30;
      if (digit > 9) break;
      number = number * 10 + digit;
    }
    const digits = at - first;
    if ((digits == 0 && !negative) || digits > MAX_DIGITS) return FAILED;
    store<f64>(value, negative ? ABSENT : <f64><i64>number);
    value += 8;
    entry += ENTRY;
  }
}

/** From right to left: the position where the pattern begins that ends right before `end`, else FAILED. */
export function matchBack(start: usize, end: usize, pattern: usize): usize {
  let at = end;
  let left = <usize>load<u32>(pattern);
  while (true) {
    const entry = pattern + ENTRIES + left * ENTRY;
    const length = <usize>load<u32>(entry);
    if (at < start + length || !isText(at - length, entry + TEXT, length)) return FAILED;
    at -= length;
    if (left == 0) return at;
    left--;
    const behind = at;
    let number: u64 = 0;
    let scale: u64 = 1;
    for (; at > start; at--) {
      const digit = byteAt(at - 1) - 0x30;
      if (digit > 9) break;
      number += digit * scale;
      scale *= 10;
    }
    const digits = behind - at;
    if (digits == 0 || digits > MAX_DIGITS) return FAILED;
    store<f64>(VALUES + left * 8, <f64><i64>number);
  }
}
