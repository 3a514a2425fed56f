/**
 * The requests after which a worker's memory stayed larger than before, with the calls between them: see
 * src/attribute/growth-events.ts. Of each route the first event is kept in every stretch of so many requests; when there are
 * too many, stretches are doubled.
 */
import { block, reserve, shrink } from './blocks';
import { callsSize, SINCE_EVENT } from './calls';
import { COUNT, EVENTS, EVENT_CALLS, EVENT_COLUMNS, EVENT_STRETCH, NUMBER, NUMBERS, STRETCH } from './layout';
import { readCalls, writeCalls } from './rows';

/** An event: the bytes that stayed as f64, then the number of its route, its position, and where its row of calls ends. */
export const EVENT: usize = 24;
export const EVENT_NUMBER: usize = 8;
export const EVENT_POSITION: usize = 12;
export const EVENT_CALLS_END: usize = 16;

/** A request after which more memory stayed than before; its own call is already in SINCE_EVENT. */
export function addEvent(life: usize, number: u32, position: u32, bytes: f64, mostEvents: u32): void {
  if (!isFirst(life, number, position)) return;
  pushEvent(life, number, position, bytes);
  if (load<u32>(life, EVENTS) > mostEvents) fewerEvents(life, mostEvents);
}

/** Of a life that is over: at most so many events. Where it is too many to keep one of each route, none: one alone says nothing. */
export function compactEvents(life: usize, mostEvents: u32): void {
  fewerEvents(life, mostEvents);
  if (load<u32>(life, EVENTS) > mostEvents) store<u32>(life, 0, EVENTS);
}

/** Thins the events until there are at most so many. */
function fewerEvents(life: usize, mostEvents: u32): void {
  const events = load<u32>(life, EVENTS);
  if (events <= mostEvents) return;
  const position = load<u32>(block(life, EVENT_COLUMNS) + <usize>(events - 1) * EVENT, EVENT_POSITION);
  // One event of each route remains, however few are wanted: longer stretches would not make them fewer.
  while (load<u32>(life, EVENTS) > mostEvents && load<u32>(life, STRETCH) <= position) thin(life);
  shrink(life, EVENT_COLUMNS, <usize>load<u32>(life, EVENTS) * EVENT);
  shrink(life, EVENT_CALLS, <usize>rowStart(life));
}

/** Whether it is the first event of its route in its stretch; then it is remembered as such. */
@inline
function isFirst(life: usize, number: u32, position: u32): bool {
  const stretch = position / load<u32>(life, STRETCH) + 1;
  const record = block(life, NUMBERS) + <usize>number * NUMBER;
  if (load<u32>(record, EVENT_STRETCH) == stretch) return false;
  store<u32>(record, stretch, EVENT_STRETCH);
  return true;
}

/** An event behind the others, with the calls since the one before, which are taken out of SINCE_EVENT. */
function pushEvent(life: usize, number: u32, position: u32, bytes: f64): void {
  putEvent(life, number, position, bytes, writeCalls(life, EVENT_CALLS, rowStart(life), SINCE_EVENT));
}

function putEvent(life: usize, number: u32, position: u32, bytes: f64, callsEnd: u32): void {
  const index = <usize>load<u32>(life, EVENTS);
  const event = reserve(life, EVENT_COLUMNS, (index + 1) * EVENT) + index * EVENT;
  store<f64>(event, bytes);
  store<u32>(event, number, EVENT_NUMBER);
  store<u32>(event, position, EVENT_POSITION);
  store<u32>(event, callsEnd, EVENT_CALLS_END);
  store<u32>(life, <u32>index + 1, EVENTS);
}

/** Where the row of calls of the next event begins. */
@inline
function rowStart(life: usize): u32 {
  const index = <usize>load<u32>(life, EVENTS);
  return index == 0 ? 0 : load<u32>(block(life, EVENT_COLUMNS) + (index - 1) * EVENT, EVENT_CALLS_END);
}

/** Doubles the stretch; of the events, in place, the first of each route in every stretch is left. */
function thin(life: usize): void {
  store<u32>(life, load<u32>(life, STRETCH) * 2, STRETCH);
  const records = block(life, NUMBERS);
  const numbers = <usize>load<u32>(life, COUNT);
  for (let number: usize = 0; number < numbers; number++) store<u32>(records + number * NUMBER, 0, EVENT_STRETCH);
  const count = <usize>load<u32>(life, EVENTS);
  const rowsEnd = rowStart(life);
  // SINCE_EVENT holds the calls of events that are given up, so what it held is put behind the rows meanwhile.
  const asideEnd = writeCalls(life, EVENT_CALLS, rowsEnd, SINCE_EVENT);
  store<u32>(life, 0, EVENTS);
  let start: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    const event = block(life, EVENT_COLUMNS) + i * EVENT;
    const number = load<u32>(event, EVENT_NUMBER);
    const position = load<u32>(event, EVENT_POSITION);
    const end = load<u32>(event, EVENT_CALLS_END);
    const bytes = load<f64>(event);
    const isLeft = isFirst(life, number, position);
    if (isLeft && callsSize(life, SINCE_EVENT) == 0) {
      // Nothing was given up before it: the row stays as it is.
      const to = rowStart(life);
      memory.copy(block(life, EVENT_CALLS) + <usize>to, block(life, EVENT_CALLS) + <usize>start, <usize>(end - start));
      putEvent(life, number, position, bytes, to + end - start);
    } else {
      readCalls(life, EVENT_CALLS, start, end, SINCE_EVENT);
      if (isLeft) pushEvent(life, number, position, bytes);
    }
    start = end;
  }
  if (asideEnd == rowsEnd) return;
  const end = writeCalls(life, EVENT_CALLS, asideEnd, SINCE_EVENT);
  readCalls(life, EVENT_CALLS, rowsEnd, end, SINCE_EVENT);
}
