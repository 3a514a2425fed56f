/** What is known of a life, as columns for JavaScript; they hold the routes themselves in place of their numbers. */
import { block } from './blocks';
import { callsSize } from './calls';
import { EVENT, EVENT_CALLS_END, EVENT_NUMBER, EVENT_POSITION } from './events';
import { FLOOR, FLOOR_CALLS_END, FLOOR_POSITION, FLOOR_STEPS_END } from './floors';
import { JUMP, JUMP_COUNT, JUMP_FALLEN, JUMP_KEY } from './jumps';
import {
  CALLS, CALL_AMOUNTS, CALL_KEYS, COUNT, EARLY, EARLY_CALLS, EARLY_SIZE, EVENTS, EVENT_CALLS, EVENT_COLUMNS, FLOORS, FLOOR_CALLS,
  FLOOR_COLUMNS, FLOOR_STEPS, JUMPS, JUMP_SIZES, NUMBER, NUMBERS, PAUSE, PAUSE_SQUARED, PAUSE_STEP, REQUESTS, ROUTE, STEP,
  STEP_SQUARED,
} from './layout';
import { addCall, EARLY_CALL, EARLY_NUMBER, EARLY_PAUSE, SHORT_LIFE } from './own-steps';
import { behind, readNumber } from './varint';

/** The columns are f64 at `numbers`, i32 at `integers`; of which there is room for so many. */
let numbers: usize = 0;
let integers: usize = 0;
let room: usize = 0;

/** The lowest readings: bytes; positions. Returns how many, as the others do. */
export function floorColumns(life: usize): u32 {
  const count = <usize>load<u32>(life, FLOORS);
  reach(count);
  const floors = block(life, FLOOR_COLUMNS);
  for (let i: usize = 0; i < count; i++) {
    store<f64>(numbers + i * 8, load<f64>(floors + i * FLOOR));
    store<u32>(integers + i * 4, load<u32>(floors + i * FLOOR, FLOOR_POSITION));
  }
  return <u32>count;
}

/** Growth events: bytes; routes, then positions. */
export function eventColumns(life: usize): u32 {
  const count = <usize>load<u32>(life, EVENTS);
  reach(2 * count);
  const events = block(life, EVENT_COLUMNS);
  for (let i: usize = 0; i < count; i++) {
    const event = events + i * EVENT;
    store<f64>(numbers + i * 8, load<f64>(event));
    store<i32>(integers + i * 4, routeOf(life, load<u32>(event, EVENT_NUMBER)));
    store<u32>(integers + (count + i) * 4, load<u32>(event, EVENT_POSITION));
  }
  return <u32>count;
}

/** The pairs of all rows: amounts; the end of each row, then routes. */
export function floorCalls(life: usize): u32 {
  return callRows(life, FLOOR_CALLS, block(life, FLOOR_COLUMNS), FLOOR, FLOOR_CALLS_END, <usize>load<u32>(life, FLOORS));
}

export function eventCalls(life: usize): u32 {
  return callRows(life, EVENT_CALLS, block(life, EVENT_COLUMNS), EVENT, EVENT_CALLS_END, <usize>load<u32>(life, EVENTS));
}

export function floorSteps(life: usize): u32 {
  const rows = <usize>load<u32>(life, FLOORS);
  const floors = block(life, FLOOR_COLUMNS);
  const start = block(life, FLOOR_STEPS);
  // A pair takes nine bytes or more.
  reach(rows == 0 ? 0 : rows + <usize>load<u32>(floors + (rows - 1) * FLOOR, FLOOR_STEPS_END) / 9);
  const routes = integers + rows * 4;
  let count: usize = 0;
  let at = start;
  for (let row: usize = 0; row < rows; row++) {
    const end = start + <usize>load<u32>(floors + row * FLOOR, FLOOR_STEPS_END);
    while (at < end) {
      store<i32>(routes + count * 4, routeOf(life, readNumber(at)));
      store<f64>(numbers + count * 8, load<f64>(behind));
      at = behind + 8;
      count++;
    }
    store<u32>(integers + row * 4, <u32>count);
  }
  return <u32>count;
}

function callRows(life: usize, rows: usize, columns: usize, stride: usize, endOf: usize, rowCount: usize): u32 {
  const start = block(life, rows);
  // A pair takes two bytes or more.
  reach(rowCount == 0 ? 0 : rowCount + <usize>load<u32>(columns + (rowCount - 1) * stride + endOf) / 2);
  const routes = integers + rowCount * 4;
  let count: usize = 0;
  let at = start;
  for (let row: usize = 0; row < rowCount; row++) {
    const end = start + <usize>load<u32>(columns + row * stride + endOf);
    while (at < end) {
      store<i32>(routes + count * 4, routeOf(life, readNumber(at)));
      store<f64>(numbers + count * 8, <f64>readNumber(behind));
      at = behind;
      count++;
    }
    store<u32>(integers + row * 4, <u32>count);
  }
  return <u32>count;
}

