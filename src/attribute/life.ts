/**
 * What one worker's life says about leaks, in bounded memory: the floor of its RSS per window of requests, with the calls
 * that lie between two floors, and what lasted of the growth in each route's own requests.
 *
 * The floor, the lowest reading of a window, does not see memory that is borrowed and given back. When a life gets longer
 * than its bound, neighbouring windows are merged and the lower floor survives: the whole life stays in view.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { Between, FloorList } from './floor-list.ts';
import { eventsFor, type GrowthEventColumns, GrowthEvents } from './growth-events.ts';
import type { Jumps } from './jumps.ts';
import { KEPT, NO_READING, OwnSteps, type OwnSums } from './own-steps.ts';
import type { PairTable } from './pair-table.ts';
import type { Pairs } from './pairs.ts';
import { RouteNumbers } from './route-numbers.ts';

/** Requests per window at first; doubled whenever windows are merged. */
export const BASE_WINDOW = 25;
/** Floors that are kept per life at most; see followed-lives.ts. */
export const MAX_FLOORS = 1024;

/** The lowest readings of windows, in columns. */
export interface Floors {
  bytes: Float64Array;
  /** Requests of this life up to and with each. */
  positions: Int32Array;
  /** Calls per route since the floor before. */
  calls: PairTable;
  /** Per route, the sum of the differences seen in its own requests since the floor before, where it is not 0. */
  steps: PairTable;
}

export interface LifeEvidence {
  /** Requests per window. */
  window: number;
  requests: number;
  firstBytes: number;
  lastBytes: number;
  floors: Floors;
  /** Calls per route behind the last floor. */
  tail: Pairs;
  own: [route: number, sums: OwnSums][];
  jumps: Jumps[];
  /** Requests per stretch of growth-events.ts. */
  stretch: number;
  events: GrowthEventColumns;
}

export class Life implements Archived {
  readonly #mostFloors: () => number;
  #window = BASE_WINDOW;
  readonly #numbers = new RouteNumbers();
  readonly #floors = new FloorList();
  /** Before the present base window. */
  #requests = 0;
  #firstBytes = 0;
  /** The last readings of the base window before, then the present one, which is looked at when it is full. */
  #routes = new Int32Array(KEPT + BASE_WINDOW).fill(NO_READING);
  #bytes = new Float64Array(KEPT + BASE_WINDOW);
  /** Likewise, what stands for a part of the route beside it, or a negative number. */
  #parts = new Int32Array(KEPT + BASE_WINDOW).fill(NO_READING);
  /** The end of the readings in both. */
  #end = KEPT;
  /** Requests of the present window in full base windows. */
  #present = 0;
  /** The lowest reading in them, and what lies between the floor before and it; then behind it. */
  #lowestBytes = Number.POSITIVE_INFINITY;
  #lowestPosition = 0;
  readonly #since = new Between();
  readonly #rest = new Between();
  readonly #own = new OwnSteps();
  readonly #events = new GrowthEvents();

  /** @param mostFloors how many floors, and growth events, this life may keep; the more lives there are, the fewer. */
  constructor(mostFloors: () => number = () => MAX_FLOORS) {
    this.#mostFloors = mostFloors;
  }

  /**
   * @param route negative when it is not known.
   * @param part counted as a route beside it, for calls and own steps; negative for none.
   */
  add(route: number, bytes: number, part: number = NO_READING): void {
    const end = this.#end;
    this.#routes[end] = route;
    this.#parts[end] = part;
    this.#bytes[end] = bytes;
    this.#end = end + 1;
    if (end + 1 === KEPT + BASE_WINDOW) this.#closeBaseWindow();
  }

