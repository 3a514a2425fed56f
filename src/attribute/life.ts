/**
 * What one worker's life says about leaks, in bounded memory: the floor of its RSS per window of requests, with the calls
 * that lie between two floors, and what lasted of the growth in each route's own requests.
 *
 * The floor, the lowest reading of a window, does not see memory that is borrowed and given back. When a life gets longer
 * than its bound, neighbouring windows are merged and the lower floor survives: the whole life stays in view.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { Between, FloorList, floorListOf } from './floor-list.ts';
import { eventsFor, fewerEvents, type GrowthEvent, GrowthEvents } from './growth-events.ts';
import { OwnSteps, type OwnSums } from './own-steps.ts';
import { addPairs, type Pairs } from './pairs.ts';

/** Requests per window at first; doubled whenever windows are merged. */
export const BASE_WINDOW = 25;
/** Floors that are kept per life at most; see followed-lives.ts. */
export const MAX_FLOORS = 1024;

/** The lowest reading of a window. */
export interface Floor {
  bytes: number;
  /** Requests of this life up to and with it. */
  position: number;
  /** Calls per route since the floor before. */
  calls: Pairs;
  /** Per route, the sum of the differences seen in its own requests since the floor before, where it is not 0. */
  steps: Pairs;
}

export interface LifeEvidence {
  /** Requests per window. */
  window: number;
  requests: number;
  firstBytes: number;
  lastBytes: number;
  floors: Floor[];
  /** Calls per route behind the last floor. */
  tail: Pairs;
  own: [route: number, sums: OwnSums][];
  /** Requests per stretch of growth-events.ts. */
  stretch: number;
  events: GrowthEvent[];
}

export class Life implements Archived {
  readonly #mostFloors: () => number;
  #window = BASE_WINDOW;
  #floors = new FloorList();
  /** Where floors are merged into, in turn: fresh memory each time would cost more than the merging. */
  #spare = new FloorList();
  #requests = 0;
  #firstBytes = 0;
  /** The reading before the present base window. */
  #beforeBytes = 0;
  /** The present base window, which is looked at when it is full. */
  #routes = new Int32Array(BASE_WINDOW);
  #bytes = new Float64Array(BASE_WINDOW);
  #filled = 0;
  /** The floors of the base windows of the present window. */
  readonly #present = new FloorList();
  /** Between the floor of the last base window and the next one's; then behind that. */
  readonly #since = new Between();
  readonly #rest = new Between();
  readonly #own = new OwnSteps();
  readonly #events = new GrowthEvents();

  /** @param mostFloors how many floors, and growth events, this life may keep; the more lives there are, the fewer. */
  constructor(mostFloors: () => number = () => MAX_FLOORS) {
    this.#mostFloors = mostFloors;
  }

