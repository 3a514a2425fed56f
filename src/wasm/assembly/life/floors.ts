/** The floors of a life: the lowest reading of each window, with the calls and steps between two of them. */
import { block, reserve, shrink } from './blocks';
import { moveCalls, REST, SINCE } from './calls';
import { FLOORS, FLOOR_CALLS, FLOOR_COLUMNS, FLOOR_STEPS } from './layout';
import { readCalls, readSteps, writeCalls, writeSteps } from './rows';
import { moveSteps } from './steps';

/** A floor: its bytes as f64, its position, and where its rows of calls and of steps end. */
export const FLOOR: usize = 24;
export const FLOOR_POSITION: usize = 8;
export const FLOOR_CALLS_END: usize = 12;
export const FLOOR_STEPS_END: usize = 16;

/** Adds a floor with what lies since the one before, which is taken out of SINCE. */
export function pushFloor(life: usize, bytes: f64, position: u32): void {
  const index = <usize>load<u32>(life, FLOORS);
  const columns = reserve(life, FLOOR_COLUMNS, (index + 1) * FLOOR);
  const floor = columns + index * FLOOR;
  const callsEnd = writeCalls(life, FLOOR_CALLS, startOf(columns, index, FLOOR_CALLS_END), SINCE);
  const stepsEnd = writeSteps(life, FLOOR_STEPS, startOf(columns, index, FLOOR_STEPS_END), SINCE);
  store<f64>(floor, bytes);
  store<u32>(floor, position, FLOOR_POSITION);
  store<u32>(floor, callsEnd, FLOOR_CALLS_END);
  store<u32>(floor, stepsEnd, FLOOR_STEPS_END);
  store<u32>(life, <u32>index + 1, FLOORS);
}

/**
 * Makes one floor of every two neighbours: the lowest, the last of equals; the last floor may have none. SINCE must be empty;
 * what lies behind the last floor goes to REST, behind what is there. What is written is at most as much as what was read
 * before it.
 */
export function halveFloors(life: usize): void {
  const count = <usize>load<u32>(life, FLOORS);
  store<u32>(life, 0, FLOORS);
  // Kept here, since the floors they stand in are written over.
  let callsStart: u32 = 0;
  let stepsStart: u32 = 0;
  for (let first: usize = 0; first < count; first += 2) {
    const columns = block(life, FLOOR_COLUMNS);
    const start = columns + first * FLOOR;
    const second = first + 1 < count ? start + FLOOR : start;
    const lowest = second > start && load<f64>(second) <= load<f64>(start) ? first + 1 : first;
    const bytes = load<f64>(columns + lowest * FLOOR);
    const position = load<u32>(columns + lowest * FLOOR, FLOOR_POSITION);
    const callsMiddle = load<u32>(start, FLOOR_CALLS_END);
    const stepsMiddle = load<u32>(start, FLOOR_STEPS_END);
    const callsEnd = load<u32>(second, FLOOR_CALLS_END);
    const stepsEnd = load<u32>(second, FLOOR_STEPS_END);
    const isSecond = lowest > first;
    readCalls(life, FLOOR_CALLS, callsStart, isSecond ? callsEnd : callsMiddle, SINCE);
    readSteps(life, FLOOR_STEPS, stepsStart, isSecond ? stepsEnd : stepsMiddle, SINCE);
    pushFloor(life, bytes, position);
    if (!isSecond) {
      readCalls(life, FLOOR_CALLS, callsMiddle, callsEnd, SINCE);
      readSteps(life, FLOOR_STEPS, stepsMiddle, stepsEnd, SINCE);
    }
    callsStart = callsEnd;
    stepsStart = stepsEnd;
  }
  moveCalls(life, SINCE, REST);
  moveSteps(life, SINCE, REST);
  const columns = block(life, FLOOR_COLUMNS);
  const left = <usize>load<u32>(life, FLOORS);
  shrink(life, FLOOR_CALLS, <usize>startOf(columns, left, FLOOR_CALLS_END));
  shrink(life, FLOOR_STEPS, <usize>startOf(columns, left, FLOOR_STEPS_END));
  shrink(life, FLOOR_COLUMNS, left * FLOOR);
}

@inline
function startOf(columns: usize, index: usize, end: usize): u32 {
  return index == 0 ? 0 : load<u32>(columns + (index - 1) * FLOOR + end);
}
