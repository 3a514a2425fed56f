/**
 * Which form a path segment has: what src/route/placeholders.ts says of text, said of bytes, and held to it by a test. Only
 * ASCII comes here; segments with other letters have no form, but for addresses, which are left to JavaScript.
 */
import { digitsFrom, isDigit, isHexLetter, isLetter, isSpace } from './ascii';
import { isDate } from './date-form';
import { byteAt } from './layout';
import { WORDS_WITH_NUMBERS, isWord } from './path-nodes';

/** In the order of PLACEHOLDERS in src/route/placeholders.ts, from 1 on. */
export const NO_FORM: u32 = 0;
const ID: u32 = 1;
const UUID: u32 = 2;
const DATE: u32 = 3;
const IP: u32 = 4;
const NUMBER: u32 = 5;
const ULID: u32 = 6;
const HASH: u32 = 7;
const EMAIL: u32 = 8;
const KEY: u32 = 9;
const TOKEN: u32 = 10;
const LOCALE: u32 = 11;
/** Above these bits stands the length of a file's ending, with its dot. */
export const FORM_BITS: u32 = 8;

const LONGEST_NUMBER: usize = 40;

/** The form of the segment in [start, end); of a file whose name is a value, with the length of its ending. */
export function formOf(start: usize, end: usize): u32 {
  const length = end - start;
  let digits: usize = 0;
  let hex: usize = 0;
  let others: usize = 0;
  for (let at = start; at < end; at++) {
    const byte = byteAt(at);
    if (isDigit(byte)) digits++;
    else if (isHexLetter(byte)) hex++;
    else if (!isLetter(byte)) others++;
  }
  if (digits == 0 && length < 20 && length != 5 && others == 0) return NO_FORM;
  if (digits == length && length <= LONGEST_NUMBER) return ID;
  if (others == 0 && !isDigit(byteAt(end - 1)) && length < 20 && (digits + hex < length || length < 8)) return NO_FORM;
  if (others != 0 && !mayBeAddress(start, end)) {
    const file = fileOf(start, end);
    if (file != NO_FORM) return file;
  }
  return wholeForm(start, end, true);
}

/** A file whose name is a value. */
function fileOf(start: usize, end: usize): u32 {
  let dot = end;
  while (dot > start && byteAt(dot - 1) != 0x2e) dot--;
  if (dot < start + 2) return NO_FORM;
  const ending = end - dot;
  if (ending < 2 || ending > 5 || !isLetter(byteAt(dot))) return NO_FORM;
  for (let at = dot + 1; at < end; at++) if (!isDigit(byteAt(at)) && byteAt(at) - 0x61 > 25) return NO_FORM;
  const stemEnd = dot - 1;
  if (stemEnd - start == 3 && ending == 4 && load<u32>(dot) == 0x6c6d7468 && digitsFrom(start, stemEnd) == 3) return NO_FORM;
  const form = wholeForm(start, stemEnd, false);
  return form == NO_FORM ? NO_FORM : form | (<u32>(ending + 1) << FORM_BITS);
}

function wholeForm(start: usize, end: usize, numbers: bool): u32 {
  const length = end - start;
  const sign: usize = length > 1 && byteAt(start) == 0x2d ? 1 : 0;
  const leading = digitsFrom(start + sign, end);
  if (leading != 0 && leading + sign == length && length <= LONGEST_NUMBER) return ID;
  if (length >= 36 && length <= 38 && isUuid(start, end)) return UUID;
  if (length >= 7 && length <= 35 && isDate(start, end)) return DATE;
  if (length >= 7 && length <= 15 && isIp(start, end)) return IP;
  if (numbers && length >= 3 && length <= 40 && leading != 0 && isNumber(start + sign + leading, end)) return NUMBER;
  if (length == 26 && isUlid(start, end)) return ULID;
  if (length >= 8 && length <= 128 && isHash(start, end)) return HASH;
  if (length >= 5 && length <= 254 && isEmail(start, end)) return EMAIL;
  if (length >= 3 && length <= 64 && isKey(start, end)) return KEY;
  if (length >= 20 && length <= 4096 && isToken(start, end)) return TOKEN;
  if (length == 5 && isLocale(start)) return LOCALE;
  return NO_FORM;
}

/** Whether the segment is, or may be, written as a placeholder: `{id}`, `{id}.pdf`, `{id}.{format}`. */
export function isPlaceholder(start: usize, end: usize): bool {
  if (byteAt(start) != 0x7b) return false;
  const name = start + 1;
  const brace = behindWord(name, end);
  if (brace == name || brace == end || byteAt(brace) != 0x7d) return false;
  const dot = brace + 1;
  if (dot == end) return true;
  if (byteAt(dot) != 0x2e || dot + 1 == end) return false;
  return byteAt(dot + 1) == 0x7b || behindWord(dot + 1, end) == end;
}

@inline
function behindWord(at: usize, end: usize): usize {
  while (at < end && (isDigit(byteAt(at)) || isLetter(byteAt(at)) || byteAt(at) == 0x5f)) at++;
  return at;
}

