/**
 * Whether a route's own requests jump: of the steps a route shows, is there one size that comes far more often than in
 * requests of other routes? The log of the ratio of two binomial likelihoods (Dunning, Accurate Methods for the Statistics of
 * Surprise and Coincidence, 1993) says how surprising its share is.
 */
import { bytesOfClass, type Jumps } from '../attribute/jumps.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import type { OwnSteps } from './own-step-regression.ts';

/** Classes of sizes that count as one size: together a factor of 1.4. */
const WIDTH = 3;
/** Classes below the size that count as other jumps of about this size: down to a half. */
const BELOW = 6;
/** Jumps without which no size is looked at. */
const LEAST_JUMPS = 3;

export interface Jumping {
  /** The size, in bytes. */
  bytes: number;
  jumps: number;
  /** Of the route's calls, and of all others. */
  share: number;
  shareOfOthers: number;
  /** Log of the likelihood ratio. */
  surprise: number;
  /** Of the route's jumps of about that size and all larger ones: 1 is one size only. */
  concentration: number;
  /** Where in the sequence of calls the jumps are: 0.5 when spread evenly, near 0 for a warm-up. */
  lateness: number;
  /** Of the jumps, those of which half was given back by the route's next call. */
  fallen: number;
}

/** One per route; null where nothing jumps. */
export function findJumping(lives: readonly LifeEvidence[], own: readonly OwnSteps[]): (Jumping | null)[] {
  const byRoute = new Map<number, Float64Array>();
  const lateness = new Map<number, Float64Array>();
  const fallenOf = new Map<number, Float64Array>();
  const all = new Float64Array(maxClass(lives) + WIDTH + 1);
  for (const { jumps, own: sums } of lives) {
    const calls = new Map(sums.map(([route, [count]]) => [route, count]));
    for (const [route, sizeClass, count, callNumbers, fallen] of jumps) {
      const counts = getOrAdd(byRoute, route, all.length);
      counts[sizeClass]! += count;
      all[sizeClass]! += count;
      getOrAdd(fallenOf, route, all.length)[sizeClass]! += fallen;
      getOrAdd(lateness, route, all.length)[sizeClass]! += callNumbers / ((calls.get(route) ?? 0) + 1);
    }
  }
  const calls = own.reduce((sum, route) => sum + route.calls, 0);
  return own.map((steps, route) => {
    const counts = byRoute.get(route);
    return counts ? strongest(counts, all, steps.calls, calls, lateness.get(route)!, fallenOf.get(route)!) : null;
  });
}

function strongest(
  counts: Float64Array,
  all: Float64Array,
  calls: number,
  allCalls: number,
  latenessSums: Float64Array,
  fallen: Float64Array,
): Jumping | null {
  let best: Jumping | null = null;
  for (let first = BELOW; first + WIDTH <= counts.length; first++) {
    const jumps = sumOf(counts, first, first + WIDTH);
    if (jumps < LEAST_JUMPS || jumps > calls) continue;
    const shareOfOthers = (sumOf(all, first, first + WIDTH) - jumps + 1) / (allCalls - calls + 2);
    const share = jumps / calls;
    if (share <= shareOfOthers) continue;
    const silent = calls - jumps;
    const surprise =
      jumps * Math.log(share / shareOfOthers) +
      (silent > 0 ? silent * Math.log((1 - share) / (1 - Math.min(0.999, shareOfOthers))) : 0);
    if (best && surprise <= best.surprise) continue;
    let bytes = 0;
    for (let i = first; i < first + WIDTH; i++) bytes += (counts[i]! * bytesOfClass(i)) / jumps;
    best = {
      bytes,
      jumps,
      share,
      shareOfOthers,
      surprise,
      concentration: jumps / sumOf(counts, first - BELOW, counts.length),
      lateness: sumOf(latenessSums, first, first + WIDTH) / jumps,
      fallen: sumOf(fallen, first, first + WIDTH) / jumps,
    };
  }
  return best;
}

function maxClass(lives: readonly LifeEvidence[]): number {
  let most = 0;
  for (const { jumps } of lives) for (const [, sizeClass] of jumps as Jumps[]) most = Math.max(most, sizeClass);
  return most;
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}

function getOrAdd(map: Map<number, Float64Array>, key: number, length: number): Float64Array {
  const known = map.get(key) ?? new Float64Array(length);
  map.set(key, known);
  return known;
}
