/**
 * Lines that hold none of some short texts, the marks, one behind the other. Each mark has an anchor, two of its bytes that
 * are rare; tables of the nibbles of both say of sixteen places at once where an anchor may be (a place has the bit of a
 * bucket of anchors where all four tables have it), and what is there is compared then. ../mark-table.ts writes the tables.
 */
import { byteAt, IS_NAME_BYTE, MARK, MARKS, MARK_GROUPS, MARK_NIBBLES, MARK_STARTS, NAME, NAMES, SCANNED } from './layout';

/** Of a mark: where its anchor stands in it, how long it is (0 for the name of a memory figure), its text, and what of that counts. */
const LENGTH: usize = 4;
const TEXT: usize = 16;
const MASK: usize = 32;

/** A line with more anchors that begin no mark is not gone on with, so that it takes little time, whatever is in it. */
const MOST_MISSES: u32 = 64;
const LONGEST_NAME: usize = 128;

/**
 * Passes over lines from `start` on, until one holds a mark or is longer than `longest`, or has no end before `end`. Returns
 * how many; SCANNED holds where the line behind them begins. Loads up to 16 bytes behind `end`, whatever is there.
 */
export function skipUnmarked(start: usize, end: usize, longest: usize): u32 {
  const firstLow = v128.load(MARK_NIBBLES);
  const firstHigh = v128.load(MARK_NIBBLES, 16);
  const secondLow = v128.load(MARK_NIBBLES, 32);
  const secondHigh = v128.load(MARK_NIBBLES, 48);
  const nibble = i8x16.splat(0x0f);
  const none = i8x16.splat(0);
  const newlines = i8x16.splat(0x0a);
  let line = start;
  let lines: u32 = 0;
  let misses: u32 = 0;
  let isOver = false;
  for (let at = start; at < end && at <= line + longest && !isOver; at += 16) {
    const first = v128.load(at);
    const second = v128.load(at, 1);
    const anchors = v128.and(
      v128.and(
        i8x16.swizzle(firstLow, v128.and(first, nibble)),
        i8x16.swizzle(firstHigh, i8x16.shr_u(first, 4)),
      ),
      v128.and(
        i8x16.swizzle(secondLow, v128.and(second, nibble)),
        i8x16.swizzle(secondHigh, i8x16.shr_u(second, 4)),
      ),
    );
    let places = (i8x16.bitmask(i8x16.eq(anchors, none)) ^ 0xffff) | i8x16.bitmask(i8x16.eq(first, newlines));
    if (end - at < 16) places &= (1 << <i32>(end - at)) - 1;
    for (; places != 0; places &= places - 1) {
      const place = at + <usize>ctz(places);
      if (byteAt(place) == 0x0a) {
        isOver = place - line > longest;
        if (isOver) break;
        line = place + 1;
        lines++;
        misses = 0;
        continue;
      }
      const group = <usize>byteAt(MARK_GROUPS + <usize>load<u16>(place));
      if (group == 0) continue;
      isOver = holdsMark(place, group) || ++misses > MOST_MISSES;
      if (isOver) break;
    }
  }
  store<u32>(SCANNED, <u32>line);
  return lines;
}

/**
 * Whether a mark of the group has its anchor at `place`. No mark holds a newline, so none begins in the line before; what is
 * in front of the first byte or behind the last one can at most make a line look marked that is not.
 */
function holdsMark(place: usize, group: usize): bool {
  const last = <usize>load<u16>(MARK_STARTS + group * 2, 2);
  for (let i = <usize>load<u16>(MARK_STARTS + group * 2); i < last; i++) {
    const mark = MARKS + i * MARK;
    if (load<u32>(mark + LENGTH) == 0) {
      if (endsMemoryName(place)) return true;
      continue;
    }
    const text = v128.load(place - <usize>load<u32>(mark));
    if (!v128.any_true(v128.and(v128.xor(text, v128.load(mark, TEXT)), v128.load(mark, MASK)))) return true;
  }
  return false;
}

/**
 * Whether the bytes of names that end at `place` hold what the names of memory figures hold, without the bytes that do not
 * count in names, and without case. They are gone through from the last one to the first.
 */
function endsMemoryName(place: usize): bool {
  let letters: u64 = 0;
  for (let at = place; at + LONGEST_NAME > place; at--) {
    const byte = byteAt(at);
    const kind = byteAt(IS_NAME_BYTE + <usize>byte);
    if (kind == 0) return false;
    if (kind == 1) continue;
    letters = (letters << 8) | <u64>(byte | 0x20);
    // Names begin with few letters.
    if (kind == 2) continue;
    for (let name = NAMES; ; name += NAME) {
      const mask = load<u64>(name, 8);
      if (mask == 0) break;
      if ((letters & mask) == load<u64>(name)) return true;
    }
  }
  return false;
}
