/**
 * Lines that nothing stands around, told by their first bytes: no wrapper of lines/unwrap begins like these. A test holds
 * that for whatever stands behind.
 */
import { WRAPPERS } from '../../../lines/unwrap/wrappers.ts';

const [SPACE, EQUALS, DOT, UNDERSCORE, SLASH] = [0x20, 0x3d, 0x2e, 0x5f, 0x2f];
/** Bytes that a line without any wrapper can begin with. */
const IS_BARE = Uint8Array.from({ length: 256 }, (_, code) =>
  code > SPACE && code < 0x7f && !WRAPPERS.some(({ begins }) => begins(code)) ? 1 : 0,
);
/** What stands behind an address and a space where no words follow: they could be a pod's name. */
const BEHIND_ADDRESS = new Set([...'-["(<{'].map((character) => character.charCodeAt(0)));
const UWSGI = Buffer.from('[pid: ');
const LONGEST_NAME = 20;

/** @param bytes hold a newline behind `start`. */
export function isBareLine(bytes: Buffer, start: number): boolean {
  const first = bytes[start]!;
  if (IS_BARE[first] === 1) return true;
  if (isDigit(first)) return isAddress(bytes, start);
  return startsWith(bytes, start, UWSGI) || isNamed(bytes, start) || isRequest(bytes, start);
}

/** `127.0.0.1 - ` */
function isAddress(bytes: Buffer, start: number): boolean {
  let at = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && bytes[at++] !== DOT) return false;
    const from = at;
    while (isDigit(bytes[at]!)) at++;
    if (at === from || at - from > 3) return false;
  }
  return bytes[at] === SPACE && BEHIND_ADDRESS.has(bytes[at + 1]!);
}

/** `pid=` */
function isNamed(bytes: Buffer, start: number): boolean {
  let at = start;
  while (at - start < LONGEST_NAME && isLower(bytes[at]!)) at++;
  return at > start && bytes[at] === EQUALS;
}

/** `GET /` */
function isRequest(bytes: Buffer, start: number): boolean {
  let at = start;
  while (at - start < LONGEST_NAME && bytes[at]! >= 0x41 && bytes[at]! <= 0x5a) at++;
  return at > start && bytes[at] === SPACE && bytes[at + 1] === SLASH;
}

function startsWith(bytes: Buffer, start: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLower(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || byte === UNDERSCORE;
}
