/**
 * The requests after which a worker's memory stayed larger than ever before them: its heap was full. The level is then what
 * was kept so far plus what that request needed for itself. Between two such events of one route in a life that need is the
 * same, and what is left of the difference was kept by the calls in between. So leaks show that fill holes unseen until a
 * route comes by that needs much for a moment.
 *
 * Of each route the first event is kept in every stretch of so many requests; when there are too many, stretches are doubled.
 * While a life is followed src/wasm/assembly/life/events.ts does that; here it is done to columns, which may come from a file.
 */
import { addRows, PairRows } from './pair-rows.ts';
import { EMPTY_TABLE, type PairTable } from './pair-table.ts';
import { Tally } from './tally.ts';

/** How many events a life may keep that may keep so many floors. */
export function eventsFor(mostFloors: number): number {
  return Math.min(MOST_EVENTS, EVENTS_PER_FLOOR * mostFloors);
}

const MOST_EVENTS = 1024;
const EVENTS_PER_FLOOR = 4;

/** The events of a life in columns. */
export interface GrowthEventColumns {
  /** The route whose request it was. */
  routes: Int32Array;
  /** The memory that stayed: the lowest of three readings from the request on. */
  bytes: Float64Array;
  /** Requests of this life up to and with it. */
  positions: Int32Array;
  /** Calls per route since the event before, of whatever route. */
  calls: PairTable;
}

export const NO_EVENTS: GrowthEventColumns = {
  routes: new Int32Array(0),
  bytes: new Float64Array(0),
  positions: new Int32Array(0),
  calls: EMPTY_TABLE,
};

/** The first event of each route in every stretch. */
export function thinned({ routes, bytes, positions, calls }: GrowthEventColumns, stretch: number): GrowthEventColumns {
  const last = new Map<number, number>();
  const kept: number[] = [];
  const rows = new PairRows(calls);
  const since = new Tally();
  for (let i = 0; i < routes.length; i++) {
    addRows(since, calls, i, i + 1);
    const stretchOf = Math.floor(positions[i]! / stretch);
    const isKept = last.get(routes[i]!) !== stretchOf;
    last.set(routes[i]!, stretchOf);
    if (!isKept) continue;
    rows.push(since);
    kept.push(i);
  }
  return {
    routes: Int32Array.from(kept, (i) => routes[i]!),
    bytes: Float64Array.from(kept, (i) => bytes[i]!),
    positions: Int32Array.from(kept, (i) => positions[i]!),
    calls: rows.table(),
  };
}

/**
 * At most so many events, thinned as they would have been while they were gathered; and the stretch that took. Where it is too
 * many to keep one of each route, none: one alone says nothing.
 */
export function fewerEvents(events: GrowthEventColumns, stretch: number, mostEvents: number) {
  const last = events.positions.at(-1) ?? 0;
  let longer = stretch;
  let left = events.routes.length;
  while (left > mostEvents && longer <= last) {
    longer *= 2;
    left = countThinned(events, longer);
  }
  if (left > mostEvents) return { events: NO_EVENTS, stretch: longer };
  return { events: longer === stretch ? events : thinned(events, longer), stretch: longer };
}

/** How many events `thinned` would leave: adding up the calls of each try would cost more than all else here. */
function countThinned({ routes, positions }: GrowthEventColumns, stretch: number): number {
  const last = new Map<number, number>();
  let count = 0;
  for (let i = 0; i < routes.length; i++) {
    const own = Math.floor(positions[i]! / stretch);
    if (last.get(routes[i]!) !== own) count++;
    last.set(routes[i]!, own);
  }
  return count;
}
