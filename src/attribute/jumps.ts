/**
 * Large steps of a route's own requests, counted by size. One allocation of always the same size, above what the allocator
 * finds room for in the heap, shows as the same step again and again, whatever the noise of others is; growth that only
 * refills holes is of all sizes.
 *
 * A step is the rise of the lowest of three readings over that of the three before: with threads, what a request allocated
 * shows in readings of requests that ended before it. They are counted by src/wasm/assembly/life/jumps.ts.
 */
import { inOrder } from './in-order.ts';

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
  return Math.min(SIZE_CLASSES - 1, Math.floor(Math.log(bytes / LEAST_JUMP_BYTES) / Math.log(CLASS_RATIO)));
}

/** The middle of a class of sizes. */
export function bytesOfClass(sizeClass: number): number {
  return LEAST_JUMP_BYTES * CLASS_RATIO ** (sizeClass + 0.5);
}

export const SIZE_CLASSES = 256;

/** The same in columns, by route and class: a log has tens of thousands of them. */
export interface JumpTable {
  /** route * SIZE_CLASSES + class of size, ascending. */
  keys: Float64Array;
  counts: Int32Array;
  callNumbers: Float64Array;
  fallen: Int32Array;
}

export const NO_JUMPS: JumpTable = jumpTableOf([]);

export function jumpRows({ keys, counts, callNumbers, fallen }: JumpTable): Jumps[] {
  return Array.from(keys, (key, i) => [
    Math.floor(key / SIZE_CLASSES),
    key % SIZE_CLASSES,
    counts[i]!,
    callNumbers[i]!,
    fallen[i]!,
  ]);
}

export function jumpTableOf(jumps: readonly Jumps[]): JumpTable {
  return sumJumps({
    keys: Float64Array.from(jumps, ([route, sizeClass]) => route * SIZE_CLASSES + sizeClass),
    counts: Int32Array.from(jumps, ([, , count]) => count),
    callNumbers: Float64Array.from(jumps, ([, , , callNumbers]) => callNumbers),
    fallen: Int32Array.from(jumps, ([, , , , fallen]) => fallen),
  });
}

/** The rows, in whatever order they are, as a table: those of the same route and class as one. */
export function sumJumps({ keys, counts, callNumbers, fallen }: JumpTable): JumpTable {
  const order = inOrder(keys.length, (i) => keys[i]!);
  const sums = {
    keys: new Float64Array(keys.length),
    counts: new Int32Array(keys.length),
    callNumbers: new Float64Array(keys.length),
    fallen: new Int32Array(keys.length),
  };
  let last = -1;
  for (const i of order) {
    if (last < 0 || sums.keys[last] !== keys[i]) sums.keys[++last] = keys[i]!;
    sums.counts[last]! += counts[i]!;
    sums.callNumbers[last]! += callNumbers[i]!;
    sums.fallen[last]! += fallen[i]!;
  }
  const size = last + 1;
  if (size === keys.length) return sums;
  return {
    keys: sums.keys.slice(0, size),
    counts: sums.counts.slice(0, size),
    callNumbers: sums.callNumbers.slice(0, size),
    fallen: sums.fallen.slice(0, size),
  };
}