  /** What is known now, the window that has begun included. Nothing may be added afterwards. */
  evidence(): LifeEvidence {
    if (this.#end > KEPT) this.#takeBaseWindow();
    if (this.#present > 0) this.#pushFloor();
    const { routes } = this.#numbers;
    return {
      window: this.#window,
      requests: this.#requests,
      firstBytes: this.#firstBytes,
      lastBytes: this.#bytes[KEPT - 1]!,
      floors: this.#floors.floors(routes),
      tail: this.#rest.calls.pairs(routes),
      own: this.#own.sums(this.#requests, routes),
      jumps: this.#own.jumps(this.#requests, routes),
      stretch: this.#events.stretch,
      events: this.#events.events(routes),
    };
  }

  #closeBaseWindow(): void {
    this.#takeBaseWindow();
    if (this.#present < this.#window) return;
    this.#pushFloor();
    // Only whole pairs, so that windows begin at multiples of their size: whatever the bounds were on the way, what is left
    // after `coarsened` is the same.
    while (this.#floors.length > this.#mostFloors() && this.#floors.length % 2 === 0) {
      const behind = this.#since;
      this.#floors.merge(2, behind);
      this.#rest.addAll(behind);
      behind.clear();
      this.#window *= 2;
    }
  }

  /** Adds the readings of the base window to all that is kept. */
  #takeBaseWindow(): void {
    const routes = this.#routes;
    const bytes = this.#bytes;
    const size = this.#end - KEPT;
    if (this.#requests === 0) this.#firstBytes = bytes[KEPT - 1] = bytes[KEPT]!;
    this.#numbers.renumber(routes, KEPT, this.#end);
    this.#numbers.renumber(this.#parts, KEPT, this.#end);
    const mostEvents = eventsFor(this.#mostFloors());
    this.#own.addWindow(
      routes,
      bytes,
      this.#parts,
      size,
      this.#requests,
      this.#numbers.count,
      this.#events,
      mostEvents,
    );
    this.#findLowest();
    this.#requests += size;
    this.#present += size;
    for (let i = 0; i < KEPT; i++) {
      routes[i] = routes[size + i]!;
      bytes[i] = bytes[size + i]!;
      this.#parts[i] = this.#parts[size + i]!;
    }
    this.#end = KEPT;
  }

  /** Adds the calls and steps of the base window to those before and behind the lowest reading of the window. */
  #findLowest(): void {
    const routes = this.#routes;
    const bytes = this.#bytes;
    const end = this.#end;
    let lowest = KEPT;
    for (let i = KEPT + 1; i < end; i++) if (bytes[i]! <= bytes[lowest]!) lowest = i;
    const since = this.#since;
    const rest = this.#rest;
    let behind = KEPT;
    if (bytes[lowest]! <= this.#lowestBytes) {
      this.#lowestBytes = bytes[lowest]!;
      this.#lowestPosition = this.#requests + lowest + 1 - KEPT;
      since.addAll(rest);
      rest.clear();
      behind = lowest + 1;
    }
    since.calls.addCalls(routes, KEPT, behind);
    rest.calls.addCalls(routes, behind, end);
    since.calls.addCalls(this.#parts, KEPT, behind);
    rest.calls.addCalls(this.#parts, behind, end);
    for (let i = KEPT; i < end; i++) {
      const step = bytes[i]! - bytes[i - 1]!;
      if (step !== 0 && routes[i]! >= 0) (i < behind ? since : rest).steps.add(routes[i]!, step);
    }
  }

  /** The window is over. */
  #pushFloor(): void {
    this.#floors.push(this.#lowestBytes, this.#lowestPosition, this.#since);
    this.#since.clear();
    this.#lowestBytes = Number.POSITIVE_INFINITY;
    this.#present = 0;
  }

  transfer(archive: Archive): void {
    this.#window = archive.value(this.#window);
    this.#numbers.transfer(archive);
    this.#floors.transfer(archive);
    this.#requests = archive.value(this.#requests);
    this.#firstBytes = archive.value(this.#firstBytes);
    this.#routes = archive.value(this.#routes);
    this.#bytes = archive.value(this.#bytes);
    this.#parts = archive.value(this.#parts);
    this.#end = archive.value(this.#end);
    this.#present = archive.value(this.#present);
    this.#lowestBytes = archive.value(this.#lowestBytes);
    this.#lowestPosition = archive.value(this.#lowestPosition);
    this.#since.transfer(archive);
    this.#rest.transfer(archive);
    this.#own.transfer(archive);
    this.#events.transfer(archive);
  }
}
