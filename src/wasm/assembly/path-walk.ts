/**
 * The route of a path that was never seen, by the positions that are known: normal form, forms of segments and full positions
 * as src/route/path.ts, placeholders.ts and path-tree.ts have them. Whatever would make a node or a route is left to these.
 */
import {
  CROWDED, FORM_NAME, FORM_NAMES, FULL_ROUTE, IS_WHOLE, LONGEST_NAME, LONGEST_SEGMENT, MOST_SEGMENTS, NODE_COUNT, SEGMENT, SEGMENT_LENGTH, byteAt,
} from './layout';
import { NO_NODE, ROOT, TO_ENDINGS, TO_SEGMENTS, childOf, closedTo, isPlace, routeAt } from './path-nodes';
import { isForeign, mayLookLikePlace, normalEnd, segmentEnd } from './path-segment';
import { FORM_BITS, NO_FORM, formOf, isPlaceholder, mayBeAddress } from './segment-form';

const NOT_FOUND: i32 = -1;
const SLASH: u32 = 0x2f;
/** Of FORM_NAMES: what stands for any ending, what learned values are called, and what stands for the rest of a deep path. */
const ENDING: u32 = 13;
const LEARNED: u32 = 14;
const REST: u32 = 15;

/** The route of the path in [start, end), or -1. Counts it where its first segment is one of too many. */
export function walk(start: usize, end: usize): i32 {
  if (load<u32>(NODE_COUNT) == 0 || start == end) return NOT_FOUND;
  let at = byteAt(start) == SLASH ? start : behindHost(start, end);
  if (at == 0) return NOT_FOUND;
  let node = ROOT;
  let length: usize = 0;
  let segments: u32 = 0;
  let crowded = false;
  let foreign = false;
  while (at < end) {
    let from = at + 1;
    at = segmentEnd(from, end);
    let to = normalEnd(from, at);
    if (to == 0) return NOT_FOUND;
    // It was made there: no path lies at SEGMENT.
    if (to >= SEGMENT && to <= SEGMENT + SEGMENT_LENGTH) from = SEGMENT;
    if (from == to) continue;
    if (++segments > MOST_SEGMENTS) {
      length += 2;
      if (node != NO_NODE) node = childOf(node, nameOf(REST), lengthOf(REST));
      break;
    }
    let form = NO_FORM;
    if (!isForeign) form = formOf(from, to);
    else if (mayBeAddress(from, to)) return NOT_FOUND;
    else foreign = true;
    if (form == NO_FORM && to - from > LONGEST_SEGMENT) {
      if (isForeign) return NOT_FOUND;
      form = LEARNED;
    }
    if (form != NO_FORM) {
      to = writeName(form, to);
      from = SEGMENT;
    }
    length += to - from + 1;
    if (node == NO_NODE) continue;
    const child = childOf(node, from, to - from);
    if (child != NO_NODE) node = child;
    else if (form != NO_FORM) {
      const takesAny = form >> FORM_BITS != 0 && (closedTo(node) & TO_ENDINGS) != 0;
      node = takesAny ? childOf(node, SEGMENT, writeAnyEnding(form)) : NO_NODE;
    } else if (!isForeign && isPlaceholder(from, to)) return NOT_FOUND;
    else if ((closedTo(node) & TO_SEGMENTS) == 0) node = NO_NODE;
    else if (isForeign && mayLookLikePlace(from, to)) return NOT_FOUND;
    else if (!isForeign && isPlace(from, to)) node = NO_NODE;
    else {
      if (node == ROOT) crowded = true;
      node = childOf(node, nameOf(LEARNED), lengthOf(LEARNED));
    }
  }
  if (length > LONGEST_NAME) return foreign ? NOT_FOUND : fullRoute();
  if (segments == 0) node = childOf(ROOT, start, 0);
  let route = NOT_FOUND;
  if (node != NO_NODE) route = routeAt(node);
  else if (load<u32>(IS_WHOLE) != 0) route = fullRoute();
  if (route >= 0 && crowded) store<u32>(CROWDED, load<u32>(CROWDED) + 1);
  return route;
}

/** How many paths were counted since the last call. */
export function takeCrowded(): u32 {
  const count = load<u32>(CROWDED);
  store<u32>(CROWDED, 0);
  return count;
}

/**
 * No further routes are made: new names have this one.
 * @param isWhole whether all nodes are here, and no further ones are made either.
 */
export function setFull(route: i32, isWhole: bool): void {
  store<i32>(FULL_ROUTE, route + 1);
  store<u32>(IS_WHOLE, isWhole ? 1 : 0);
}

@inline
function fullRoute(): i32 {
  return load<i32>(FULL_ROUTE) - 1;
}

/** Where the path of an absolute URI begins, or 0: `http://h/a`. */
function behindHost(start: usize, end: usize): usize {
  if ((byteAt(start) | 0x20) - 0x61 > 25) return 0;
  let at = start + 1;
  for (; at < end; at++) {
    const byte = byteAt(at);
    const isScheme = (byte | 0x20) - 0x61 <= 25 || byte - 0x30 <= 9 || byte == 0x5f || byte == 0x2b || byte == 0x2e || byte == 0x2d;
    if (!isScheme) break;
  }
  if (at + 3 > end || byteAt(at) != 0x3a || byteAt(at + 1) != SLASH || byteAt(at + 2) != SLASH) return 0;
  return segmentEnd(at + 3, end);
}

@inline
function nameOf(form: u32): usize {
  return FORM_NAMES + <usize>form * FORM_NAME + 1;
}

@inline
function lengthOf(form: u32): usize {
  return <usize>byteAt(nameOf(form) - 1);
}

/** Puts the placeholder, and the ending of a file, at SEGMENT. @returns where it ends. */
function writeName(form: u32, end: usize): usize {
  const kind = form & ((1 << FORM_BITS) - 1);
  const length = lengthOf(kind);
  const ending = <usize>(form >> FORM_BITS);
  // The ending first: the segment may stand at SEGMENT itself.
  if (ending != 0) memory.copy(SEGMENT + length, end - ending, ending);
  memory.copy(SEGMENT, nameOf(kind), length);
  return SEGMENT + length + ending;
}

/** The placeholder of a file with any ending, at SEGMENT. @returns its length. */
function writeAnyEnding(form: u32): usize {
  const length = lengthOf(form & ((1 << FORM_BITS) - 1));
  memory.copy(SEGMENT + length, nameOf(ENDING), lengthOf(ENDING));
  return length + lengthOf(ENDING);
}
