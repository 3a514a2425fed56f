/**
 * Large steps of a route's own requests, counted by size: see src/attribute/jumps.ts. There are two tables, for the calls
 * before and after the life has settled. Jumps are rare, and so are routes that have any.
 */
import { block, reserve } from './blocks';
import { JUMPS, JUMP_SIZES, JUMP_SLOTS, NUMBER, NUMBERS, PENDING, PENDING_PLACES, PENDING_SIZES } from './layout';

/** The class of a step of LEAST_JUMP_BYTES or more: of JavaScript, whose logarithm it is. */
@external('jumps', 'sizeClassOf')
declare function sizeClassOf(bytes: f64): u32;

/** LEAST_JUMP_BYTES and SIZE_CLASSES of src/attribute/jumps.ts. */
const LEAST_JUMP_BYTES: f64 = 131072;
const SIZE_CLASSES: u32 = 256;
/** Readings whose lowest counts. */
const READINGS: u32 = 3;
/** Pairs of route and class that a table keeps: more are no rule of any route. */
const MOST_KEPT: u32 = 1024;

/** Sums of a number and a class: of the numbers of its calls as f64, then number and class in one, count, and those that fell. */
export const JUMP: usize = 24;
export const JUMP_KEY: usize = 8;
export const JUMP_COUNT: usize = 12;
export const JUMP_FALLEN: usize = 16;

/** What is known of a number's last jump until its next call: the level at which half is given back, place of its sums, position. */
const PENDING_JUMP: usize = 24;
const PENDING_SUMS: usize = 8;
const PENDING_POSITION: usize = 12;
const PENDING_NUMBER: usize = 16;

/** Twice as many as sums; their numbers plus one, 0 where one is free. Fibonacci hashing, as in numbers.ts. */
const SLOT_COUNT: usize = 2048;
const SLOT_SHIFT: u32 = 21;
const MULTIPLIER: u32 = 0x9e3779b1;

/**
 * A call of a route.
 * @param position requests up to and with it.
 * @param before the lowest of the three readings before it, @param after of those from it on.
 * @param callNumber which of the route's calls it was, from 1 on.
 */
@inline
export function addJump(life: usize, table: usize, number: u32, position: u32, before: f64, after: f64, callNumber: u32): void {
  // Nearly all calls.
  if (after - before < LEAST_JUMP_BYTES) {
    if (load<u32>(life + table * 4, PENDING_SIZES) == 0) return;
    if (load<u32>(block(life, NUMBERS) + <usize>number * NUMBER + table * 4, PENDING_PLACES) == 0) return;
  }
  judge(life, table, number, position, before, after, callNumber);
}

function judge(life: usize, table: usize, number: u32, position: u32, before: f64, after: f64, callNumber: u32): void {
  const bytes = after - before;
  const isJump = bytes >= LEAST_JUMP_BYTES;
  const place = load<u32>(block(life, NUMBERS) + <usize>number * NUMBER + table * 4, PENDING_PLACES);
  if (place > 0) {
    const pending = block(life, PENDING + table) + <usize>(place - 1) * PENDING_JUMP;
    // A call right behind it has readings of before the jump among those before it.
    const isOver = position - load<u32>(pending, PENDING_POSITION) >= READINGS;
    if (isOver && before <= load<f64>(pending)) {
      const sums = block(life, JUMPS + table) + <usize>load<u32>(pending, PENDING_SUMS) * JUMP;
      store<u32>(sums, load<u32>(sums, JUMP_FALLEN) + 1, JUMP_FALLEN);
    }
    if (isOver || isJump) forget(life, table, place);
  }
  if (!isJump) return;
  const sizeClass = min(SIZE_CLASSES - 1, sizeClassOf(bytes));
  const index = sumsOf(life, table, number * SIZE_CLASSES + sizeClass);
  if (index == MOST_KEPT) return;
  const sums = block(life, JUMPS + table) + <usize>index * JUMP;
  store<f64>(sums, load<f64>(sums) + <f64>callNumber);
  store<u32>(sums, load<u32>(sums, JUMP_COUNT) + 1, JUMP_COUNT);
  remember(life, table, number, index, after - bytes / 2, position);
}

/** The place of the sums of a key, which are begun when there are none; MOST_KEPT where there is no room for more. */
function sumsOf(life: usize, table: usize, key: u32): u32 {
  const slots = reserve(life, JUMP_SLOTS + table, SLOT_COUNT * 2);
  let slot = <usize>((key * MULTIPLIER) >> SLOT_SHIFT);
  let taken = <u32>load<u16>(slots + slot * 2);
  while (taken != 0) {
    if (load<u32>(block(life, JUMPS + table) + <usize>(taken - 1) * JUMP, JUMP_KEY) == key) return taken - 1;
    slot = (slot + 1) & (SLOT_COUNT - 1);
    taken = <u32>load<u16>(slots + slot * 2);
  }
  const index = load<u32>(life + table * 4, JUMP_SIZES);
  if (index == MOST_KEPT) return index;
  const sums = reserve(life, JUMPS + table, <usize>(index + 1) * JUMP) + <usize>index * JUMP;
  store<u32>(sums, key, JUMP_KEY);
  store<u16>(slots + slot * 2, index + 1);
  store<u32>(life + table * 4, index + 1, JUMP_SIZES);
  return index;
}

function remember(life: usize, table: usize, number: u32, index: u32, fallenAt: f64, position: u32): void {
  const size = load<u32>(life + table * 4, PENDING_SIZES) + 1;
  const pending = reserve(life, PENDING + table, <usize>size * PENDING_JUMP) + <usize>(size - 1) * PENDING_JUMP;
  store<f64>(pending, fallenAt);
  store<u32>(pending, index, PENDING_SUMS);
  store<u32>(pending, position, PENDING_POSITION);
  store<u32>(pending, number, PENDING_NUMBER);
  store<u32>(life + table * 4, size, PENDING_SIZES);
  setPlace(life, table, number, size);
}

/** The last one takes the place of the one that goes. */
function forget(life: usize, table: usize, place: u32): void {
  const size = load<u32>(life + table * 4, PENDING_SIZES);
  const pending = block(life, PENDING + table);
  const gone = pending + <usize>(place - 1) * PENDING_JUMP;
  const last = pending + <usize>(size - 1) * PENDING_JUMP;
  setPlace(life, table, load<u32>(last, PENDING_NUMBER), place);
  setPlace(life, table, load<u32>(gone, PENDING_NUMBER), 0);
  memory.copy(gone, last, PENDING_JUMP);
  store<u32>(life + table * 4, size - 1, PENDING_SIZES);
}

@inline
function setPlace(life: usize, table: usize, number: u32, place: u32): void {
  store<u32>(block(life, NUMBERS) + <usize>number * NUMBER + table * 4, place, PENDING_PLACES);
}