/** The calls of one of calls.ts's counts: amounts; routes. */
export function callColumns(life: usize, count: usize): u32 {
  const size = <usize>callsSize(life, count);
  reach(size);
  for (let i: usize = 0; i < size; i++) {
    const number = load<u32>(block(life, CALL_KEYS + count) + i * 4);
    store<i32>(integers + i * 4, routeOf(life, number));
    store<f64>(numbers + i * 8, <f64>load<u32>(block(life, NUMBERS) + <usize>number * NUMBER + count * 4, CALL_AMOUNTS));
  }
  return <u32>size;
}

/** Sums of each route's own steps, six for each, in the order of OwnSums of src/attribute/own-steps.ts; routes. */
export function sumColumns(life: usize): u32 {
  const total = <usize>load<u32>(life, COUNT);
  reach(6 * total);
  const early = heap.alloc(total * NUMBER);
  memory.fill(early, 0, total * NUMBER);
  if (load<u32>(life, REQUESTS) < SHORT_LIFE) addEarlyCalls(life, early);
  let count: usize = 0;
  for (let number: usize = 0; number < total; number++) {
    const record = block(life, NUMBERS) + number * NUMBER;
    const other = early + number * NUMBER;
    const calls = load<u32>(record, CALLS) + load<u32>(other, CALLS);
    if (calls == 0) continue;
    const sums = numbers + count * 48;
    store<f64>(sums, <f64>calls);
    store<f64>(sums, load<f64>(record, STEP) + load<f64>(other, STEP), 8);
    store<f64>(sums, load<f64>(record, STEP_SQUARED) + load<f64>(other, STEP_SQUARED), 16);
    store<f64>(sums, load<f64>(record, PAUSE) + load<f64>(other, PAUSE), 24);
    store<f64>(sums, load<f64>(record, PAUSE_SQUARED) + load<f64>(other, PAUSE_SQUARED), 32);
    store<f64>(sums, load<f64>(record, PAUSE_STEP) + load<f64>(other, PAUSE_STEP), 40);
    store<i32>(integers + count * 4, routeOf(life, <u32>number));
    count++;
  }
  heap.free(early);
  return <u32>count;
}

function addEarlyCalls(life: usize, records: usize): void {
  const calls = block(life, EARLY);
  const end = calls + <usize>load<u32>(life, EARLY_SIZE) * EARLY_CALL;
  for (let call = calls; call < end; call += EARLY_CALL) {
    const record = records + <usize>load<u32>(call, EARLY_NUMBER) * NUMBER;
    addCall(record, load<f64>(call), <f64>load<u32>(call, EARLY_PAUSE));
  }
}

/** Jumps: of each the sum of the numbers of its calls; route, class of size, count, fallen. */
export function jumpColumns(life: usize): u32 {
  const isShort = load<u32>(life, REQUESTS) < SHORT_LIFE;
  reach(4 * (<usize>load<u32>(life, JUMP_SIZES) + <usize>load<u32>(life, JUMP_SIZES + 4)));
  let count: usize = 0;
  for (let table: usize = isShort ? 0 : 1; table < 2; table++) {
    const end = block(life, JUMPS + table) + <usize>load<u32>(life + table * 4, JUMP_SIZES) * JUMP;
    for (let jump = block(life, JUMPS + table); jump < end; jump += JUMP) {
      const key = load<u32>(jump, JUMP_KEY);
      const record = block(life, NUMBERS) + <usize>(key >> 8) * NUMBER;
      const times = load<u32>(jump, JUMP_COUNT);
      // Calls are numbered from the first one on that counts.
      const earlier = isShort && table == 1 ? load<u32>(record, EARLY_CALLS) : 0;
      store<f64>(numbers + count * 8, load<f64>(jump) + <f64>times * <f64>earlier);
      const row = integers + count * 16;
      store<i32>(row, load<i32>(record, ROUTE));
      store<u32>(row, key & 0xff, 4);
      store<u32>(row, times, 8);
      store<u32>(row, load<u32>(jump, JUMP_FALLEN), 12);
      count++;
    }
  }
  return <u32>count;
}

export function numbersAt(): usize {
  return numbers;
}

export function integersAt(): usize {
  return integers;
}

/** Gives the columns back. */
export function releaseColumns(): void {
  if (room == 0) return;
  heap.free(numbers);
  heap.free(integers);
  room = 0;
}

@inline
function routeOf(life: usize, number: u32): i32 {
  return load<i32>(block(life, NUMBERS) + <usize>number * NUMBER, ROUTE);
}

/** Makes room for so many numbers and integers. */
function reach(count: usize): void {
  if (count <= room) return;
  releaseColumns();
  numbers = heap.alloc(count * 8);
  integers = heap.alloc(count * 4);
  room = count;
}
