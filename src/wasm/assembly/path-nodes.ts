/**
 * What src/route/path-tree.ts knows, as far as it was told here: nodes for the positions in paths, found by the node before
 * them and the bytes of a segment. A closed position takes no new segments, and all that it has are here.
 *
 * Every node is in one hash table, at most half full. Where there is no room no more are added; those that are here stay right.
 */
import {
  FULL_ROUTE, LONGEST_PLACE, LOWER, MOST_NODES, NODE, NODES, NODE_COUNT, NODE_KEYS, NODE_KEYS_END, NODE_KEYS_LENGTH, NODE_SLOTS,
  NODE_SLOT_COUNT, SEGMENT, byteAt, isText,
} from './layout';
import { hashOf } from './hash';

export const NO_NODE: u32 = 0;
export const ROOT: u32 = 1;
/** Below these stand words: actions by their name, and names that end in numbers. */
const PLACES: u32 = 2;
export const WORDS_WITH_NUMBERS: u32 = 3;
const FIRST_NODE: u32 = 4;
const LONGEST_WORD: usize = 64;

/** Of a node. */
const HASH: usize = 0;
const PARENT: usize = 4;
const KEY: usize = 8;
const LENGTH: usize = 12;
const ROUTE: usize = 16;
const CLOSED_TO: usize = 20;
const NO_ROUTE: i32 = -1;

@inline
function nodeAt(node: u32): usize {
  return NODES + <usize>node * NODE;
}

/** The node behind `parent` for the segment, or NO_NODE. */
export function childOf(parent: u32, segment: usize, length: usize): u32 {
  return load<u32>(slotOf(parent, segment, length, <u32>hashOf(segment, length, parent)));
}

/** Where the node stands, or would. */
function slotOf(parent: u32, segment: usize, length: usize, hash: u32): usize {
  let i = hash;
  while (true) {
    const slot = NODE_SLOTS + <usize>(i++ & (NODE_SLOT_COUNT - 1)) * 4;
    const node = load<u32>(slot);
    if (node == NO_NODE) return slot;
    const at = nodeAt(node);
    if (load<u32>(at, HASH) != hash || load<u32>(at, PARENT) != parent || load<u32>(at, LENGTH) != <u32>length) continue;
    if (isText(load<u32>(at, KEY), segment, length)) return slot;
  }
}

/** The node behind `parent` for the segment of `length` bytes at SEGMENT, made where there is none; 0 without room. */
export function addNode(parent: u32, length: usize): u32 {
  const hash = <u32>hashOf(SEGMENT, length, parent);
  const slot = slotOf(parent, SEGMENT, length, hash);
  const known = load<u32>(slot);
  if (known != NO_NODE) return known;
  const node = max(load<u32>(NODE_COUNT), FIRST_NODE);
  const key = NODE_KEYS + <usize>load<u32>(NODE_KEYS_END);
  if (node == MOST_NODES || key + length > NODE_KEYS + NODE_KEYS_LENGTH) return NO_NODE;
  memory.copy(key, SEGMENT, length);
  const at = nodeAt(node);
  store<u32>(at, hash, HASH);
  store<u32>(at, parent, PARENT);
  store<u32>(at, <u32>key, KEY);
  store<u32>(at, <u32>length, LENGTH);
  store<i32>(at, NO_ROUTE, ROUTE);
  store<u32>(at, 0, CLOSED_TO);
  store<u32>(slot, node);
  store<u32>(NODE_COUNT, node + 1);
  store<u32>(NODE_KEYS_END, load<u32>(NODE_KEYS_END) + <u32>length);
  if (parent == PLACES) store<u32>(LONGEST_PLACE, max(load<u32>(LONGEST_PLACE), <u32>length));
  return node;
}

export function nodeCount(): u32 {
  return load<u32>(NODE_COUNT);
}

export function clearNodes(): void {
  if (load<u32>(NODE_COUNT) == 0) return;
  memory.fill(NODE_SLOTS, 0, <usize>NODE_SLOT_COUNT * 4);
  store<u32>(NODE_COUNT, 0);
  store<u32>(NODE_KEYS_END, 0);
  store<u32>(nodeAt(ROOT), 0, CLOSED_TO);
  store<u64>(FULL_ROUTE, 0);
}

/** What a position may be closed to, as bits: names that are not here, and files with endings that are not. */
export const TO_SEGMENTS: u32 = 1;
export const TO_ENDINGS: u32 = 2;

/** All segments that the position has are here, and it takes no further ones of these kinds. */
export function close(node: u32, to: u32): void {
  store<u32>(nodeAt(node), to, CLOSED_TO);
}

export function closedTo(node: u32): u32 {
  return load<u32>(nodeAt(node), CLOSED_TO);
}

/** The path that ends here has this route. */
export function setRoute(node: u32, route: i32): void {
  store<i32>(nodeAt(node), route, ROUTE);
}

@inline
export function routeAt(node: u32): i32 {
  return load<i32>(nodeAt(node), ROUTE);
}

/** Whether the segment is an action by its name, in upper or lower case. */
export function isPlace(start: usize, end: usize): bool {
  return end - start <= <usize>load<u32>(LONGEST_PLACE) && isWord(PLACES, start, end);
}

/** Whether the ASCII text, in upper or lower case, stands below the node. */
export function isWord(words: u32, start: usize, end: usize): bool {
  const length = end - start;
  if (length > LONGEST_WORD) return false;
  for (let i: usize = 0; i < length; i++) {
    const byte = byteAt(start + i);
    store<u8>(LOWER + i, byte - 0x41 <= 25 ? byte | 0x20 : byte);
  }
  return childOf(words, LOWER, length) != NO_NODE;
}
