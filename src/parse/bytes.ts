/**
 * Matching literals and numbers in bytes without making strings. These are the only primitives the byte grammars use;
 * each works in one direction and looks at every byte once, so no input can make them slow.
 *
 * A step that does not match returns {@link FAILED}, and every step fails that starts from a failure: a grammar is a row
 * of steps with one test at its end.
 */
export const FAILED = -1;

/** The largest number of decimal digits that a double holds exactly. */
const MAX_DIGITS = 15;

/** The ASCII bytes of a literal of a grammar. */
export function ascii(literal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(literal, 'latin1'));
}

/** The position behind `literal` when it stands at `at` and ends at or before `end`. */
export function skipLiteral(bytes: Uint8Array, at: number, end: number, literal: Uint8Array): number {
  const length = literal.length;
  if (at < 0 || at + length > end) return FAILED;
  for (let i = 0; i < length; i++) {
    if (bytes[at + i] !== literal[i]) return FAILED;
  }
  return at + length;
}

/** The position of the first byte of `literal` when it ends right before `end` and starts at or after `start`. */
export function skipLiteralBack(bytes: Uint8Array, start: number, end: number, literal: Uint8Array): number {
  const at = end - literal.length;
  return at >= start && skipLiteral(bytes, at, end, literal) >= 0 ? at : FAILED;
}

/** The position behind the decimal digits at `at`: one at least, and no more than a double holds. */
export function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  if (at < 0) return FAILED;
  let position = at;
  while (position < end && isDigit(bytes[position]!)) position++;
  return position === at || position - at > MAX_DIGITS ? FAILED : position;
}

/** The position of the first of the decimal digits that end right before `end`; see {@link skipDigits}. */
export function skipDigitsBack(bytes: Uint8Array, start: number, end: number): number {
  let position = end;
  while (position > start && isDigit(bytes[position - 1]!)) position--;
  return position === end || end - position > MAX_DIGITS ? FAILED : position;
}

/** The number whose digits end right before `end`, as {@link skipDigits} left it; -1 after a failure. */
export function numberBefore(bytes: Uint8Array, end: number): number {
  if (end < 0) return FAILED;
  let value = 0;
  let scale = 1;
  for (let at = end - 1; at >= 0 && isDigit(bytes[at]!); at--) {
    value += (bytes[at]! - 0x30) * scale;
    scale *= 10;
  }
  return value;
}

/** The number whose digits begin at `at`, as {@link skipDigitsBack} left it; -1 after a failure. */
export function numberAt(bytes: Uint8Array, at: number): number {
  if (at < 0) return FAILED;
  let value = 0;
  for (let i = at; i < bytes.length && isDigit(bytes[i]!); i++) value = value * 10 + bytes[i]! - 0x30;
  return value;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
