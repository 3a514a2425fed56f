/**
 * A hash table from paths to the numbers of their routes, so that a path seen before makes no string. Linear probing, at
 * most half full, and cleared when it is full: it is a cache.
 * A key that finds no place near its slot is not kept.
 */
import {
  FOLDED, FOLDED_LENGTH, KEYS, KEYS_LENGTH, LAST_KEY, MAX_ENTRIES, SLOT, SLOTS, SLOT_COUNT, TABLE_STATE, byteAt, isText,
} from './layout';
import { digitsFrom } from './ascii';
import { hashOf } from './hash';
import { walk } from './path-walk';

const NOT_FOUND: i32 = -1;
const LONGEST_PROBE: u32 = 32;
/** Digits of the longest segment that is an {id}; LONGEST_NUMBER of src/route/placeholders.ts. */
const LONGEST_NUMBER: usize = 40;

/** Of LAST_KEY. */
const HASH: usize = 0;
const ADDRESS: usize = 8;
const LENGTH: usize = 12;
/** Of TABLE_STATE. */
const ENTRIES: usize = 0;
const KEYS_END: usize = 4;

/** The value of the bytes in [start, end), or -1. */
export function find(start: usize, end: usize): i32 {
  return lookUp(start, end - start);
}

/**
 * The value of the path of the URI in [start, end): what is before `?` or `#`. With `fold`, one `0` stands for every
 * segment that is a number: all numbers get one placeholder, so these paths share their route and need one place here.
 */
export function findPath(start: usize, end: usize, fold: bool): i32 {
  // What begins otherwise (`host:443`, `*`, an absolute URI) is not grouped, or not from its first byte on.
  const folds = fold && start < end && byteAt(start) == 0x2f;
  const length = folded(start, min(end, start + FOLDED_LENGTH), folds) - FOLDED;
  const known = lookUp(FOLDED, length);
  if (known != NOT_FOUND) return known;
  const route = walk(FOLDED, FOLDED + length);
  if (route != NOT_FOUND) keep(route);
  return route;
}

/** Writes the path in [start, end) to FOLDED, and returns its end. Only what stands behind a slash is a segment that is looked at. */
function folded(start: usize, end: usize, folds: bool): usize {
  const slashes = i8x16.splat(0x2f);
  let at = start;
  let to = FOLDED;
  // A slash is the last byte that was written.
  let begins = false;
  while (at < end) {
    const bytes = v128.load(at);
    v128.store(to, bytes);
    const size = end - at;
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(0x3f)), i8x16.eq(bytes, i8x16.splat(0x23)));
    const stop = <usize>ctz(i8x16.bitmask(marks) | (size < 16 ? 1 << <u32>size : 0x10000));
    if (folds) {
      const digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10)));
      const starts = digits & ((i8x16.bitmask(i8x16.eq(bytes, slashes)) << 1) | <i32>begins);
      const first = <usize>ctz(starts | 0x10000);
      if (first < stop) {
        // A segment begins with a digit: it may be a number.
        at += first;
        to += first;
        const digitsEnd = at + digitsFrom(at, end);
        const isNumber = digitsEnd == end || isEnd(byteAt(digitsEnd));
        if (isNumber && digitsEnd - at <= LONGEST_NUMBER) store<u8>(to++, 0x30);
        else {
          memory.copy(to, at, digitsEnd - at);
          to += digitsEnd - at;
        }
        at = digitsEnd;
        begins = false;
        continue;
      }
    }
    to += stop;
    at += stop;
    if (stop < 16) break;
    begins = byteAt(at - 1) == 0x2f;
  }
  return to;
}

/** Whether the byte ends a segment. */
@inline
function isEnd(byte: u32): bool {
  return byte == 0x2f || byte == 0x3f || byte == 0x23;
}

/** Keeps a value for the key that was looked up last and not found; the key's bytes must still be there. */
export function keep(value: i32): void {
  const length = <usize>load<u32>(LAST_KEY, LENGTH);
  if (length > KEYS_LENGTH >> 4) return;
  if (load<u32>(TABLE_STATE, ENTRIES) == MAX_ENTRIES || <usize>load<u32>(TABLE_STATE, KEYS_END) + length > KEYS_LENGTH) clear();
  const hash = <u32>load<u64>(LAST_KEY, HASH);
  for (let probe: u32 = 0; probe < LONGEST_PROBE; probe++) {
    const slot = SLOTS + <usize>((hash + probe) & (SLOT_COUNT - 1)) * SLOT;
    if (load<u32>(slot, 8) != 0) continue;
    const key = KEYS + <usize>load<u32>(TABLE_STATE, KEYS_END);
    memory.copy(key, <usize>load<u32>(LAST_KEY, ADDRESS), length);
    store<u32>(slot, hash);
    store<u32>(slot, <u32>key, 4);
    store<u32>(slot, <u32>length + 1, 8);
    store<i32>(slot, value, 12);
    store<u32>(TABLE_STATE, load<u32>(TABLE_STATE, KEYS_END) + <u32>length, KEYS_END);
    store<u32>(TABLE_STATE, load<u32>(TABLE_STATE, ENTRIES) + 1, ENTRIES);
    return;
  }
}

/** Forgets all keys. */
export function clear(): void {
  memory.fill(SLOTS, 0, <usize>SLOT_COUNT * SLOT);
  store<u64>(TABLE_STATE, 0);
}

function lookUp(key: usize, length: usize): i32 {
  const long = hashOf(key, length, 0);
  const hash = <u32>long;
  store<u64>(LAST_KEY, long, HASH);
  store<u32>(LAST_KEY, <u32>key, ADDRESS);
  store<u32>(LAST_KEY, <u32>length, LENGTH);
  for (let probe: u32 = 0; probe < LONGEST_PROBE; probe++) {
    const slot = SLOTS + <usize>((hash + probe) & (SLOT_COUNT - 1)) * SLOT;
    const stored = load<u32>(slot, 8);
    if (stored == 0) return NOT_FOUND;
    if (load<u32>(slot) == hash && stored == <u32>length + 1 && isText(load<u32>(slot, 4), key, length)) {
      return load<i32>(slot, 12);
    }
  }
  return NOT_FOUND;
}
