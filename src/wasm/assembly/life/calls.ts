/**
 * Calls by number of route, three counts of them: amounts stand in the records of the numbers, and a list holds those
 * that are not 0, in the order of their first call.
 */
import { block } from './blocks';
import { CALL_AMOUNTS, CALL_KEYS, CALL_SIZES, NUMBER, NUMBERS } from './layout';

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

/** Adds one count to another, and empties it. */
export function moveCalls(life: usize, from: usize, to: usize): void {
  const records = block(life, NUMBERS);
  const keys = block(life, CALL_KEYS + to);
  const end = block(life, CALL_KEYS + from) + <usize>callsSize(life, from) * 4;
  let size = <usize>callsSize(life, to);
  for (let key = block(life, CALL_KEYS + from); key < end; key += 4) {
    const number = load<u32>(key);
    const record = records + <usize>number * NUMBER;
    const amount = load<u32>(record + to * 4, CALL_AMOUNTS);
    if (amount == 0) {
      store<u32>(keys + size * 4, number);
      size++;
    }
    store<u32>(record + to * 4, amount + load<u32>(record + from * 4, CALL_AMOUNTS), CALL_AMOUNTS);
    store<u32>(record + from * 4, 0, CALL_AMOUNTS);
  }
  store<u32>(life + from * 4, 0, CALL_SIZES);
  store<u32>(life + to * 4, <u32>size, CALL_SIZES);
}

@inline
export function callsSize(life: usize, count: usize): u32 {
  return load<u32>(life + count * 4, CALL_SIZES);
}
