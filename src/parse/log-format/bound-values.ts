/** Where a value ends, or begins, whose shape tells: read in either direction, each a bounded number of characters. */
import type { BoundShape } from './piece.ts';

/** Longer runs of digits are no numbers of a server's. */
const LONGEST_NUMBER = 20;
const LONGEST_UNIT = 3;
const WORDS_FOR_NONE = ['-', 'None', 'null'];

const CTIME = 'Aaa Aaa _0 00:00:00 0000';
const CLF_TIME = '00/Aaa/0000:00:00:00 +0000';
const BRACKETED_TIME = `[${CLF_TIME}]`;

/** The end of the value that begins at `start`, or -1 when there is none before `limit`. */
export function endOfValue(shape: BoundShape, text: string, start: number, limit: number): number {
  switch (shape) {
    case 'integer':
      return orNone(endOfDigits(text, signBehind(text, start, limit), limit), text, start, limit);
    case 'decimal':
      return orNone(endOfDecimals(text, signBehind(text, start, limit), limit), text, start, limit);
    case 'size': {
      const end = endOfDecimals(text, signBehind(text, start, limit), limit);
      return end < 0 ? orNone(-1, text, start, limit) : endOfUnit(text, end, limit);
    }
    case 'angled': {
      if (text.charCodeAt(start) !== 0x3c) return noneForward(text, start, limit);
      const end = endOfDigits(text, start + 1, limit);
      return end >= 0 && end < limit && text.charCodeAt(end) === 0x3e ? end + 1 : -1;
    }
    case 'ctime':
      return fixedForward(CTIME, text, start, limit);
    case 'clf-time':
      return fixedForward(CLF_TIME, text, start, limit);
    case 'bracketed-time':
      return fixedForward(BRACKETED_TIME, text, start, limit);
  }
}

/** The beginning of the value that ends at `end`, or -1 when there is none behind `floor`. */
export function startOfValue(shape: BoundShape, text: string, end: number, floor: number): number {
  switch (shape) {
    case 'integer':
      return orNoneBackward(startOfDigits(text, end, floor), text, end, floor);
    case 'decimal':
      return orNoneBackward(startOfDecimals(text, end, floor), text, end, floor);
    case 'size':
      return orNoneBackward(startOfDecimals(text, startOfUnit(text, end, floor), floor), text, end, floor);
    case 'angled': {
      if (text.charCodeAt(end - 1) !== 0x3e) return noneBackward(text, end, floor);
      const start = startOfDigits(text, end - 1, floor);
      return start > floor && text.charCodeAt(start - 1) === 0x3c ? start - 1 : -1;
    }
    case 'ctime':
      return fixedBackward(CTIME, text, end, floor);
    case 'clf-time':
      return fixedBackward(CLF_TIME, text, end, floor);
    case 'bracketed-time':
      return fixedBackward(BRACKETED_TIME, text, end, floor);
  }
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isMinus = (text: string, at: number) => text.charCodeAt(at) === 0x2d;
/** k, m, g in both cases, i and B: "MB", "KiB". */
const isUnit = (code: number) => {
  const lower = code | 0x20;
  return lower === 0x6b || lower === 0x6d || lower === 0x67 || lower === 0x69 || lower === 0x62;
};

function signBehind(text: string, start: number, limit: number): number {
  return start < limit && isMinus(text, start) ? start + 1 : start;
}

function endOfDigits(text: string, start: number, limit: number): number {
  const stop = Math.min(limit, start + LONGEST_NUMBER + 1);
  let at = start;
  while (at < stop && isDigit(text.charCodeAt(at))) at++;
  return at > start && at - start <= LONGEST_NUMBER ? at : -1;
}

function endOfDecimals(text: string, start: number, limit: number): number {
  const whole = endOfDigits(text, start, limit);
  if (whole < 0 || whole >= limit || text.charCodeAt(whole) !== 0x2e) return whole;
  const end = endOfDigits(text, whole + 1, limit);
  return end < 0 ? whole : end;
}

function endOfUnit(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && at - start < LONGEST_UNIT && isUnit(text.charCodeAt(at))) at++;
  return at;
}

function startOfDigits(text: string, end: number, floor: number): number {
  const stop = Math.max(floor, end - LONGEST_NUMBER - 1);
  let at = end;
  while (at > stop && isDigit(text.charCodeAt(at - 1))) at--;
  if (at === end || end - at > LONGEST_NUMBER) return -1;
  return at > floor && isMinus(text, at - 1) ? at - 1 : at;
}

function startOfDecimals(text: string, end: number, floor: number): number {
  const last = startOfDigits(text, end, floor);
  if (last <= floor || text.charCodeAt(last - 1) !== 0x2e) return last;
  const start = startOfDigits(text, last - 1, floor);
  return start < 0 ? last : start;
}

function startOfUnit(text: string, end: number, floor: number): number {
  let at = end;
  while (at > floor && end - at < LONGEST_UNIT && isUnit(text.charCodeAt(at - 1))) at--;
  return at;
}

function orNone(end: number, text: string, start: number, limit: number): number {
  return end >= 0 ? end : noneForward(text, start, limit);
}

function noneForward(text: string, start: number, limit: number): number {
  for (const word of WORDS_FOR_NONE) {
    if (start + word.length <= limit && text.startsWith(word, start)) return start + word.length;
  }
  return -1;
}

function orNoneBackward(start: number, text: string, end: number, floor: number): number {
  return start >= 0 ? start : noneBackward(text, end, floor);
}

function noneBackward(text: string, end: number, floor: number): number {
  for (const word of WORDS_FOR_NONE) {
    if (end - word.length >= floor && text.startsWith(word, end - word.length)) return end - word.length;
  }
  return -1;
}

function fixedForward(picture: string, text: string, start: number, limit: number): number {
  const end = start + picture.length;
  if (end <= limit && isLike(picture, text, start)) return end;
  return noneForward(text, start, limit);
}

function fixedBackward(picture: string, text: string, end: number, floor: number): number {
  const start = end - picture.length;
  if (start >= floor && isLike(picture, text, start)) return start;
  return noneBackward(text, end, floor);
}

/** In a picture 0 stands for a digit, _ for a digit or a space, + for a sign, A and a for letters. */
function isLike(picture: string, text: string, start: number): boolean {
  for (let i = 0; i < picture.length; i++) {
    const code = text.charCodeAt(start + i);
    switch (picture[i]) {
      case '0':
        if (!isDigit(code)) return false;
        break;
      case '_':
        if (!isDigit(code) && code !== 0x20) return false;
        break;
      case '+':
        if (code !== 0x2b && code !== 0x2d) return false;
        break;
      case 'A':
      case 'a':
        if ((code | 0x20) < 0x61 || (code | 0x20) > 0x7a) return false;
        break;
      default:
        if (code !== picture.charCodeAt(i)) return false;
    }
  }
  return true;
}
