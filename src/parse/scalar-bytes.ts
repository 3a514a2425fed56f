/** The scalars of JSON as bytes where they lie. Each walk ends at a newline, so a chunk needs one behind the place it begins at. */

const [QUOTE, BACKSLASH, MINUS, PLUS, DOT, ZERO] = [0x22, 0x5c, 0x2d, 0x2b, 0x2e, 0x30];
/** So many digits make a whole number that a double holds, and that a power of ten divides with one rounding. */
const MOST_DIGITS = 15;

/** Bytes at which a text ends, or that JSON wants escaped. */
const ENDS_TEXT = new Uint8Array(256);
/** The same, and bytes that are not ASCII: they may be no UTF-8. */
const ENDS_ASCII = new Uint8Array(256).fill(1, 0x80);
for (const table of [ENDS_TEXT, ENDS_ASCII]) {
  table.fill(1, 0, 0x20);
  table[QUOTE] = table[BACKSLASH] = 1;
}

/** The closing quote of a text without escapes that begins at `at`; the place of whatever else ends it. */
export function endOfText(bytes: Uint8Array, at: number): number {
  let end = at;
  while (ENDS_TEXT[bytes[end]!] === 0) end++;
  return end;
}

/** As {@link endOfText}, for ASCII alone. */
export function endOfAscii(bytes: Uint8Array, at: number): number {
  let end = at;
  while (ENDS_ASCII[bytes[end]!] === 0) end++;
  return end;
}

/** Reads numbers, and keeps what the last one was. */
export class NumberScan {
  /** All its digits as one whole number, and how many of them stand behind the point. */
  digits = 0;
  decimals = 0;
  /** Without sign and exponent, and not too long for the two above. */
  isPlain = false;

  /** The end of the number at `at`, by the grammar of JSON; -1 when there is none. */
  end(bytes: Uint8Array, at: number): number {
    let end = at;
    let digits = 0;
    let byte = bytes[end]!;
    const isNegative = byte === MINUS;
    if (isNegative) byte = bytes[++end]!;
    const first = end;
    while (isDigit(byte)) {
      digits = digits * 10 + (byte - ZERO);
      byte = bytes[++end]!;
    }
    let count = end - first;
    if (count === 0 || (count > 1 && bytes[first] === ZERO)) return -1;
    this.decimals = 0;
    if (byte === DOT) {
      const point = end;
      byte = bytes[++end]!;
      while (isDigit(byte)) {
        digits = digits * 10 + (byte - ZERO);
        byte = bytes[++end]!;
      }
      this.decimals = end - point - 1;
      if (this.decimals === 0) return -1;
      count += this.decimals;
    }
    this.digits = digits;
    this.isPlain = !isNegative && count <= MOST_DIGITS;
    if ((byte | 0x20) !== 0x65) return end;
    this.isPlain = false;
    byte = bytes[++end]!;
    if (byte === PLUS || byte === MINUS) byte = bytes[++end]!;
    const exponent = end;
    while (isDigit(byte)) byte = bytes[++end]!;
    return end > exponent ? end : -1;
  }
}

/** Behind `true` or `false` at `at`, or -1. */
export function endOfBoolean(bytes: Uint8Array, at: number): number {
  const word = bytes[at] === 0x74 ? TRUE : FALSE;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return -1;
  return at + word.length;
}

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

/** Behind up to `most` digits at `at`, or -1. */
export function endOfDigits(bytes: Uint8Array, at: number, most: number): number {
  let end = at;
  while (isDigit(bytes[end]!)) end++;
  return end > at && end - at <= most ? end : -1;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}
