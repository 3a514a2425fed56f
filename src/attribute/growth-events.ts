/**
 * The requests after which a worker's memory stayed larger than ever before them: its heap was full. The level is then what
 * was kept so far plus what that request needed for itself. Between two such events of one route in a life that need is the
 * same, and what is left of the difference was kept by the calls in between. So leaks show that fill holes unseen until a
 * route comes by that needs much for a moment.
 *
 * Of each route the first event is kept in every stretch of so many requests; when there are too many, stretches are doubled.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { PairList } from './pair-list.ts';
import { addPairs, type Pairs } from './pairs.ts';

/** How many events a life may keep that may keep so many floors. */
export function eventsFor(mostFloors: number): number {
  return Math.min(MOST_EVENTS, EVENTS_PER_FLOOR * mostFloors);
}

const MOST_EVENTS = 1024;
const EVENTS_PER_FLOOR = 4;

/** Calls that are added up together. */
const FRESH = 128;

/** Requests per stretch at first. */
export const EVENT_STRETCH = 25;

export interface GrowthEvent {
  /** The route whose request it was. */
  route: number;
  /** The memory that stayed: the lowest of three readings from the request on. */
  bytes: number;
  /** Requests of this life up to and with it. */
  position: number;
  /** Calls per route since the event before, of whatever route. */
  calls: Pairs;
}

export class GrowthEvents implements Archived {
  stretch: number = EVENT_STRETCH;
  events: GrowthEvent[] = [];
  readonly #since = new PairList();
  /** Calls that are still to be added to those. */
  #fresh = new Int32Array(FRESH);
  #filled = 0;
  /** The stretch of each route's last event. */
  #last = new Map<number, number>();

  /** A call that no step is known of. */
  addCall(route: number): void {
    if (route >= 0) this.#addCall(route);
  }

  /** @param step by how much the memory that stayed is above the one before. */
  add(route: number, position: number, step: number, bytes: number, mostEvents: number): void {
    this.#addCall(route);
    if (step <= 0) return;
    const stretch = Math.floor(position / this.stretch);
    if (this.#last.get(route) === stretch) return;
    this.#last.set(route, stretch);
    this.#addFresh();
    this.events.push({ route, bytes, position, calls: this.#since.pairs() });
    this.#since.clear();
    // One event of each route remains, however few are wanted: longer stretches would not make them fewer.
    while (this.events.length > mostEvents && this.stretch <= position) this.#thin();
  }

  transfer(archive: Archive): void {
    this.stretch = archive.value(this.stretch);
    this.events = archive.value(this.events);
    this.#since.transfer(archive);
    this.#fresh = archive.value(this.#fresh);
    this.#filled = archive.value(this.#filled);
    this.#last = archive.value(this.#last);
  }

  #addCall(route: number): void {
    if (this.#filled === FRESH) this.#addFresh();
    this.#fresh[this.#filled++] = route;
  }

  #addFresh(): void {
    this.#since.addCalls(this.#fresh, 0, this.#filled);
    this.#filled = 0;
  }

  #thin(): void {
    this.stretch *= 2;
    const { events, behind } = thinned(this.events, this.stretch);
    this.events = events;
    for (let i = 0; i < behind.length; i += 2) this.#since.add(behind[i]!, behind[i + 1]!);
    this.#last = new Map(events.map(({ route, position }) => [route, Math.floor(position / this.stretch)]));
  }
}

/** The first event of each route in every stretch; `behind` are the calls behind the last of them. */
export function thinned(events: readonly GrowthEvent[], stretch: number): { events: GrowthEvent[]; behind: Pairs } {
  const last = new Map<number, number>();
  const kept: GrowthEvent[] = [];
  let behind: Pairs = [];
  for (const event of events) {
    const own = Math.floor(event.position / stretch);
    const isKept = last.get(event.route) !== own;
    last.set(event.route, own);
    if (isKept && behind.length === 0) {
      kept.push(event);
      continue;
    }
    addPairs(behind, event.calls);
    if (!isKept) continue;
    kept.push({ ...event, calls: behind });
    behind = [];
  }
  return { events: kept, behind };
}

/** At most so many events, thinned as they would have been while they were gathered; and the stretch that took. */
export function fewerEvents(events: readonly GrowthEvent[], stretch: number, mostEvents: number) {
  let kept = [...events];
  let longer = stretch;
  const last = events.at(-1)?.position ?? 0;
  while (kept.length > mostEvents && longer <= last) {
    longer *= 2;
    kept = thinned(events, longer).events;
  }
  return { events: kept, stretch: longer };
}
