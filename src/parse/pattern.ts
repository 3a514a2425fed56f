/**
 * Matching what printf wrote, in bytes and without making strings: a pattern is text with `%d` where a number stands. The
 * formats of a server's source can be written down nearly as they stand there. Matching goes in one direction and looks at
 * every byte once, so no input can make it slow; each direction is one loop without calls, since a log is mostly that.
 */

/** The largest number of decimal digits that a double holds exactly. */
const MAX_DIGITS = 15;
const WORD = 4;
const [ZERO, NINE, DASH] = [0x30, 0x39, 0x2d];

/** The value of a `%c` that was `-` or negative. */
export const NO_COUNT = -1;

/** Text and numbers in turn; the text before the first number and behind the last may be empty. */
export interface Pattern {
  /** One more than there are numbers. */
  readonly texts: readonly Uint8Array[];
  readonly lengths: Int32Array;
  /**
   * The first and the last four bytes of each text; 0 where it is shorter. Text of a program's own lines is recognised by
   * these and its length: who can write such a line at all can write it in full.
   */
  readonly firstWords: Int32Array;
  readonly lastWords: Int32Array;
  /** 1 where the number may be `-` or negative. */
  readonly counters: Uint8Array;
}

/** @param text ASCII; `%d` is a number of digits, `%c` one that may also be negative or only a dash. */
export function pattern(text: string): Pattern {
  const parts = text.split(/%[dc]/).map((part) => Buffer.from(part, 'latin1'));
  const word = (part: Buffer, at: number) => (part.length < WORD ? 0 : part.readInt32LE(at));
  return {
    texts: parts.map((part) => Uint8Array.from(part)),
    lengths: Int32Array.from(parts, (part) => part.length),
    firstWords: Int32Array.from(parts, (part) => word(part, 0)),
    lastWords: Int32Array.from(parts, (part) => word(part, part.length - WORD)),
    counters: Uint8Array.from(text.match(/%[dc]/g) ?? [], (kind) => (kind === '%c' ? 1 : 0)),
  };
}

/** Bytes, and the same bytes for reading words of them. */
export interface Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * The position behind the pattern when it stands at `at` and ends at or before `end`, else -1. `values[i]` is the i-th
 * number, also of what matched before a failure.
 */
export function match({ bytes, view }: Bytes, at: number, end: number, pattern: Pattern, values: Float64Array): number {
  const { lengths, firstWords, lastWords, counters } = pattern;
  let position = at;
  for (let i = 0; ; i++) {
    const length = lengths[i]!;
    if (position + length > end) return -1;
    if (length >= WORD) {
      if (view.getInt32(position, true) !== firstWords[i]) return -1;
      if (view.getInt32(position + length - WORD, true) !== lastWords[i]) return -1;
    } else {
      const text = pattern.texts[i]!;
      for (let j = 0; j < length; j++) if (bytes[position + j] !== text[j]) return -1;
    }
    position += length;
    if (i === counters.length) return position;
    const negative = counters[i] === 1 && position < end && bytes[position] === DASH;
    if (negative) position++;
    const start = position;
    let value = 0;
    for (; position < end; position++) {
      const byte = bytes[position]!;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
    }
    const digits = position - start;
    if ((digits === 0 && !negative) || digits > MAX_DIGITS) return -1;
    values[i] = negative ? NO_COUNT : value;
  }
}

/** As {@link match}, from right to left: the position where the pattern begins that ends right before `end`. No `%c`. */
export function matchBack(
  { bytes, view }: Bytes,
  start: number,
  end: number,
  pattern: Pattern,
  values: Float64Array,
): number {
  const { lengths, firstWords, lastWords, counters } = pattern;
  let position = end;
  for (let i = counters.length; ; i--) {
    const length = lengths[i]!;
    position -= length;
    if (position < start) return -1;
    if (length >= WORD) {
      if (view.getInt32(position + length - WORD, true) !== lastWords[i]) return -1;
      if (view.getInt32(position, true) !== firstWords[i]) return -1;
    } else {
      const text = pattern.texts[i]!;
      for (let j = 0; j < length; j++) if (bytes[position + j] !== text[j]) return -1;
    }
    if (i === 0) return position;
    const behind = position;
    let value = 0;
    let scale = 1;
    for (; position > start; position--) {
      const byte = bytes[position - 1]!;
      if (byte < ZERO || byte > NINE) break;
      value += (byte - ZERO) * scale;
      scale *= 10;
    }
    const digits = behind - position;
    if (digits === 0 || digits > MAX_DIGITS) return -1;
    values[i - 1] = value;
  }
}
