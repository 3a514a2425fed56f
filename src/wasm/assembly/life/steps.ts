/**
 * Sums of steps by number of route, two of them: entries in the order of the first step, and in the records of the numbers
 * where each one stands. Few routes have steps.
 */
import { block, reserve } from './blocks';
import { NUMBER, NUMBERS, STEP_ENTRIES, STEP_PLACES, STEP_SIZES } from './layout';

/** An entry: the sum as f64, then the number. */
export const STEP_ENTRY: usize = 16;
export const STEP_NUMBER: usize = 8;

export function addStep(life: usize, sum: usize, number: u32, bytes: f64): void {
  const place = block(life, NUMBERS) + <usize>number * NUMBER + sum * 4;
  const known = load<u32>(place, STEP_PLACES);
  if (known > 0) {
    const entry = block(life, STEP_ENTRIES + sum) + <usize>(known - 1) * STEP_ENTRY;
    store<f64>(entry, load<f64>(entry) + bytes);
    return;
  }
  const size = stepsSize(life, sum) + 1;
  const entry = reserve(life, STEP_ENTRIES + sum, <usize>size * STEP_ENTRY) + <usize>(size - 1) * STEP_ENTRY;
  store<f64>(entry, bytes);
  store<u32>(entry, number, STEP_NUMBER);
  store<u32>(place, size, STEP_PLACES);
  store<u32>(life + sum * 4, size, STEP_SIZES);
}

/** Adds one sum to another, and empties it. */
export function moveSteps(life: usize, from: usize, to: usize): void {
  const size = stepsSize(life, from);
  for (let i: u32 = 0; i < size; i++) {
    const entry = block(life, STEP_ENTRIES + from) + <usize>i * STEP_ENTRY;
    addStep(life, to, load<u32>(entry, STEP_NUMBER), load<f64>(entry));
  }
  clearSteps(life, from);
}

export function clearSteps(life: usize, sum: usize): void {
  const places = block(life, NUMBERS) + sum * 4;
  const end = block(life, STEP_ENTRIES + sum) + <usize>stepsSize(life, sum) * STEP_ENTRY;
  for (let entry = block(life, STEP_ENTRIES + sum); entry < end; entry += STEP_ENTRY) {
    store<u32>(places + <usize>load<u32>(entry, STEP_NUMBER) * NUMBER, 0, STEP_PLACES);
  }
  store<u32>(life + sum * 4, 0, STEP_SIZES);
}

@inline
export function stepsSize(life: usize, sum: usize): u32 {
  return load<u32>(life + sum * 4, STEP_SIZES);
}
