/**
 * The grammar of uWSGI's default request line; see src/parse/uwsgi/record.ts for the line, its format strings and what is
 * hostile in it.
 */
import { CTIME_LENGTH, readDate } from './ctime';
import {
  APP, CORE, FIELDS, HAS_URI, METHOD_END, METHOD_START, OWN_COUNT, PATTERN, PATTERNS, PID, PSS, RSS, SHAPE, SHAPES, STATUS, TIME,
  TOTAL_COUNT, URI_END, URI_START, USS, VALUES, VSZ, byteAt,
} from './layout';
import { isLike, learn, numberAt, numbersOf, shapeLength } from './likeness';
import { ABSENT, FAILED, match, matchBack } from './pattern';

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
