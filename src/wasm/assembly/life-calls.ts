/**
 * Calls by number of route, three counts of them: amounts stand in the records of the numbers, and a list holds those
 * that are not 0, in the order of their first call.
 */
import { block } from './life-blocks';
import { CALL_AMOUNTS, CALL_KEYS, CALL_SIZES, NUMBER, NUMBERS } from './life-layout';

/** Since the last floor, up to the lowest reading of the window; behind it; since the last growth event. */
export const SINCE: usize = 0;
export const REST: usize = 1;
export const SINCE_EVENT: usize = 2;

/** One for each of the numbers in a row from `from` to `to`, which are addresses; negative ones are not known. */
export function countCalls(life: usize, count: usize, from: usize, to: usize): void {
  const amounts = block(life, NUMBERS) + CALL_AMOUNTS + count * 4;
  const keys = block(life, CALL_KEYS + count);
  let size = callsSize(life, count);
  for (let at = from; at < to; at += 4) {
    const number = load<i32>(at);
    if (number < 0) continue;
    const amount = amounts + <usize>number * NUMBER;
    const before = load<u32>(amount);
    if (before == 0) {
      store<i32>(keys + <usize>size * 4, number);
      size++;
    }
    store<u32>(amount, before + 1);
  }
  store<u32>(life + count * 4, size, CALL_SIZES);
}

@inline
export function addCalls(life: usize, count: usize, number: u32, calls: u32): void {
  const amount = block(life, NUMBERS) + <usize>number * NUMBER + count * 4;
  const before = load<u32>(amount, CALL_AMOUNTS);
  if (before == 0) {
    const size = callsSize(life, count);
    store<u32>(block(life, CALL_KEYS + count) + <usize>size * 4, number);
    store<u32>(life + count * 4, size + 1, CALL_SIZES);
  }
  store<u32>(amount, before + calls, CALL_AMOUNTS);
}

/** Adds one count to another, and empties it. */
export function moveCalls(life: usize, from: usize, to: usize): void {
  const keys = block(life, CALL_KEYS + from);
  const size = callsSize(life, from);
  for (let i: u32 = 0; i < size; i++) {
    const number = load<u32>(keys + <usize>i * 4);
    addCalls(life, to, number, takeAmount(life, from, number));
  }
  store<u32>(life + from * 4, 0, CALL_SIZES);
}

/** What a number has in a count, which has it no longer. */
@inline
export function takeAmount(life: usize, count: usize, number: u32): u32 {
  const amount = block(life, NUMBERS) + <usize>number * NUMBER + count * 4;
  const calls = load<u32>(amount, CALL_AMOUNTS);
  store<u32>(amount, 0, CALL_AMOUNTS);
  return calls;
}

@inline
export function callsSize(life: usize, count: usize): u32 {
  return load<u32>(life + count * 4, CALL_SIZES);
}
