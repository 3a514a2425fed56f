/** What ASCII characters are. */
import { byteAt } from './layout';

@inline
export function isDigit(byte: u32): bool {
  return byte - 0x30 <= 9;
}

@inline
export function isLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 <= 25;
}

@inline
export function isHexLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 <= 5;
}

@inline
export function isSpace(byte: u32): bool {
  return byte == 0x20 || byte - 9 <= 4;
}

/** How many digits stand at `at`. */
@inline
export function digitsFrom(at: usize, end: usize): usize {
  let last = at;
  while (last < end && isDigit(byteAt(last))) last++;
  return last - at;
}

@inline
export function arePair(at: usize, end: usize): bool {
  return at + 2 <= end && isDigit(byteAt(at)) && isDigit(byteAt(at + 1));
}
