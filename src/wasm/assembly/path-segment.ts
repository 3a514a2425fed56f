/** The normal form of a segment as `normalPath` of src/route/path.ts makes it: without parameters, decoded where it may be. */
import { HAS_LETTERS, LETTERS, RUN, SEGMENT, byteAt } from './layout';

const SLASH: u32 = 0x2f;
const SEMICOLON: u32 = 0x3b;
const PERCENT: u32 = 0x25;

/** Whether the last segment had letters beyond ASCII. */
export let isForeign: bool = false;

/** Where the segment at `at` ends. */
export function segmentEnd(at: usize, end: usize): usize {
  const slashes = i8x16.splat(0x2f);
  for (; at + 16 <= end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), slashes));
    if (found != 0) return at + <usize>ctz(found);
  }
  while (at < end && byteAt(at) != SLASH) at++;
  return at;
}

/**
 * The end of the segment's normal form: in [start, end) where it is a part of that, at SEGMENT where it had to be made there;
 * 0 for what is not told here: escapes of characters beyond the first 65 536.
 */
export function normalEnd(start: usize, end: usize): usize {
  isForeign = false;
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(0x25)), i8x16.eq(bytes, i8x16.splat(0x3b)));
    if (i8x16.bitmask(v128.or(bytes, marks)) != 0) break;
  }
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte == SEMICOLON) return at;
    if (byte == PERCENT) return decode(start, end);
    if (byte >= 0x80) {
      const behind = behindCharacter(at, end);
      if (behind == 0) return decode(start, end);
      isForeign = true;
      at = behind - 1;
    }
  }
  return end;
}

/** Of the normal form at SEGMENT. */
let written: usize = 0;

/** With escapes undone, or in capitals. */
function decode(start: usize, end: usize): usize {
  written = SEGMENT;
  isForeign = false;
  for (let at = start; at < end; ) {
    const byte = byteAt(at);
    if (byte == SEMICOLON) break;
    if (byte == PERCENT) {
      at = decodeRun(at, end);
      if (at == 0) return 0;
    } else if (byte < 0x80) {
      write(byte);
      at++;
    } else {
      isForeign = true;
      const behind = behindCharacter(at, end);
      if (behind == 0) at = replace(at, end);
      else for (; at < behind; at++) write(byteAt(at));
    }
  }
  return written;
}

/** Escapes in a row: as they are where they are not UTF-8 together. @returns behind them; 0 for characters of four bytes. */
function decodeRun(start: usize, end: usize): usize {
  let behind = RUN;
  let at = start;
  let isAscii = true;
  for (; at + 3 <= end && byteAt(at) == PERCENT; at += 3) {
    const high = hexDigit(byteAt(at + 1));
    const low = hexDigit(byteAt(at + 2));
    if (high == 16 || low == 16) break;
    if (high >= 8) isAscii = false;
    store<u8>(behind++, (high << 4) | low);
  }
  if (behind == RUN) {
    write(PERCENT);
    return start + 1;
  }
  if (!isAscii && load<u32>(HAS_LETTERS) == 0) return 0;
  const isText = isAscii || isUtf8(RUN, behind);
  for (let i = RUN; i < behind; ) {
    const code = byteAt(i);
    if (!isText || code < 0x80) {
      if (isText && standsForItself(code)) write(code);
      else writeEscape(code);
      i++;
      continue;
    }
    const next = behindCharacter(i, behind);
    if (next - i == 4) return 0;
    const isLetter = isLetterAt(i, next - i);
    if (isLetter) isForeign = true;
    for (; i < next; i++) {
      if (isLetter) write(byteAt(i));
      else writeEscape(byteAt(i));
    }
  }
  return at;
}

/** Writes U+FFFD for bytes that are not UTF-8: one for as many as begin a character. @returns behind them. */
function replace(at: usize, end: usize): usize {
  write(0xef);
  write(0xbf);
  write(0xbd);
  const first = byteAt(at++);
  const length = lengthOf(first);
  if (length == 0 || at == end || !maySecond(first, byteAt(at))) return at;
  at++;
  return length == 4 && at < end && byteAt(at) - 0x80 <= 0x3f ? at + 1 : at;
}

@inline
function write(byte: u32): void {
  store<u8>(written++, byte);
}

function writeEscape(code: u32): void {
  write(PERCENT);
  write(hexLetter(code >> 4));
  write(hexLetter(code & 15));
}

/** Whether the character of two or three bytes is a letter, a number or a mark. */
@inline
function isLetterAt(at: usize, length: usize): bool {
  const second = byteAt(at + 1) & 0x3f;
  const point = length == 2
    ? ((byteAt(at) & 0x1f) << 6) | second
    : ((byteAt(at) & 0x0f) << 12) | (second << 6) | (byteAt(at + 2) & 0x3f);
  return ((byteAt(LETTERS + (point >> 3)) >> (point & 7)) & 1) != 0;
}

function isUtf8(start: usize, end: usize): bool {
  for (let at = start; at < end; ) {
    at = byteAt(at) < 0x80 ? at + 1 : behindCharacter(at, end);
    if (at == 0) return false;
  }
  return true;
}

/** 16 for what is none. */
@inline
function hexDigit(byte: u32): u32 {
  if (byte - 0x30 <= 9) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter <= 5 ? letter + 10 : 16;
}

@inline
function hexLetter(digit: u32): u32 {
  return digit < 10 ? 0x30 + digit : 0x37 + digit;
}

/** Letters, digits and the marks `-._~@!$'()*+,=:`. */
function standsForItself(code: u32): bool {
  if (code - 0x30 <= 10 || (code | 0x20) - 0x61 <= 25) return true;
  if (code - 0x27 <= 0x2e - 0x27) return true;
  return code == 0x5f || code == 0x7e || code == 0x40 || code == 0x21 || code == 0x24 || code == 0x3d;
}

/** Behind the character of several bytes at `at`, or 0 where they are not UTF-8. */
function behindCharacter(at: usize, end: usize): usize {
  const first = byteAt(at);
  const length = lengthOf(first);
  if (length == 0 || at + length > end || !maySecond(first, byteAt(at + 1))) return 0;
  for (let i: usize = 2; i < length; i++) if (byteAt(at + i) - 0x80 > 0x3f) return 0;
  return at + length;
}

/** Of a character by its first byte; 0 where none begins so. */
@inline
function lengthOf(first: u32): usize {
  return first - 0xc2 <= 0xdf - 0xc2 ? 2 : first - 0xe0 <= 0xf ? 3 : first - 0xf0 <= 4 ? 4 : 0;
}

/** No longer form than is needed, no surrogates, nothing above U+10FFFF. */
@inline
function maySecond(first: u32, second: u32): bool {
  const least: u32 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const most: u32 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

/** Whether the segment holds the sign for Kelvin, the one letter beyond ASCII that is an ASCII letter in lower case. */
export function mayLookLikePlace(start: usize, end: usize): bool {
  for (let at = start; at + 3 <= end; at++) {
    if (byteAt(at) == 0xe2 && byteAt(at + 1) == 0x84 && byteAt(at + 2) == 0xaa) return true;
  }
  return false;
}
