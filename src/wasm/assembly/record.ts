/**
 * The grammar of uWSGI's default request line; see src/parse/uwsgi/record.ts for the line, its format strings and what is
 * hostile in it.
 */
import {
  APP, CORE, ENTRIES, ENTRY, FIELDS, HAS_URI, LAST_DATE, LAST_TIME, METHOD_END, METHOD_START, OWN_COUNT, PATTERN, PATTERNS, PID,
  PSS, RSS, SHAPE, SHAPES, STATUS, TEXT, TIME, TOTAL_COUNT, URI_END, URI_START, USS, VALUES, VSZ, byteAt, isText,
} from './layout';
import { isLike, learn, numberAt, numbersOf, shapeLength } from './likeness';

/** Patterns, in the order in which src/parse/uwsgi/record.ts writes them. */
const MEMORY = PATTERNS;
const OWN_MEMORY = PATTERNS + PATTERN;
const PROCESS = PATTERNS + 2 * PATTERN;
const COUNTERS = PATTERNS + 3 * PATTERN;
const PROCESS_START = PATTERNS + 4 * PATTERN;
const VARS = PATTERNS + 5 * PATTERN;
const TAIL_END = PATTERNS + 6 * PATTERN;
const TAIL_END_OLD = PATTERNS + 7 * PATTERN;
const GENERATED = PATTERNS + 8 * PATTERN;
const GENERATED_FORMS: usize = 8;

/** The beginning of a head, up to the counters; the end of a record; what stands before the date. */
const HEAD_SHAPE = SHAPES;
const TAIL_SHAPE = SHAPES + SHAPE;
const TAIL_NUMBERS: u32 = 5;
const VARS_SHAPE = SHAPES + 2 * SHAPE;
const VARS_NUMBERS: u32 = 2;

/** `HTTP/1.1`, the usual PROTO. */
const HTTP_1_1: u64 = 0x312e312f50545448;

/** Where the fields are written: FIELDS, or a record that scan.ts fills. */
let record: usize = FIELDS;

/** The fields of what is read next go to `address`. */
@inline
export function writeTo(address: usize): void {
  record = address;
}

const ABSENT: f64 = -1;
const FAILED: usize = 0;
const MAX_DIGITS: usize = 15;
const CTIME_LENGTH: usize = 24;

