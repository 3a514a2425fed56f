/**
 * What one worker's life says about leaks, in bounded memory: the floor of its RSS per window of requests, with the calls
 * that lie between two floors, and what lasted of the growth in each route's own requests.
 *
 * The floor, the lowest reading of a window, does not see memory that is borrowed and given back. When a life gets longer
 * than its bound, neighbouring windows are merged and the lower floor survives: the whole life stays in view.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { LifeMemory } from '../wasm/life-memory.ts';
import { eventsFor, type GrowthEventColumns } from './growth-events.ts';
import { type JumpTable, sizeClassOf } from './jumps.ts';
import type { OwnTable } from './own-steps.ts';
import type { PairTable } from './pair-table.ts';
import type { Pairs } from './pairs.ts';
import { readLife } from './read-life.ts';

/** Requests per window at first; doubled whenever windows are merged. */
export const BASE_WINDOW = 25;
/** Readings of the base window before that stand before those of the present one; KEPT of src/wasm/assembly/life/layout.ts. */
const KEPT = 5;
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
  own: OwnTable;
  jumps: JumpTable;
  /** Requests per stretch of growth-events.ts. */
  stretch: number;
  events: GrowthEventColumns;
}

/** The life itself is in the memory of life.wasm; here are the readings' way into it, and what comes of it. */
export class Life implements Archived {
  readonly #mostFloors: () => number;
  readonly #memory: LifeMemory;
  readonly #life: number;
  /** Where the present base window's readings are in that memory. */
  readonly #routes: number;
  readonly #parts: number;
  readonly #bytes: number;
  /** Readings of the present base window. */
  #size = 0;
  #lastBytes = 0;

  /**
   * @param mostFloors how many floors, and growth events, this life may keep; the more lives there are, the fewer.
   * @throws UserError where there is no memory for it, as its methods do.
   */
  constructor(mostFloors: () => number = () => MAX_FLOORS, memory: LifeMemory = new LifeMemory(sizeClassOf)) {
    this.#mostFloors = mostFloors;
    this.#memory = memory;
    this.#life = memory.newLife();
    const { routes, parts, bytes } = memory.readingsOf(this.#life);
    this.#routes = routes + KEPT;
    this.#parts = parts + KEPT;
    this.#bytes = bytes + KEPT;
  }

  /**
   * @param route negative when it is not known.
   * @param part counted as a route beside it, for calls and own steps; negative for none.
   */
  add(route: number, bytes: number, part = -1): void {
    const memory = this.#memory;
    const size = this.#size;
    memory.ints[this.#routes + size] = route;
    memory.floats[this.#bytes + size] = bytes;
    if (part >= 0) memory.ints[this.#parts + size] = part;
    this.#size = size + 1;
    if (size + 1 < BASE_WINDOW) return;
    this.#size = 0;
    this.#lastBytes = bytes;
    const mostFloors = this.#mostFloors();
    memory.closeBaseWindow(this.#life, mostFloors, eventsFor(mostFloors));
  }

  /**
   * What is known now, the window that has begun included. Nothing may be added afterwards.
   * @param mostFloors how many floors of it are wanted, and growth events in proportion: as `compacted` of coarse-life.ts.
   */
  evidence(mostFloors: number = Number.POSITIVE_INFINITY): LifeEvidence {
    if (this.#size > 0) this.#lastBytes = this.#memory.floats[this.#bytes + this.#size - 1]!;
    this.#memory.endLife(this.#life, this.#size, eventsFor(this.#mostFloors()));
    this.#size = 0;
    this.#memory.compact(this.#life, mostFloors, eventsFor(mostFloors));
    return readLife(this.#memory, this.#life, this.#lastBytes);
  }

  /** It is not followed any more. Nothing may be asked of it afterwards. */
  free(): void {
    this.#memory.free(this.#life);
  }

  transfer(archive: Archive): void {
    this.#size = archive.value(this.#size);
    this.#lastBytes = archive.value(this.#lastBytes);
    const saved = archive.value(archive.isReading ? undefined : this.#memory.save(this.#life));
    if (archive.isReading && saved !== undefined) this.#memory.load(this.#life, saved);
  }
}