/** Whether there is an `@`, or `%40`. */
export function mayBeAddress(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) {
    if (byteAt(at) == 0x40 || isEscapedAt(at, end)) return true;
  }
  return false;
}

@inline
function isEscapedAt(at: usize, end: usize): bool {
  return byteAt(at) == 0x25 && at + 3 <= end && byteAt(at + 1) == 0x34 && byteAt(at + 2) == 0x30;
}

function isUuid(start: usize, end: usize): bool {
  const first = byteAt(start) == 0x7b ? start + 1 : start;
  const behind = byteAt(end - 1) == 0x7d ? end - 1 : end;
  if (behind - first != 36) return false;
  for (let i: usize = 0; i < 36; i++) {
    const byte = byteAt(first + i);
    const isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (isHyphen ? byte != 0x2d : !isDigit(byte) && !isHexLetter(byte)) return false;
  }
  return true;
}

function isIp(start: usize, end: usize): bool {
  let at = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0) {
      if (at >= end || byteAt(at) != 0x2e) return false;
      at++;
    }
    const digits = digitsFrom(at, end);
    if (digits < 1 || digits > 3) return false;
    at += digits;
  }
  return at == end;
}

/** @param at behind the digits that a number begins with. */
function isNumber(at: usize, end: usize): bool {
  if (at + 1 >= end || (byteAt(at) != 0x2e && byteAt(at) != 0x2c)) return false;
  return digitsFrom(at + 1, end) == end - at - 1;
}

/** Crockford's base32 lacks I, L, O and U. */
function isUlid(start: usize, end: usize): bool {
  if (byteAt(start) - 0x30 > 7) return false;
  for (let at = start + 1; at < end; at++) {
    const byte = byteAt(at);
    if (isDigit(byte)) continue;
    const letter = byte | 0x20;
    if (!isLetter(byte) || letter == 0x69 || letter == 0x6c || letter == 0x6f || letter == 0x75) return false;
  }
  return true;
}

function isHash(start: usize, end: usize): bool {
  let digits = false;
  for (let at = start; at < end; at++) {
    const byte = byteAt(at);
    if (isDigit(byte)) digits = true;
    else if (!isHexLetter(byte)) return false;
  }
  return digits;
}

function isEmail(start: usize, end: usize): bool {
  let at = start;
  while (at < end && byteAt(at) != 0x40 && byteAt(at) != 0x25 && !isSpace(byteAt(at))) at++;
  if (at == start || at == end) return false;
  if (byteAt(at) == 0x40) at++;
  else if (isEscapedAt(at, end)) at += 3;
  else return false;
  let labels = 0;
  while (true) {
    labels++;
    const label = at;
    for (; at < end; at++) {
      const byte = byteAt(at);
      if (byte == 0x40 || byte == 0x25 || byte == 0x2e || isSpace(byte)) break;
    }
    if (at == label) return false;
    if (at == end) return labels > 1;
    if (byteAt(at) != 0x2e) return false;
    at++;
  }
}

function isKey(start: usize, end: usize): bool {
  let number = end;
  while (number > start && isDigit(byteAt(number - 1))) number--;
  const digits = end - number;
  const prefix = number - start;
  if (digits == 0 || prefix == 0) return false;
  if (prefix == 1 && isLetter(byteAt(start))) {
    return (byteAt(start) | 0x20) != 0x76 && !isWord(WORDS_WITH_NUMBERS, start, end);
  }
  const joint = byteAt(number - 1);
  const letters = joint == 0x2d || joint == 0x5f ? prefix - 1 : prefix;
  if (digits < 3 || letters < 1 || letters > 12) return false;
  for (let i: usize = 0; i < letters; i++) if (!isLetter(byteAt(start + i))) return false;
  return !isWord(WORDS_WITH_NUMBERS, start, end);
}

function isToken(start: usize, end: usize): bool {
  let digits: usize = 0;
  let piece: usize = 0;
  let longest: usize = 0;
  let capitals = false;
  let smalls = false;
  for (let at = start; at < end; at++) {
    const byte = byteAt(at);
    piece++;
    if (isDigit(byte)) digits++;
    else if (byte - 0x61 <= 25) smalls = true;
    else if (byte - 0x41 <= 25) capitals = true;
    else if (byte == 0x2d || byte == 0x5f || byte == 0x2e) piece = 0;
    else if (byte != 0x7e && byte != 0x3d && byte != 0x25 && byte != 0x2b) return false;
    longest = max(longest, piece);
  }
  return digits != 0 && longest >= 16 && ((smalls && capitals) || digits * 6 >= end - start);
}

/** `de-CH`. */
function isLocale(start: usize): bool {
  const joint = byteAt(start + 2);
  return (
    byteAt(start) - 0x61 <= 25 && byteAt(start + 1) - 0x61 <= 25 && (joint == 0x2d || joint == 0x5f) &&
    byteAt(start + 3) - 0x41 <= 25 && byteAt(start + 4) - 0x41 <= 25
  );
}
