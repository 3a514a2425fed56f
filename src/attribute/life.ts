/**
 * What one worker's life says about leaks, in bounded memory: the floor of its RSS per window of requests, with the calls
 * that lie between two floors, and what lasted of the growth in each route's own requests.
 *
 * The floor, the lowest reading of a window, does not see memory that is borrowed and given back. When a life gets longer
 * than its bound, neighbouring windows are merged and the lower floor survives: the whole life stays in view.
 */
import { OwnSteps, type OwnSums } from './own-steps.ts';
import { addPair, addPairs, type Pairs } from './pairs.ts';

/** Requests per window at first; doubled whenever windows are merged. */
export const BASE_WINDOW = 25;
/** Floors that are kept per life. */
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
}

export class Life {
  #window = BASE_WINDOW;
  #floors: Floor[] = [];
  #requests = 0;
  #firstBytes = 0;
  /** The reading before the present base window. */
  #beforeBytes = 0;
  /** The present base window, which is looked at when it is full. */
  readonly #routes = new Int32Array(BASE_WINDOW);
  readonly #bytes = new Float64Array(BASE_WINDOW);
  #filled = 0;
  /** The floor of the present window as far as its base windows are full, and what is behind it up to the last of them. */
  #present: Floor | undefined;
  #behind: Behind = nothing();
  #merged = 0;
  /** Behind the floor of the last full base window. */
  #rest: Behind = nothing();
  readonly #own = new OwnSteps();

  /** @param route negative when it is not known. */
  add(route: number, bytes: number): void {
    this.#routes[this.#filled] = route;
    this.#bytes[this.#filled] = bytes;
    if (++this.#filled === BASE_WINDOW) this.#closeBaseWindow();
  }

  /** What is known up to now. The life may go on. */
  evidence(): LifeEvidence {
    const floors = this.#floors.map(copyOf);
    const tail = { calls: [...this.#rest.calls], steps: [...this.#rest.steps] };
    const filled = this.#filled;
    let present = this.#present && copyOf(this.#present);
    let behind: Behind = { calls: [...this.#behind.calls], steps: [...this.#behind.steps] };
    let own = this.#own;
    if (filled > 0) {
      own = own.copy();
      own.addWindow(this.#routes.subarray(0, filled), this.#bytes, this.#requests);
      const last = this.#floorOf(filled, tail);
      ({ floor: present, behind } = lower(present, behind, last));
    }
    // A window that has hardly begun has no floor to speak of.
    const enough = (this.#merged * BASE_WINDOW + filled) * 2 >= this.#window;
    if (present && enough) floors.push(present);
    else if (present) addPairs(tail.calls, present.calls);
    addPairs(tail.calls, behind.calls);
    return {
      window: this.#window,
      requests: this.#requests + filled,
      firstBytes: this.#requests === 0 ? (this.#bytes[0] ?? 0) : this.#firstBytes,
      lastBytes: filled > 0 ? this.#bytes[filled - 1]! : this.#beforeBytes,
      floors,
      tail: tail.calls,
      own: own.sums(this.#requests + filled),
    };
  }

  #closeBaseWindow(): void {
    if (this.#requests === 0) this.#firstBytes = this.#bytes[0]!;
    this.#own.addWindow(this.#routes, this.#bytes, this.#requests);
    const floor = this.#floorOf(BASE_WINDOW, this.#rest);
    this.#requests += BASE_WINDOW;
    this.#beforeBytes = this.#bytes[BASE_WINDOW - 1]!;
    this.#filled = 0;
    ({ floor: this.#present, behind: this.#behind } = lower(this.#present, this.#behind, floor));
    if (++this.#merged * BASE_WINDOW < this.#window) return;
    this.#floors.push(this.#present);
    append(this.#rest, this.#behind);
    this.#present = undefined;
    this.#behind = nothing();
    this.#merged = 0;
    if (this.#floors.length > MAX_FLOORS) this.#mergeWindows();
  }

  /** Halves the floors. */
  #mergeWindows(): void {
    const { floors, behind } = mergePairwise(this.#floors);
    this.#floors = floors;
    append(this.#rest, behind);
    this.#window *= 2;
  }

  /** The floor of the first `filled` requests of the base window; `rest` becomes what is behind it. */
  #floorOf(filled: number, rest: Behind): Floor {
    const bytes = this.#bytes;
    let lowest = 0;
    for (let i = 1; i < filled; i++) if (bytes[i]! <= bytes[lowest]!) lowest = i;
    const { calls, steps } = rest;
    rest.calls = [];
    rest.steps = [];
    let before = this.#requests === 0 ? bytes[0]! : this.#beforeBytes;
    for (let i = 0; i < filled; i++) {
      const route = this.#routes[i]!;
      const step = bytes[i]! - before;
      before = bytes[i]!;
      if (route < 0) continue;
      addPair(i <= lowest ? calls : rest.calls, route, 1);
      if (step !== 0) addPair(i <= lowest ? steps : rest.steps, route, step);
    }
    return { bytes: bytes[lowest]!, position: this.#requests + lowest + 1, calls, steps };
  }
}

/** Calls and steps behind a floor. */
interface Behind {
  calls: Pairs;
  steps: Pairs;
}

function nothing(): Behind {
  return { calls: [], steps: [] };
}

function copyOf(floor: Floor): Floor {
  return { ...floor, calls: [...floor.calls], steps: [...floor.steps] };
}

function append(into: Behind, from: Behind): void {
  addPairs(into.calls, from.calls);
  addPairs(into.steps, from.steps);
}

/** Of two floors that follow each other the lower one, the later when they are equal, with what lies behind it. */
function lower(floor: Floor | undefined, behind: Behind, next: Floor): { floor: Floor; behind: Behind } {
  if (floor === undefined) return { floor: next, behind: nothing() };
  if (next.bytes > floor.bytes) {
    append(behind, next);
    return { floor, behind };
  }
  append(next, behind);
  append(next, floor);
  return { floor: next, behind: nothing() };
}

/** Every two neighbours become one; what lies behind the last is given back. */
export function mergePairwise(floors: readonly Floor[]): { floors: Floor[]; behind: Behind } {
  const merged: Floor[] = [];
  let carried = nothing();
  for (let i = 0; i < floors.length; i += 2) {
    const first = copyOf(floors[i]!);
    append(first, carried);
    const second = floors[i + 1];
    const { floor, behind } = second ? lower(first, nothing(), copyOf(second)) : { floor: first, behind: nothing() };
    merged.push(floor);
    carried = behind;
  }
  return { floors: merged, behind: carried };
}
