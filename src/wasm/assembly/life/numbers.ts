/**
 * Numbers of its own for the routes a life has seen, from 0 on in the order of their first call, so that what is kept per
 * route lies close together, however many routes the whole log has. A hash table with linear probing, at most half full.
 */
import { block, resize, sizeOf } from './blocks';
import { CALL_KEYS, CAPACITY, COUNT, NUMBER, NUMBERS, ROUTE, SLOTS } from './layout';

/** 2^32 over the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
const MULTIPLIER: u32 = 0x9e3779b1;
const FIRST_CAPACITY: u32 = 32;
const CALL_COUNTS: usize = 3;

/** Puts numbers in place of so many routes; negative ones stay. */
export function renumber(life: usize, routes: usize, count: usize): void {
  for (const end = routes + count * 4; routes < end; routes += 4) {
    const route = load<i32>(routes);
    if (route >= 0) store<u32>(routes, numberOf(life, route));
  }
}

function numberOf(life: usize, route: i32): u32 {
  let slot = slotOf(life, route);
  const taken = load<u32>(slot);
  if (taken > 0) return taken - 1;
  const number = load<u32>(life, COUNT);
  if (number == load<u32>(life, CAPACITY)) widen(life, number + (number >> 1));
  if (<usize>(number + 1) * 8 > sizeOf(life, SLOTS)) {
    addSlots(life, sizeOf(life, SLOTS) * 2);
    slot = slotOf(life, route);
  }
  store<i32>(block(life, NUMBERS) + <usize>number * NUMBER, route, ROUTE);
  store<u32>(slot, number + 1);
  store<u32>(life, number + 1, COUNT);
  return number;
}

/** Where the route stands, or would stand. */
@inline
function slotOf(life: usize, route: i32): usize {
  const slots = block(life, SLOTS);
  const records = block(life, NUMBERS);
  const last = <u32>(sizeOf(life, SLOTS) / 4) - 1;
  let slot = (<u32>route * MULTIPLIER) >> clz(last);
  let taken = load<u32>(slots + <usize>slot * 4);
  while (taken != 0 && load<i32>(records + <usize>(taken - 1) * NUMBER, ROUTE) != route) {
    slot = (slot + 1) & last;
    taken = load<u32>(slots + <usize>slot * 4);
  }
  return slots + <usize>slot * 4;
}

export function beginNumbers(life: usize): void {
  widen(life, FIRST_CAPACITY);
  addSlots(life, <usize>FIRST_CAPACITY * 8);
}

function widen(life: usize, capacity: u32): void {
  resize(life, NUMBERS, <usize>capacity * NUMBER);
  // Also the lists that hold each number at most once: who adds to them need not look whether there is room.
  for (let i: usize = 0; i < CALL_COUNTS; i++) resize(life, CALL_KEYS + i, <usize>capacity * 4);
  store<u32>(life, capacity, CAPACITY);
}

/** @param size in bytes, a power of two */
function addSlots(life: usize, size: usize): void {
  memory.fill(resize(life, SLOTS, size), 0, size);
  const records = block(life, NUMBERS);
  const count = load<u32>(life, COUNT);
  for (let number: u32 = 0; number < count; number++) {
    store<u32>(slotOf(life, load<i32>(records + <usize>number * NUMBER, ROUTE)), number + 1);
  }
}
