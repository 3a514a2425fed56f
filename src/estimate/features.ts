/**
 * What is known of a candidate, as 14 numbers of order one, and the score they add up to. z values (an estimate in units of
 * its error) enter as log(1 + z), capped: beyond 12 errors there is nothing more to prove.
 */
import { type Analysis, fitsOf } from './analysis.ts';
import type { Fit } from './fit.ts';
import type { Role } from './fits.ts';
import { JUMPS, STEADY, WEIGHTS } from './model.ts';
import { mean, median } from './statistics.ts';

export interface Features {
  constant: number;
  /** 1 when the route's own steps look like a leak: see analysis.ts. */
  stepsLikeLeak: number;
  /** Mean of log(1 + z) over the fits of a role. */
  plain: number;
  ownLate: number;
  event: number;
  /** Of the regression of own steps over the pause, log(1 + |z|) with its sign. */
  interceptZ: number;
  slopeZ: number;
  /** The intercept over the upper bound of the unselected fits. */
  interceptOverBound: number;
  /** log10(1 + calls). */
  calls: number;
  callsPerLife: number;
  /** Products with the median of the roles' means. */
  stepsLikeLeakTimesMiddle: number;
  callsPerLifeTimesMiddle: number;
  /** log10 of the intercept over the largest one of another candidate. */
  interceptOverRival: number;
  /** log10(1000 + intercept) - 4. */
  intercept: number;
}

export type FeatureName = keyof Features;

const HIGHEST_Z = 12;
/** However little speaks for it at first. */
const LOWEST_SUM = -6;
/** Bytes that keep ratios and logarithms of small intercepts quiet. */
const SMALL_STEP = 1e3;

export function features(analysis: Analysis, column: number): Features {
  const { candidates, own, totals } = analysis;
  const routes = candidates.routes[column]!;
  const steps = own[routes[0]!]!;
  const intercept = Math.max(0, steps.intercept);
  const rival = candidates.routes.reduce(
    (largest, [route], i) => (i === column ? largest : Math.max(largest, own[route!]!.intercept)),
    0,
  );
  const { value, error } = unselectedMain(analysis, column);
  const logZ = (fits: readonly Fit[]) =>
    mean(fits.map(({ leaked, leakedError }) => logOfZ(leaked[column]!, leakedError[column]!)));
  // A fit for which there were too few rows says nothing against a leak.
  const ofRole = (role: Role) => logZ(fitsOf(analysis, role).filter(({ ran }) => ran));
  const [main, late, plain, ownLate] = [ofRole('main'), ofRole('late'), ofRole('plain'), ofRole('ownLate')];
  // No growth event is evidence.
  const event = logZ(fitsOf(analysis, 'event'));
  const middle = median([main, late, plain, ownLate]);
  const stepsLikeLeak = analysis.stepsLikeLeak[column] ? 1 : 0;
  const calls = routes.reduce((sum, route) => sum + totals.calls[route]!, 0);
  const callsPerLife = Math.log10(1 + calls / Math.max(1, totals.lives[routes[0]!]!));
  return {
    constant: 1,
    stepsLikeLeak,
    plain,
    ownLate,
    event,
    interceptZ: signedLog(steps.interceptZ, 40),
    slopeZ: signedLog(steps.slopeZ, 15),
    interceptOverBound: Math.min(3, intercept / Math.max(1, value + 2 * error)),
    calls: Math.log10(1 + calls),
    callsPerLife,
    stepsLikeLeakTimesMiddle: stepsLikeLeak * middle,
    callsPerLifeTimesMiddle: callsPerLife * middle,
    interceptOverRival: Math.log10((intercept + SMALL_STEP) / (rival + SMALL_STEP)),
    intercept: Math.log10(SMALL_STEP + intercept) - 4,
  };
}

/**
 * Between 0 and 1: how likely the candidate leaks, where logs are like those the weights were fitted to. The features alone
 * are enough, and so are the steady fits with some support by these; jumps that prove a leak come on top.
 */
export function score(analysis: Analysis, column: number): number {
  const { levelsAreUnsure, livesAreShort, steadyFits, jumping, own, candidates } = analysis;
  const first = sumOf(features(analysis, column));
  const logZ = mean(steadyFits.map(({ leaked, error }) => logOfZ(leaked[column]!, error[column]!)));
  const isRefilling = own[candidates.routes[column]![0]!]!.slopeZ > STEADY.slopeZ;
  const second = levelsAreUnsure || isRefilling ? first : STEADY.constant + STEADY.first * first + STEADY.logZ * logZ;
  const proof = livesAreShort ? JUMPS.weightInShortLives : JUMPS.weight;
  const sum = Math.max(first, second) + (jumping[column] ? proof : 0);
  return 1 / (1 + Math.exp(-sum));
}

function sumOf(values: Features): number {
  let sum = 0;
  for (const name of Object.keys(WEIGHTS) as FeatureName[]) sum += WEIGHTS[name] * values[name];
  return Math.max(LOWEST_SUM, sum);
}

/** Bytes per call and error, mean over the main fits that estimate them without selection. */
export function unselectedMain(analysis: Analysis, column: number): { value: number; error: number } {
  const fits = fitsOf(analysis, 'main').filter(({ options, ran }) => options.unselected && ran);
  return {
    value: mean(fits.map((fit) => fit.unselected[column]!)),
    error: mean(fits.map((fit) => fit.unselectedError[column]!)),
  };
}

function logOfZ(value: number, error: number): number {
  if (!(value > 0)) return 0;
  // An error of 0: every group of rows says exactly the same.
  return Math.log1p(Math.min(HIGHEST_Z, error > 0 ? value / error : HIGHEST_Z));
}

function signedLog(value: number, most: number): number {
  return Math.sign(value) * Math.log1p(Math.min(Math.abs(value), most));
}
