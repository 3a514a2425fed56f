/**
 * Whole numbers in as few bytes as they need, seven bits in each, the lowest first (LEB128). Numbers of routes and counts of
 * calls are small: a pair takes two or three bytes where columns would take twelve.
 */

/** The longest. */
export const LONGEST: usize = 5;

/** Writes a number. Returns the address behind it. */
@inline
export function writeNumber(at: usize, number: u32): usize {
  while (number > 0x7f) {
    store<u8>(at++, number | 0x80);
    number >>= 7;
  }
  store<u8>(at, number);
  return at + 1;
}

/** Reads the number at `at`, and leaves the address behind it in `behind`. */
@inline
export function readNumber(at: usize): u32 {
  let byte = <u32>load<u8>(at);
  if (byte < 0x80) {
    behind = at + 1;
    return byte;
  }
  let number = byte & 0x7f;
  let shift: u32 = 7;
  do {
    byte = <u32>load<u8>(++at);
    number |= (byte & 0x7f) << shift;
    shift += 7;
  } while (byte >= 0x80);
  behind = at + 1;
  return number;
}

export let behind: usize = 0;