  /** @param route negative when it is not known. */
  add(route: number, bytes: number): void {
    this.#routes[this.#filled] = route;
    this.#bytes[this.#filled] = bytes;
    if (++this.#filled === BASE_WINDOW) this.#closeBaseWindow();
  }

  transfer(archive: Archive): void {
    this.#window = archive.value(this.#window);
    this.#floors.transfer(archive);
    this.#requests = archive.value(this.#requests);
    this.#firstBytes = archive.value(this.#firstBytes);
    this.#beforeBytes = archive.value(this.#beforeBytes);
    this.#routes = archive.value(this.#routes);
    this.#bytes = archive.value(this.#bytes);
    this.#filled = archive.value(this.#filled);
    this.#present.transfer(archive);
    this.#since.transfer(archive);
    this.#rest.transfer(archive);
    this.#own.transfer(archive);
    this.#events.transfer(archive);
  }

  /** What is known now, the window that has begun included. Nothing may be added afterwards. */
  evidence(): LifeEvidence {
    const filled = this.#filled;
    const requests = this.#requests + filled;
    const firstBytes = this.#requests === 0 ? (this.#bytes[0] ?? 0) : this.#firstBytes;
    const lastBytes = filled > 0 ? this.#bytes[filled - 1]! : this.#beforeBytes;
    if (filled > 0) {
      this.#own.addWindow(
        this.#routes.subarray(0, filled),
        this.#bytes.subarray(0, filled),
        this.#requests,
        this.#events,
        eventsFor(this.#mostFloors()),
      );
      this.#pushBaseFloor(filled);
    }
    if (this.#present.length > 0) {
      const behind = this.#since;
      behind.clear();
      this.#floors.pushMerged(this.#present, 0, this.#present.length, behind);
      this.#rest.addAll(behind);
    }
    return {
      window: this.#window,
      requests,
      firstBytes,
      lastBytes,
      floors: this.#floors.floors(),
      tail: this.#rest.calls.pairs(),
      own: this.#own.sums(requests),
      stretch: this.#events.stretch,
      events: this.#events.events,
    };
  }

  #closeBaseWindow(): void {
    if (this.#requests === 0) this.#firstBytes = this.#bytes[0]!;
    this.#own.addWindow(this.#routes, this.#bytes, this.#requests, this.#events, eventsFor(this.#mostFloors()));
    this.#pushBaseFloor(BASE_WINDOW);
    this.#requests += BASE_WINDOW;
    this.#beforeBytes = this.#bytes[BASE_WINDOW - 1]!;
    this.#filled = 0;
    if (this.#present.length * BASE_WINDOW < this.#window) return;
    const behind = this.#since;
    behind.clear();
    this.#floors.pushMerged(this.#present, 0, this.#present.length, behind);
    this.#rest.addAll(behind);
    this.#present.clear();
    // Only whole pairs, so that windows begin at multiples of their size: whatever the bounds were on the way, what is left
    // after `coarsened` is the same.
    while (this.#floors.length > this.#mostFloors() && this.#floors.length % 2 === 0) {
      behind.clear();
      this.#spare.clear();
      this.#floors.mergeInto(this.#spare, 2, behind);
      [this.#floors, this.#spare] = [this.#spare, this.#floors];
      this.#rest.addAll(behind);
      this.#window *= 2;
    }
  }

  /** Finds the floor of the first `filled` requests of the base window. */
  #pushBaseFloor(filled: number): void {
    const bytes = this.#bytes;
    let lowest = 0;
    for (let i = 1; i < filled; i++) if (bytes[i]! <= bytes[lowest]!) lowest = i;
    const since = this.#since;
    const rest = this.#rest;
    since.clear();
    since.swap(rest);
    since.calls.addCalls(this.#routes, 0, lowest + 1);
    rest.calls.addCalls(this.#routes, lowest + 1, filled);
    let before = this.#requests === 0 ? bytes[0]! : this.#beforeBytes;
    for (let i = 0; i < filled; i++) {
      const step = bytes[i]! - before;
      before = bytes[i]!;
      if (step !== 0 && this.#routes[i]! >= 0) (i <= lowest ? since : rest).steps.add(this.#routes[i]!, step);
    }
    this.#present.push(bytes[lowest]!, this.#requests + lowest + 1, since);
  }
}

/**
 * The same life with at most so many floors: windows are merged as they would have been while it was followed. A last window
 * that has hardly begun has no floor to speak of; its calls go to the tail.
 */
export function coarsened(life: LifeEvidence, mostFloors: number): LifeEvidence {
  const { events, stretch } = fewerEvents(life.events, life.stretch, eventsFor(mostFloors));
  let group = 1;
  while (Math.ceil(life.floors.length / group) > mostFloors) group *= 2;
  const window = life.window * group;
  const left = life.requests % window;
  const hasHardlyBegun = Math.ceil(life.floors.length / group) * window > life.requests && left * 2 < window;
  if (group === 1 && !hasHardlyBegun) return stretch === life.stretch ? life : { ...life, stretch, events };
  const behind = new Between();
  const merged = new FloorList();
  floorListOf(life.floors).mergeInto(merged, group, behind);
  const floors = merged.floors();
  const tail = [...life.tail];
  addPairs(tail, behind.calls.pairs());
  if (hasHardlyBegun) addPairs(tail, floors.pop()!.calls);
  return { ...life, window, floors, tail, stretch, events };
}
