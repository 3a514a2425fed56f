/** Lines that are records, one behind the other. */
import { byteAt, FIELDS, FOLDED_LENGTH, HAS_URI, MOST_RECORDS, RECORD, RECORDS, ROUTE, SCANNED, URI_END, URI_START } from './layout';
import { findPath } from './path-table';
import { parse, writeTo } from './record';

/** How paths are looked for: not at all, as they are, or with their numbers folded. */
const NO_PATHS: u32 = 0;
const FOLDED_PATHS: u32 = 2;
const NOT_FOUND: f64 = -1;

/**
 * Reads lines from `start` on, until one is no record or longer than `longest`, has no end before `end`, or all records are
 * full. Returns how many; SCANNED holds where the line behind them begins.
 */
export function scan(start: usize, end: usize, longest: usize, paths: u32): u32 {
  let line = start;
  let count: usize = 0;
  while (count < MOST_RECORDS && line < end) {
    const first = byteAt(line);
    if (first != 0x7b && first != 0x5b) break;
    const newline = findNewline(line, end);
    if (newline == end || newline - line > longest) break;
    const stop = byteAt(newline - 1) == 0x0d ? newline - 1 : newline;
    const record = RECORDS + count * RECORD;
    writeTo(record);
    if (!parse(line, stop, false)) break;
    store<f64>(record, NOT_FOUND, ROUTE);
    if (paths != NO_PATHS && load<f64>(record, HAS_URI) != 0) {
      const uri = <usize>load<f64>(record, URI_START);
      const uriEnd = <usize>load<f64>(record, URI_END);
      if (uriEnd - uri < FOLDED_LENGTH) store<f64>(record, <f64>findPath(uri, uriEnd, paths == FOLDED_PATHS), ROUTE);
    }
    count++;
    line = newline + 1;
  }
  writeTo(FIELDS);
  store<u32>(SCANNED, <u32>line);
  return <u32>count;
}

/** The first newline in [start, end), or `end`. */
@inline
function findNewline(start: usize, end: usize): usize {
  const newlines = i8x16.splat(0x0a);
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), newlines));
    if (found != 0) return at + <usize>ctz(found);
  }
  while (at < end && byteAt(at) != 0x0a) at++;
  return at;
}
