/**
 * Rows of pairs, one behind the other in a block, of which each row's end is kept elsewhere: calls as two varints, steps as a
 * varint and an f64. A row that is the sum of rows is never longer than they were, so rows are merged in place.
 */
import { block, reserve } from './blocks';
import { callsSize } from './calls';
import { CALL_AMOUNTS, CALL_KEYS, CALL_SIZES, NUMBER, NUMBERS, STEP_ENTRIES } from './layout';
import { addStep, clearSteps, STEP_ENTRY, STEP_NUMBER, stepsSize } from './steps';
import { behind, LONGEST, readNumber, writeNumber } from './varint';

/** Writes a count of calls as a row from `start` on, and empties it. Returns the row's end; both from the block's beginning. */
export function writeCalls(life: usize, rows: usize, start: u32, count: usize): u32 {
  const size = <usize>callsSize(life, count);
  const address = reserve(life, rows, <usize>start + size * 2 * LONGEST);
  const amounts = block(life, NUMBERS) + CALL_AMOUNTS + count * 4;
  const end = block(life, CALL_KEYS + count) + size * 4;
  let at = address + <usize>start;
  for (let key = end - size * 4; key < end; key += 4) {
    const number = load<u32>(key);
    const amount = amounts + <usize>number * NUMBER;
    at = writeNumber(at, number);
    at = writeNumber(at, load<u32>(amount));
    store<u32>(amount, 0);
  }
  store<u32>(life + count * 4, 0, CALL_SIZES);
  return <u32>(at - address);
}

/** Likewise of a sum of steps. */
export function writeSteps(life: usize, rows: usize, start: u32, sum: usize): u32 {
  const size = stepsSize(life, sum);
  const address = reserve(life, rows, <usize>start + <usize>size * (LONGEST + 8));
  const entries = block(life, STEP_ENTRIES + sum);
  let at = address + <usize>start;
  for (let i: u32 = 0; i < size; i++) {
    const entry = entries + <usize>i * STEP_ENTRY;
    at = writeNumber(at, load<u32>(entry, STEP_NUMBER));
    store<f64>(at, load<f64>(entry));
    at += 8;
  }
  clearSteps(life, sum);
  return <u32>(at - address);
}

/** Adds the bytes [start, end) of rows of calls. */
export function readCalls(life: usize, rows: usize, start: u32, end: u32, count: usize): void {
  const amounts = block(life, NUMBERS) + CALL_AMOUNTS + count * 4;
  const keys = block(life, CALL_KEYS + count);
  const stop = block(life, rows) + <usize>end;
  let size = <usize>callsSize(life, count);
  for (let at = block(life, rows) + <usize>start; at < stop; ) {
    let number = <u32>load<u8>(at++);
    if (number >= 0x80) {
      number = readNumber(at - 1);
      at = behind;
    }
    let calls = <u32>load<u8>(at++);
    if (calls >= 0x80) {
      calls = readNumber(at - 1);
      at = behind;
    }
    const amount = amounts + <usize>number * NUMBER;
    const before = load<u32>(amount);
    if (before == 0) {
      store<u32>(keys + size * 4, number);
      size++;
    }
    store<u32>(amount, before + calls);
  }
  store<u32>(life + count * 4, <u32>size, CALL_SIZES);
}

/** Likewise of steps. */
export function readSteps(life: usize, rows: usize, start: u32, end: u32, sum: usize): void {
  const address = block(life, rows);
  for (let at = address + <usize>start; at < address + <usize>end; ) {
    const number = readNumber(at);
    const bytes = load<f64>(behind);
    at = behind + 8;
    addStep(life, sum, number, bytes);
  }
}
