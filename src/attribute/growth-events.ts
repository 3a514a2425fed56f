/**
 * The requests after which a worker's memory stayed larger than ever before them: its heap was full. The level is then what
 * was kept so far plus what that request needed for itself. Between two such events of one route in a life that need is the
 * same, and what is left of the difference was kept by the calls in between. So leaks show that fill holes unseen until a
 * route comes by that needs much for a moment.
 *
 * Of each route the first event is kept in every stretch of so many requests; when there are too many, stretches are doubled.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { PairRows } from './pair-rows.ts';
import type { PairTable } from './pair-table.ts';
import { Tally, wider, widerInts } from './tally.ts';

/** How many events a life may keep that may keep so many floors. */
export function eventsFor(mostFloors: number): number {
  return Math.min(MOST_EVENTS, EVENTS_PER_FLOOR * mostFloors);
}

const MOST_EVENTS = 1024;
const EVENTS_PER_FLOOR = 4;

/** Requests per stretch at first. */
export const EVENT_STRETCH = 25;

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

/** Routes are known by small whole numbers: see route-numbers.ts. */
export class GrowthEvents implements Archived {
  stretch: number = EVENT_STRETCH;
  length = 0;
  #routes: Int32Array = new Int32Array(16);
  #bytes: Float64Array = new Float64Array(16);
  #positions: Int32Array = new Int32Array(16);
  readonly #calls = new PairRows();
  /** Calls since the last event. */
  readonly #since = new Tally();
  /** Calls of events that are given up. */
  readonly #carry = new Tally();
  /** The stretch of each route's last event, plus one; 0 where it has none. */
  #last: Int32Array = new Int32Array(16);

  /** Calls of the routes [from, to), before the next event; negative ones are not known. */
  addCalls(routes: Int32Array, from: number, to: number): void {
    this.#since.addCalls(routes, from, to);
  }

  /**
   * A request after which more memory stayed than before; its own call is already added.
   * @param bytes that stayed.
   * @param mostEvents to keep.
   */
  add(route: number, position: number, bytes: number, mostEvents: number): void {
    const stretch = this.#stretchOf(position);
    if (route >= this.#last.length) this.#last = widerInts(this.#last, route + 1);
    if (this.#last[route] === stretch) return;
    this.#last[route] = stretch;
    this.#push(route, position, bytes, this.#since);
    // One event of each route remains, however few are wanted: longer stretches would not make them fewer.
    while (this.length > mostEvents && this.stretch <= position) this.#thin();
  }

  /** @param routeOf their numbers. */
  events(routeOf: Int32Array): GrowthEventColumns {
    return {
      routes: this.#routes.slice(0, this.length).map((route) => routeOf[route]!),
      bytes: this.#bytes.slice(0, this.length),
      positions: this.#positions.slice(0, this.length),
      calls: this.#calls.table(this.length, routeOf),
    };
  }

  #stretchOf(position: number): number {
    return Math.floor(position / this.stretch) + 1;
  }

  /** An event behind the others, with the calls since the one before, which are taken out. */
  #push(route: number, position: number, bytes: number, calls: Tally): void {
    const at = this.length++;
    if (at === this.#routes.length) {
      this.#routes = widerInts(this.#routes);
      this.#bytes = wider(this.#bytes);
      this.#positions = widerInts(this.#positions);
    }
    this.#routes[at] = route;
    this.#bytes[at] = bytes;
    this.#positions[at] = position;
    this.#calls.write(at, calls);
    calls.clear();
  }

  /** Doubles the stretch; of the events, in place, the first of each route in every stretch is left. */
  #thin(): void {
    this.stretch *= 2;
    const length = this.length;
    this.length = 0;
    this.#last.fill(0);
    for (let i = 0; i < length; i++) {
      const route = this.#routes[i]!;
      const stretch = this.#stretchOf(this.#positions[i]!);
      this.#calls.addTo(this.#carry, i, i + 1);
      if (this.#last[route] === stretch) continue;
      this.#last[route] = stretch;
      this.#push(route, this.#positions[i]!, this.#bytes[i]!, this.#carry);
    }
    this.#since.addAll(this.#carry);
    this.#carry.clear();
  }

  transfer(archive: Archive): void {
    this.stretch = archive.value(this.stretch);
    this.length = archive.value(this.length);
    this.#routes = archive.value(this.#routes);
    this.#bytes = archive.value(this.#bytes);
    this.#positions = archive.value(this.#positions);
    this.#calls.transfer(archive);
    this.#since.transfer(archive);
    this.#last = archive.value(this.#last);
  }
}

/** The first event of each route in every stretch. */
export function thinned({ routes, bytes, positions, calls }: GrowthEventColumns, stretch: number): GrowthEventColumns {
  const last = new Map<number, number>();
  const kept: number[] = [];
  const own = PairRows.of(calls);
  const since = new Tally();
  for (let i = 0; i < routes.length; i++) {
    own.addTo(since, i, i + 1);
    const stretchOf = Math.floor(positions[i]! / stretch);
    const isKept = last.get(routes[i]!) !== stretchOf;
    last.set(routes[i]!, stretchOf);
    if (!isKept) continue;
    own.write(kept.length, since);
    since.clear();
    kept.push(i);
  }
  return {
    routes: Int32Array.from(kept, (i) => routes[i]!),
    bytes: Float64Array.from(kept, (i) => bytes[i]!),
    positions: Int32Array.from(kept, (i) => positions[i]!),
    calls: own.table(kept.length),
  };
}

/** At most so many events, thinned as they would have been while they were gathered; and the stretch that took. */
export function fewerEvents(events: GrowthEventColumns, stretch: number, mostEvents: number) {
  const last = events.positions.at(-1) ?? 0;
  let longer = stretch;
  let left = events.routes.length;
  while (left > mostEvents && longer <= last) {
    longer *= 2;
    left = countThinned(events, longer);
  }
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
