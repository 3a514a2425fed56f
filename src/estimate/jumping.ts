/**
 * Whether a route's own requests jump: of the steps a route shows, is there one size that comes far more often than in
 * requests of other routes? The log of the ratio of two binomial likelihoods (Dunning, Accurate Methods for the Statistics of
 * Surprise and Coincidence, 1993) says how surprising its share is.
 */
import { bytesOfClass, SIZE_CLASSES } from '../attribute/jumps.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import { OWN_SUMS } from '../attribute/own-steps.ts';
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
  const classes = maxClass(lives) + WIDTH + 1;
  const byRoute: (Classes | undefined)[] = own.map(() => undefined);
  const all = new Float64Array(classes);
  const callsOfLife = new Float64Array(own.length);
  for (const { jumps, own: sums } of lives) {
    for (let i = 0; i < sums.routes.length; i++) callsOfLife[sums.routes[i]!] = sums.sums[i * OWN_SUMS]!;
    for (let i = 0; i < jumps.keys.length; i++) {
      const route = Math.floor(jumps.keys[i]! / SIZE_CLASSES);
      const sizeClass = jumps.keys[i]! % SIZE_CLASSES;
      const sumsOf = byRoute[route] ?? noClasses(classes);
      byRoute[route] = sumsOf;
      sumsOf.counts[sizeClass]! += jumps.counts[i]!;
      all[sizeClass]! += jumps.counts[i]!;
      sumsOf.fallen[sizeClass]! += jumps.fallen[i]!;
      sumsOf.lateness[sizeClass]! += jumps.callNumbers[i]! / (callsOfLife[route]! + 1);
    }
    for (let i = 0; i < sums.routes.length; i++) callsOfLife[sums.routes[i]!] = 0;
  }
  const calls = own.reduce((sum, route) => sum + route.calls, 0);
  return own.map((steps, route) => {
    const found = byRoute[route];
    return found ? strongest(found, all, steps.calls, calls) : null;
  });
}

/** Sums over a route's jumps, per class of sizes. */
interface Classes {
  counts: Float64Array;
  /** Of each jump the share of the life's calls that lie before it. */
  lateness: Float64Array;
  fallen: Float64Array;
}

function noClasses(count: number): Classes {
  return { counts: new Float64Array(count), lateness: new Float64Array(count), fallen: new Float64Array(count) };
}

function strongest(
  { counts, lateness, fallen }: Classes,
  all: Float64Array,
  calls: number,
  allCalls: number,
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
      lateness: sumOf(lateness, first, first + WIDTH) / jumps,
      fallen: sumOf(fallen, first, first + WIDTH) / jumps,
    };
  }
  return best;
}

function maxClass(lives: readonly LifeEvidence[]): number {
  let most = 0;
  for (const { jumps } of lives) for (const key of jumps.keys) most = Math.max(most, key % SIZE_CLASSES);
  return most;
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}
