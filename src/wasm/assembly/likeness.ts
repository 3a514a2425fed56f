/**
 * A log's lines are alike: between the same words stand numbers, mostly of as many digits as in the line before. So a text that
 * a pattern has read is kept with its digits made equal, and where a later one is the same, its numbers stand in the same
 * places: sixteen bytes are compared at once, where a pattern looks at one digit after the other. The pattern stays the truth:
 * what is not alike is read by it.
 */
import { LONGEST_SHAPE, byteAt } from './layout';
import { ABSENT } from './pattern';

/** Of a shape, u32: its length, or 0 where there is none yet; how many numbers it has; texts that were not alike. */
const LENGTH: usize = 0;
const COUNT: usize = 4;
const MISSES: usize = 8;
/** Of each number its place, and its digits: none where it is negative. */
const NUMBERS: usize = 16;
const NUMBER: usize = 8;
const MOST_NUMBERS: u32 = 10;
const TEXT: usize = NUMBERS + <usize>MOST_NUMBERS * NUMBER;
const BLOCK: usize = 16;
/** Not every text that is not alike is kept: where two kinds take turns, that would cost more than it saves. */
const KEPT_OF: u32 = 8;

@inline
export function shapeLength(shape: usize): usize {
  return <usize>load<u32>(shape, LENGTH);
}

/** How many numbers the texts of the shape hold. */
@inline
export function numbersOf(shape: usize): u32 {
  return load<u32>(shape, COUNT);
}

/** Whether the text at `at` is like the shape, whose length it must have. */
@inline
export function isLike(at: usize, length: usize, shape: usize): bool {
  const text = shape + TEXT;
  const last = length - BLOCK;
  let same = i8x16.eq(folded(at + last), v128.load(text + last));
  for (let i: usize = 0; i < last; i += BLOCK) same = v128.and(same, i8x16.eq(folded(at + i), v128.load(text + i)));
  return i8x16.all_true(same);
}

/** Sixteen bytes with zeros for all digits. */
@inline
function folded(at: usize): v128 {
  const bytes = v128.load(at);
  const zeros = i8x16.splat(0x30);
  return v128.bitselect(zeros, bytes, i8x16.lt_u(i8x16.sub(bytes, zeros), i8x16.splat(10)));
}

/** The number in this place of a text that is like the shape. */
@inline
export function numberAt(at: usize, shape: usize, index: usize): f64 {
  const place = shape + NUMBERS + index * NUMBER;
  const start = at + <usize>load<u32>(place);
  const digits = <usize>load<u32>(place, 4);
  if (digits == 0) return ABSENT;
  if (digits <= 8) return <f64>valueOf(start, digits);
  return <f64>(valueOf(start, digits - 8) * 100000000 + valueOf(start + digits - 8, 8));
}

/** Of 1 to 8 digits; pairs of digits are added, then pairs of pairs. What stands before them is not looked at. */
@inline
function valueOf(at: usize, digits: usize): i64 {
  const others = (8 - <u64>digits) << 3;
  let value = (load<u64>(at + digits - 8) >> others) << others;
  value = (((value & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8) & 0x00ff00ff00ff00ff;
  value = ((value * 6553601) >> 16) & 0x0000ffff0000ffff;
  return <i64>((value * 42949672960001) >> 32);
}

/**
 * A pattern has read the text in [start, end), which is not like the shape.
 * @param numbers of the pattern, whose words hold no digits.
 */
export function learn(shape: usize, start: usize, end: usize, numbers: u32): void {
  const misses = load<u32>(shape, MISSES);
  store<u32>(shape, misses + 1, MISSES);
  if (misses % KEPT_OF != 0) return;
  store<u32>(shape, 0, LENGTH);
  const length = end - start;
  if (length < BLOCK || length > LONGEST_SHAPE || numbers > MOST_NUMBERS) return;
  let count: u32 = 0;
  for (let at = start; at < end; ) {
    const first = at;
    while (at < end && byteAt(at) - 0x30 <= 9) {
      store<u8>(shape + TEXT + at - start, 0x30);
      at++;
    }
    if (at == first) {
      store<u8>(shape + TEXT + at - start, <u8>byteAt(at));
      at++;
      continue;
    }
    if (count == numbers) return;
    const place = shape + NUMBERS + <usize>count * NUMBER;
    store<u32>(place, <u32>(first - start));
    store<u32>(place, byteAt(first - 1) == 0x2d ? 0 : <u32>(at - first), 4);
    count++;
  }
  // A lone dash stands for a number: its place would have to be kept, too.
  if (count != numbers) return;
  store<u32>(shape, numbers, COUNT);
  store<u32>(shape, <u32>length, LENGTH);
}
