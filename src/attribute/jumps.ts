/**
 * Large steps of a route's own requests, counted by size. One allocation of always the same size, above what the allocator
 * finds room for in the heap, shows as the same step again and again, whatever the noise of others is; growth that only
 * refills holes is of all sizes.
 *
 * A step is the rise of the lowest of three readings over that of the three before: with threads, what a request allocated
 * shows in readings of requests that ended before it.
 */
import type { Archive, Archived } from '../state/archive.ts';

/** Smaller steps are not told from the rounding of the reading. */
export const LEAST_JUMP_BYTES: number = 128 * 1024;
/** From one class of sizes to the next. */
const CLASS_RATIO = 1.12;

/** Per route and class of sizes. */
export type Jumps = [
  route: number,
  sizeClass: number,
  count: number,
  /** Sum of the numbers of the calls that jumped. */
  callNumbers: number,
  /** Jumps of which half was given back by the route's next call but for those right behind it: they only took what others free again and again. */
  fallen: number,
];

/** The class of a step of LEAST_JUMP_BYTES or more. */
export function sizeClassOf(bytes: number): number {
  return Math.floor(Math.log(bytes / LEAST_JUMP_BYTES) / Math.log(CLASS_RATIO));
}

/** The middle of a class of sizes. */
export function bytesOfClass(sizeClass: number): number {
  return LEAST_JUMP_BYTES * CLASS_RATIO ** (sizeClass + 0.5);
}

export const SIZE_CLASSES = 256;
/** Readings whose lowest counts. */
const READINGS = 3;
/** Pairs of route and class that a life keeps: more are no rule of any route. */
const MOST_KEPT = 1024;

/** What is known of a route's last jump until its next call. */
interface Pending {
  /** Of its sums. */
  key: number;
  /** At or below this level half of the jump is given back. */
  fallenAt: number;
  position: number;
}

type Sums = [count: number, callNumbers: number, fallen: number];

export class JumpTable implements Archived {
  #sums = new Map<number, Sums>();
  #pending = new Map<number, Pending>();

  transfer(archive: Archive): void {
    this.#sums = archive.value(this.#sums);
    this.#pending = archive.value(this.#pending);
  }

  /**
   * A call of a route.
   * @param position requests up to and with it.
   * @param before the lowest of the three readings before it, @param after of those from it on.
   * @param callNumber which of the route's calls it was, from 1 on.
   */
  add(route: number, position: number, before: number, after: number, callNumber: number): void {
    const bytes = after - before;
    // Nearly all calls.
    if (bytes < LEAST_JUMP_BYTES && this.#pending.size === 0) return;
    const pending = this.#pending.get(route);
    // A call right behind it has readings of before the jump among those before it.
    if (pending !== undefined && position - pending.position >= READINGS) {
      if (before <= pending.fallenAt) this.#sums.get(pending.key)![2]++;
      this.#pending.delete(route);
    }
    if (bytes < LEAST_JUMP_BYTES) return;
    this.#pending.delete(route);
    const key = route * SIZE_CLASSES + Math.min(SIZE_CLASSES - 1, sizeClassOf(bytes));
    let sums = this.#sums.get(key);
    if (sums === undefined) {
      if (this.#sums.size === MOST_KEPT) return;
      sums = [0, 0, 0];
      this.#sums.set(key, sums);
    }
    sums[0]++;
    sums[1] += callNumber;
    this.#pending.set(route, { key, fallenAt: after - bytes / 2, position });
  }

  jumps(): Jumps[] {
    return [...this.#sums].map(([key, sums]) => [Math.floor(key / SIZE_CLASSES), key % SIZE_CLASSES, ...sums]);
  }
}

/** Jumps of two lists, those of the same route and class as one, in order. */
export function sumJumps(jumps: readonly Jumps[]): Jumps[] {
  const sums = new Map<string, Jumps>();
  for (const jump of jumps) {
    const key = `${jump[0]} ${jump[1]}`;
    const known = sums.get(key);
    if (known) for (let i = 2; i < known.length; i++) known[i]! += jump[i]!;
    else sums.set(key, [...jump]);
  }
  return [...sums.values()].sort(([a, x], [b, y]) => a - b || x - y);
}