/** The position behind the pattern when it stands at `at` and ends at or before `end`, else FAILED. */
function match(start: usize, end: usize, pattern: usize): usize {
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
function matchBack(start: usize, end: usize, pattern: usize): usize {
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

@inline
function copy(field: usize, index: usize): void {
  store<f64>(record + field, load<f64>(VALUES + index * 8));
}

/** Reads memory, pid and counters at `start`. Returns the position behind `] `, or 0. */
export function parseHead(start: usize, end: usize): usize {
  const absent = f64x2.splat(ABSENT);
  for (let field: usize = VSZ; field < CORE; field += 16) v128.store(record + field, absent);
  store<f64>(record + CORE, ABSENT);
  store<f64>(record + HAS_URI, 0);
  const length = shapeLength(HEAD_SHAPE);
  let at: usize = FAILED;
  if (length > 0 && start + length <= end && isLike(start, length, HEAD_SHAPE)) {
    readHead(start);
    at = start + length;
  } else {
    at = parseProcess(start, end);
    if (at == FAILED) return FAILED;
  }
  at = match(at, end, COUNTERS);
  if (at == FAILED) return FAILED;
  copy(OWN_COUNT, 0);
  copy(TOTAL_COUNT, 1);
  return at;
}

/** Memory and pid of a head that is like the one before. */
@inline
function readHead(start: usize): void {
  const numbers = numbersOf(HEAD_SHAPE);
  let index: usize = 0;
  if (numbers > 2) {
    store<f64>(record + VSZ, numberAt(start, HEAD_SHAPE, 0));
    store<f64>(record + RSS, numberAt(start, HEAD_SHAPE, 2));
    index = 4;
    if (numbers > 6) {
      store<f64>(record + USS, numberAt(start, HEAD_SHAPE, 4));
      store<f64>(record + PSS, numberAt(start, HEAD_SHAPE, 6));
      index = 8;
    }
  }
  store<f64>(record + PID, numberAt(start, HEAD_SHAPE, index));
  store<f64>(record + APP, numberAt(start, HEAD_SHAPE, index + 1));
}

/** Reads memory and pid. Returns the position of the counters, or 0. */
function parseProcess(start: usize, end: usize): usize {
  let at = start;
  let numbers: u32 = 2;
  if (at < end && byteAt(at) == 0x7b) {
    at = match(at, end, MEMORY);
    if (at == FAILED) return FAILED;
    copy(VSZ, 0);
    copy(RSS, 2);
    numbers = 6;
    if (at < end && byteAt(at) == 0x7b) {
      at = match(at, end, OWN_MEMORY);
      if (at == FAILED) return FAILED;
      copy(USS, 0);
      copy(PSS, 2);
      numbers = 10;
    }
  }
  at = match(at, end, PROCESS);
  if (at == FAILED) return FAILED;
  copy(PID, 0);
  copy(APP, 1);
  learn(HEAD_SHAPE, start, at, numbers);
  return at;
}

/**
 * Reads [start, end) when it is one record from its first byte to its last. With `doubtful`, also where PROTO holds what a
 * client sent, and whatever the URI holds; see ../record.ts.
 */
export function parse(start: usize, end: usize, doubtful: bool): bool {
  const head = parseHead(start, end);
  if (head == FAILED) return false;
  const request = parseRequestHead(head, end, doubtful);
  if (request == FAILED) return false;
  const protocolEnd = parseTail(request, end);
  if (protocolEnd == FAILED) return false;
  let arrow = parseGenerated(request, protocolEnd);
  if (arrow == FAILED && doubtful) arrow = findGenerated(request, protocolEnd);
  if (arrow == FAILED) return false;
  let space = request;
  while (space < arrow && byteAt(space) != 0x20) space++;
  // An empty URI leaves `GET ` before ` => generated `.
  if (space == arrow) return false;
  store<f64>(record + METHOD_START, <f64>request);
  store<f64>(record + METHOD_END, <f64>space);
  store<f64>(record + URI_START, <f64>(space + 1));
  store<f64>(record + URI_END, <f64>arrow);
  // The short form of a line over 4096 bytes has `-` for both.
  const short = space == request + 1 && arrow == space + 2 && byteAt(request) == 0x2d && byteAt(space + 1) == 0x2d;
  store<f64>(record + HAS_URI, short ? 0 : 1);
  return doubtful || !hidesRecord(request, arrow);
}

/**
 * `ADDR (USER) {N vars in N bytes} [CTIME] `: the first place where the fixed part fits. Returns where METHOD begins. What
 * stands for address and user may be the head of another record, behind a torn one: that is taken only when `doubtful`.
 */
function parseRequestHead(head: usize, end: usize, doubtful: bool): usize {
  for (let brace = nextMark(head, end); brace < end; brace = nextMark(brace + 1, end)) {
    if (!doubtful && beginsRecord(brace, end)) return FAILED;
    if (byteAt(brace) != 0x7b || load<u16>(brace - 2) != 0x2029) continue;
    const date = parseVars(brace, end);
    if (date == FAILED || date + CTIME_LENGTH + 2 > end) continue;
    if (load<u16>(date + CTIME_LENGTH) != 0x205d) continue;
    const time = readDate(date);
    if (time != time) continue;
    store<f64>(record + TIME, time);
    return date + CTIME_LENGTH + 2;
  }
  return FAILED;
}

/** `{N vars in N bytes} [`, whose numbers nobody asks for. Returns the position behind it, or FAILED. */
@inline
function parseVars(start: usize, end: usize): usize {
  const length = shapeLength(VARS_SHAPE);
  if (length > 0 && start + length <= end && isLike(start, length, VARS_SHAPE)) return start + length;
  const at = match(start, end, VARS);
  if (at != FAILED) learn(VARS_SHAPE, start, at, VARS_NUMBERS);
  return at;
}

/** ` STATUS) ... (N switches on core C)` from right to left. Returns where it begins. */
@inline
function parseTail(start: usize, end: usize): usize {
  const length = shapeLength(TAIL_SHAPE);
  const alike = end - length;
  if (length > 0 && start + length <= end && isLike(alike, length, TAIL_SHAPE)) {
    store<f64>(record + STATUS, numberAt(alike, TAIL_SHAPE, 0));
    store<f64>(record + CORE, numberAt(alike, TAIL_SHAPE, 4));
    return alike;
  }
  let at = matchBack(start, end, TAIL_END);
  if (at == FAILED) at = matchBack(start, end, TAIL_END_OLD);
  if (at == FAILED) return FAILED;
  copy(STATUS, 0);
  copy(CORE, 4);
  learn(TAIL_SHAPE, at, end, TAIL_NUMBERS);
  return at;
}

/** ` => generated N bytes in N msecs (PROTO` from right to left, with a PROTO that is one. Returns where it begins. */
function parseGenerated(start: usize, end: usize): usize {
  let at = end;
  if (at - start > 8 && load<u64>(at - 8) == HTTP_1_1) at -= 8;
  while (at > start && isProtocolByte(byteAt(at - 1))) at--;
  if (at <= start || byteAt(at - 1) != 0x28) return FAILED;
  for (let form: usize = 0; form < GENERATED_FORMS; form++) {
    const arrow = matchBack(start, at, GENERATED + form * PATTERN);
    if (arrow != FAILED) return arrow;
  }
  return FAILED;
}

/** The first ` => generated N bytes in N msecs (` in [start, end). */
function findGenerated(start: usize, end: usize): usize {
  for (let arrow = start; arrow + 1 < end; arrow++) {
    if (load<u16>(arrow) != 0x3d20) continue;
    for (let form: usize = 0; form < GENERATED_FORMS; form++) {
      if (match(arrow, end, GENERATED + form * PATTERN) != FAILED) return arrow;
    }
  }
  return FAILED;
}

/** The first `{`, `[` or NUL in [start, end), or `end`. */
@inline
function nextMark(start: usize, end: usize): usize {
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    const marks = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(0x7b)), i8x16.eq(bytes, i8x16.splat(0x5b))),
      i8x16.eq(bytes, i8x16.splat(0)),
    );
    const found = i8x16.bitmask(marks);
    if (found != 0) return at + <usize>ctz(found);
  }
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte == 0x7b || byte == 0x5b || byte == 0) break;
  }
  return at;
}

function hidesRecord(start: usize, end: usize): bool {
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(0)), i8x16.eq(bytes, i8x16.splat(0x5b)));
    if (!v128.any_true(marks)) continue;
    for (let i: usize = 0; i < 16; i++) if (beginsRecord(at + i, end)) return true;
  }
  for (; at < end; at++) if (beginsRecord(at, end)) return true;
  return false;
}

/** Whether a NUL (uWSGI writes one for the newline of a line of exactly 4096 bytes) or another head is at `at`. */
@inline
function beginsRecord(at: usize, end: usize): bool {
  const byte = byteAt(at);
  return byte == 0 || (byte == 0x5b && match(at, end, PROCESS_START) != FAILED);
}

/** Letters, digits and the punctuation of `HTTP/1.1`, and `-` of the short form. */
@inline
function isProtocolByte(byte: u32): bool {
  return byte - 0x2d <= 0x39 - 0x2d || (byte | 0x20) - 0x61 <= 25;
}

/** The ctime at `at` in milliseconds, taken as UTC; NaN when it is none. Lines of one second follow each other. */
function readDate(at: usize): f64 {
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

/** C's ctime(3) form, `Mon Nov 23 20:50:35 2026`: English names whatever the locale, the day padded by a space. */
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
