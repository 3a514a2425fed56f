/**
 * What one worker's life says about leaks, in bounded memory: see src/attribute/life.ts. JavaScript writes the readings of a
 * base window where they belong, and calls here when it is full.
 */
import { releaseAll } from './blocks';
import { countCalls, moveCalls, REST, SINCE } from './calls';
import { compactEvents } from './events';
import { halveFloors, pushFloor as keepFloor } from './floors';
import {
  BASE_WINDOW, BYTES, FIRST_BYTES, FLOORS, KEPT, LIFE_SIZE, LOWEST_BYTES, LOWEST_POSITION, PARTS, PRESENT, REQUESTS, ROUTES,
  STRETCH, WINDOW,
} from './layout';
import { beginNumbers, renumber } from './numbers';
import { addWindow } from './own-steps';
import { addStep, moveSteps } from './steps';

/** Requests per stretch of growth events at first. */
const FIRST_STRETCH: u32 = 25;

export function newLife(): usize {
  const life = heap.alloc(LIFE_SIZE);
  memory.fill(life, 0, LIFE_SIZE);
  for (let at: usize = 0; at < KEPT; at++) store<i32>(life + ROUTES + at * 4, -2);
  memory.fill(life + PARTS, 0xff, (KEPT + BASE_WINDOW) * 4);
  store<f64>(life, Infinity, LOWEST_BYTES);
  store<u32>(life, <u32>BASE_WINDOW, WINDOW);
  store<u32>(life, FIRST_STRETCH, STRETCH);
  beginNumbers(life);
  return life;
}

export function freeLife(life: usize): void {
  releaseAll(life);
  heap.free(life);
}

/** The base window is full. @param mostFloors how many floors, and growth events, the life may keep. */
export function closeBaseWindow(life: usize, mostFloors: u32, mostEvents: u32): void {
  takeBaseWindow(life, BASE_WINDOW, mostEvents);
  if (load<u32>(life, PRESENT) < load<u32>(life, WINDOW)) return;
  pushFloor(life);
  // Only whole pairs, so that windows begin at multiples of their size: whatever the bounds were on the way, what is left
  // after `coarsened` is the same.
  while (load<u32>(life, FLOORS) > mostFloors && load<u32>(life, FLOORS) % 2 == 0) halveWindows(life);
}

/** The life is over, with so many readings in the base window that has begun. */
export function endLife(life: usize, size: usize, mostEvents: u32): void {
  if (size > 0) takeBaseWindow(life, size, mostEvents);
  if (load<u32>(life, PRESENT) > 0) pushFloor(life);
}

/** The life is over and to be as small as this; see src/attribute/coarse-life.ts. */
export function compactLife(life: usize, mostFloors: u32, mostEvents: u32): void {
  while (load<u32>(life, FLOORS) > mostFloors) halveWindows(life);
  compactEvents(life, mostEvents);
}

function halveWindows(life: usize): void {
  halveFloors(life);
  store<u32>(life, load<u32>(life, WINDOW) * 2, WINDOW);
}

/** Adds the readings of the base window to all that is kept. */
function takeBaseWindow(life: usize, size: usize, mostEvents: u32): void {
  const bytes = life + BYTES;
  const routes = life + ROUTES;
  const requests = load<u32>(life, REQUESTS);
  if (requests == 0) {
    const first = load<f64>(bytes, KEPT * 8);
    store<f64>(life, first, FIRST_BYTES);
    store<f64>(bytes, first, (KEPT - 1) * 8);
  }
  renumber(life, routes + KEPT * 4, size);
  renumber(life, life + PARTS + KEPT * 4, size);
  addWindow(life, size, mostEvents);
  findLowest(life, size);
  store<u32>(life, requests + <u32>size, REQUESTS);
  store<u32>(life, load<u32>(life, PRESENT) + <u32>size, PRESENT);
  memory.copy(bytes, bytes + size * 8, KEPT * 8);
  memory.copy(routes, routes + size * 4, KEPT * 4);
  memory.copy(life + PARTS, life + PARTS + size * 4, KEPT * 4);
  memory.fill(life + PARTS + KEPT * 4, 0xff, BASE_WINDOW * 4);
}

/** Adds the calls and steps of the base window to those before and behind the lowest reading of the window. */
function findLowest(life: usize, size: usize): void {
  const bytes = life + BYTES + KEPT * 8;
  let lowest: usize = 0;
  for (let i: usize = 1; i < size; i++) if (load<f64>(bytes + i * 8) <= load<f64>(bytes + lowest * 8)) lowest = i;
  const lowestBytes = load<f64>(bytes + lowest * 8);
  let behind: usize = 0;
  if (lowestBytes <= load<f64>(life, LOWEST_BYTES)) {
    store<f64>(life, lowestBytes, LOWEST_BYTES);
    store<u32>(life, load<u32>(life, REQUESTS) + <u32>lowest + 1, LOWEST_POSITION);
    moveCalls(life, REST, SINCE);
    moveSteps(life, REST, SINCE);
    behind = lowest + 1;
  }
  const routes = life + ROUTES + KEPT * 4;
  const parts = life + PARTS + KEPT * 4;
  countCalls(life, SINCE, routes, routes + behind * 4);
  countCalls(life, REST, routes + behind * 4, routes + size * 4);
  countCalls(life, SINCE, parts, parts + behind * 4);
  countCalls(life, REST, parts + behind * 4, parts + size * 4);
  for (let i: usize = 0; i < size; i++) {
    const step = load<f64>(bytes + i * 8) - load<f64>(bytes + i * 8 - 8);
    const number = load<i32>(routes + i * 4);
    if (step != 0 && number >= 0) addStep(life, i < behind ? SINCE : REST, number, step);
  }
}

/** The window is over. */
function pushFloor(life: usize): void {
  keepFloor(life, load<f64>(life, LOWEST_BYTES), load<u32>(life, LOWEST_POSITION));
  store<f64>(life, Infinity, LOWEST_BYTES);
  store<u32>(life, 0, PRESENT);
}
