/** What lasts of the growth in a route's own requests, as sums over its calls: see src/attribute/own-steps.ts. */
import { block, release, reserve } from './blocks';
import { countCalls, SINCE_EVENT } from './calls';
import { addEvent } from './events';
import { addJump } from './jumps';
import {
  BYTES, CALLS, EARLY, EARLY_CALLS, EARLY_SIZE, JUMPS, JUMP_SIZES, JUMP_SLOTS, KEPT, LAST, NO_READING, NUMBER, NUMBERS, PARTS, PAUSE,
  PAUSE_SQUARED, PAUSE_STEP, PENDING, PENDING_SIZES, REQUESTS, ROUTES, STEP, STEP_SQUARED,
} from './layout';

/** Requests since a route's previous call count up to here: a longer pause says no more. */
const LONGEST_PAUSE: u32 = 400;
/** A life's first requests pay for imports and caches: steps count from here on. */
const SETTLED_AFTER: u32 = 200;
/** For lives that end before SHORT_LIFE, which would have little left. */
const SETTLED_EARLY: u32 = 45;
export const SHORT_LIFE: u32 = 1300;

/** A call before the life has settled: step, number, pause. */
export const EARLY_CALL: usize = 16;
export const EARLY_NUMBER: usize = 8;
export const EARLY_PAUSE: usize = 12;
/** Jump tables. */
const BEFORE_SETTLED: usize = 0;
const SETTLED: usize = 1;

/** Adds `size` readings of a window; their routes have numbers already. */
export function addWindow(life: usize, size: usize, mostEvents: u32): void {
  const routes = life + ROUTES;
  const before = load<u32>(life, REQUESTS);
  const records = block(life, NUMBERS);
  // Judged is each reading that has one before it and two behind.
  let bytes = life + BYTES + (KEPT - 2) * 8;
  let route = routes + (KEPT - 2) * 4;
  const end = route + size * 4;
  let added = route;
  let position = before - 1;
  // The lowest of three from the third, the second and the last reading before it.
  let beforeThree = lowestOfThree(bytes - 24);
  let beforeTwo = lowestOfThree(bytes - 16);
  let lowestBefore = lowestOfThree(bytes - 8);
  for (; route < end; route += 4, bytes += 8, position++) {
    // The rise of the lowest of three readings: a peak that is gone two requests later is no step.
    const lowest = lowestOfThree(bytes);
    const step = lowest - lowestBefore;
    const earlier = beforeThree;
    beforeThree = beforeTwo;
    beforeTwo = lowestBefore;
    lowestBefore = lowest;
    const number = load<i32>(route);
    if (number < 0 || load<i32>(route - 4) == NO_READING) continue;
    const record = records + <usize>number * NUMBER;
    const last = load<u32>(record, LAST);
    store<u32>(record, position, LAST);
    if (last != 0 && position >= SETTLED_EARLY) {
      const pause = min(position - last, LONGEST_PAUSE);
      // The same step and pause count for it, too.
      const part = load<i32>(route + (PARTS - ROUTES));
      if (position < SETTLED_AFTER) {
        const calls = load<u32>(record, EARLY_CALLS) + 1;
        store<u32>(record, calls, EARLY_CALLS);
        addEarly(life, number, step, pause);
        if (part >= 0) addEarly(life, part, step, pause);
        addJump(life, BEFORE_SETTLED, number, position, earlier, lowest, calls);
      } else {
        addCall(record, step, <f64>pause);
        if (part >= 0) addCall(records + <usize>part * NUMBER, step, <f64>pause);
        addJump(life, SETTLED, number, position, earlier, lowest, load<u32>(record, CALLS));
      }
    }
    if (step > 0) {
      countCalls(life, SINCE_EVENT, added, route + 4);
      added = route + 4;
      addEvent(life, number, position, lowest, mostEvents);
    }
  }
  countCalls(life, SINCE_EVENT, added, end);
  // The calls of a longer life count from later on.
  if (before > SHORT_LIFE && block(life, EARLY) != 0) forgetEarly(life);
}

@inline
function lowestOfThree(bytes: usize): f64 {
  const first = load<f64>(bytes);
  const second = load<f64>(bytes, 8);
  const third = load<f64>(bytes, 16);
  const lower = first < second ? first : second;
  return lower < third ? lower : third;
}

@inline
export function addCall(record: usize, step: f64, pause: f64): void {
  store<u32>(record, load<u32>(record, CALLS) + 1, CALLS);
  store<f64>(record, load<f64>(record, PAUSE) + pause, PAUSE);
  store<f64>(record, load<f64>(record, PAUSE_SQUARED) + pause * pause, PAUSE_SQUARED);
  // Nine of ten calls change nothing.
  if (step == 0) return;
  store<f64>(record, load<f64>(record, STEP) + step, STEP);
  store<f64>(record, load<f64>(record, STEP_SQUARED) + step * step, STEP_SQUARED);
  store<f64>(record, load<f64>(record, PAUSE_STEP) + pause * step, PAUSE_STEP);
}

function addEarly(life: usize, number: u32, step: f64, pause: u32): void {
  const size = load<u32>(life, EARLY_SIZE);
  const call = reserve(life, EARLY, <usize>(size + 1) * EARLY_CALL) + <usize>size * EARLY_CALL;
  store<f64>(call, step);
  store<u32>(call, number, EARLY_NUMBER);
  store<u32>(call, pause, EARLY_PAUSE);
  store<u32>(life, size + 1, EARLY_SIZE);
}

function forgetEarly(life: usize): void {
  release(life, EARLY);
  release(life, JUMPS + BEFORE_SETTLED);
  release(life, JUMP_SLOTS + BEFORE_SETTLED);
  release(life, PENDING + BEFORE_SETTLED);
  store<u32>(life, 0, EARLY_SIZE);
  store<u32>(life, 0, JUMP_SIZES + BEFORE_SETTLED * 4);
  store<u32>(life, 0, PENDING_SIZES + BEFORE_SETTLED * 4);
}
