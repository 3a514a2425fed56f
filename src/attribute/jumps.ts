/**
 * Large steps of a route's own requests, counted by size. One allocation of always the same size, above what the allocator
 * finds room for in the heap, shows as the same step again and again, whatever the noise of others is; growth that only
 * refills holes is of all sizes.
 *
 * A step is the rise of the lowest of three readings over that of the three before: with threads, what a request allocated
 * shows in readings of requests that ended before it. They are counted by src/wasm/assembly/life/jumps.ts.
 */

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
/** Jumps of two lists, those of the same route and class as one, in order. */
export function sumJumps(jumps: readonly Jumps[]): Jumps[] {
  const sums = new Map<number, Jumps>();
  for (const jump of jumps) {
    const key = jump[0] * SIZE_CLASSES + jump[1];
    const known = sums.get(key);
    if (known) for (let i = 2; i < known.length; i++) known[i]! += jump[i]!;
    else sums.set(key, [...jump]);
  }
  const keys = Float64Array.from(sums.keys()).sort();
  return Array.from(keys, (key) => sums.get(key)!);
}
