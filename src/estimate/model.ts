/**
 * The constants of the judgement, fitted to logs whose true leaks are known: logistic regression on 654 cases (nine lab runs,
 * which count fourfold, and 645 generated ones: CPython workers behind uWSGI with random routes, leaks and noise). Fit them
 * again together when a feature or a fit changes.
 */
import type { FeatureName } from './features.ts';

/** From so many routes on the second threshold of each pair holds: fewer truths stand out, and they score lower. */
export const MANY_ROUTES = 46;

export const WEIGHTS: Readonly<Record<FeatureName, number>> = {
  constant: -4.2124,
  stepsLikeLeak: 0.8909,
  plain: 0.6843,
  ownLate: 0.2247,
  interceptZ: 0.109,
  slopeZ: -0.4795,
  interceptOverBound: -0.6068,
  calls: 0.4348,
  callsPerLife: 0.032,
  stepsLikeLeakTimesMiddle: -0.023,
  callsPerLifeTimesMiddle: 0.2551,
  interceptOverRival: -0.223,
  intercept: 0.4791,
  event: 0.6652,
};

/**
 * The sum that takes the place of that of the features where it is larger: a part of that one, and the mean of log(1 + z)
 * over the steady fits. Fitted to 46 cases with up to 45 routes: nine lab runs, which count twofold, and 37 generated ones.
 * It does not hold for a route whose own steps grow with the pause by more than so many errors: those are records of what
 * it needs for a moment.
 */
export const STEADY = { constant: -1.9, first: 0.45, logZ: 1.78, slopeZ: 4 } as const;

/**
 * What jumps must be to prove a leak, see jumping.ts and isProof; and what that adds to the sum. Set by hand on the same cases.
 */
export const JUMPS = {
  jumps: 4,
  calls: 12,
  share: 0.1,
  surprise: 12,
  concentration: 0.8,
  lateness: 0.35,
  fallen: 0.15,
  /** Of their bytes per call, what the fit of windows must allow. */
  supported: 0.95,
  /** Errors by which steps may grow with the pause: holes that others left are refilled so. */
  slopeZ: 2,
  weight: 6,
  /** Where the first calls of every life grow it, the fits must agree. */
  weightInShortLives: 1,
} as const;

/** Scores from which on: with few routes, with many. */
export const THRESHOLDS = {
  leak: [0.78, 0.5],
  /** Bytes are handed out: more likely leaking than not. */
  leakedBytes: [0.5, 0.4],
  unclear: [0.25, 0.2],
} as const;

/** Half width of the interval: the root of the squares of so many errors, deviations between fits, and shares of the value. */
export const INTERVAL = {
  errors: 2,
  deviations: 0.5,
  share: 0.1,
  /** The interval reaches this many half widths up, one down: selection makes small. */
  upward: 2,
  /** And in short lives, whose warm-up hides leaks. */
  upwardInShortLives: 4,
  /** Of a route that shows no leak: errors above the estimate. */
  errorsOfClean: 12,
  /** And in short lives at least this share of all growth. */
  shareOfGrowthInShortLives: 0.5,
} as const;

/** Standard errors that a 95 % interval of normal noise reaches to either side. */
export const INTERVAL_ERRORS = 1.96;

/** A leak of so many standard errors is usually found: of those of 4-5 half were, of those of 8 four in five. */
export const DETECTABLE_ERRORS = 5;

/** Warm-ups look like leaks where a route is called less than `calls` times a life, in at least `lives` lives. */
export const WARM_UP = { lives: 6, calls: 3 } as const;

/** How much larger the error of a route without a column of its own is than the noise alone would have it. */
export const ERRORS_OF_REST = 2;
