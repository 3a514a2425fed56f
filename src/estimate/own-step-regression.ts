/**
 * The lasting growth in a route's own requests as a line over the pause since its call before: step = intercept + slope *
 * pause (ordinary least squares from six sums). Filling holes and caches grows with the pause; a leak is all intercept.
 */
import type { LifeEvidence } from '../attribute/life.ts';
import { OWN_SUMS, type OwnSums, sumsAt } from '../attribute/own-steps.ts';

/** Fewer calls give a mean and no line. */
const LEAST_CALLS = 8;
/** Share of the mean squared step of all routes that any route's steps are taken to scatter by. */
const COMMON_NOISE = 0.01;

/** Bytes; z is the value in units of its standard error, 0 where there is none. */
export interface OwnSteps {
  calls: number;
  mean: number;
  intercept: number;
  interceptZ: number;
  slope: number;
  slopeZ: number;
}

/** One per route. */
export function regressOwnSteps(lives: readonly LifeEvidence[], routeCount: number): OwnSteps[] {
  const all = new Float64Array(routeCount * OWN_SUMS);
  for (const { own } of lives) {
    for (let i = 0; i < own.routes.length; i++) {
      const at = own.routes[i]! * OWN_SUMS;
      for (let j = 0; j < OWN_SUMS; j++) all[at + j]! += own.sums[i * OWN_SUMS + j]!;
    }
  }
  const sums = Array.from({ length: routeCount }, (_, route) => sumsAt(all, route));
  const calls = sums.reduce((sum, [count]) => sum + count, 0);
  const squares = sums.reduce((sum, [, , step2]) => sum + step2, 0);
  const noise = calls > 0 ? (COMMON_NOISE * squares) / calls : 0;
  return sums.map((own) => regress(own, noise));
}

/** @param noise variance in bytes² that is added to what the line leaves. */
export function regress([calls, step, step2, pause, pause2, pauseStep]: Readonly<OwnSums>, noise: number): OwnSteps {
  const mean = calls > 0 ? step / calls : 0;
  if (calls < LEAST_CALLS) return { calls, mean, intercept: 0, interceptZ: 0, slope: 0, slopeZ: 0 };
  const meanPause = pause / calls;
  const pauseVariance = pause2 / calls - meanPause * meanPause;
  const covariance = pauseStep / calls - meanPause * mean;
  if (!(pauseVariance > 1e-9)) {
    const error = Math.sqrt((Math.max(1, step2 / calls - mean * mean) + noise) / calls);
    return { calls, mean, intercept: mean, interceptZ: mean / error, slope: 0, slopeZ: 0 };
  }
  const slope = covariance / pauseVariance;
  const intercept = mean - slope * meanPause;
  const variance = Math.max(1, step2 / calls - mean * mean - slope * covariance) + noise;
  const interceptError = Math.sqrt((variance / calls) * (1 + (meanPause * meanPause) / pauseVariance));
  const slopeError = Math.sqrt(variance / calls / pauseVariance);
  return { calls, mean, intercept, interceptZ: intercept / interceptError, slope, slopeZ: slope / slopeError };
}
