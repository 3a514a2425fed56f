/**
 * The constants of the judgement, fitted to logs whose true leaks are known: logistic regression on 359 cases (nine lab runs,
 * which count fourfold, and 350 generated ones: CPython workers behind uWSGI with random routes, leaks and noise). Fit them
 * again together when a feature or a fit changes.
 */
import type { FeatureName } from './features.ts';

/** From so many routes on the second threshold of each pair holds: fewer truths stand out, and they score lower. */
export const MANY_ROUTES = 46;

export const WEIGHTS: Readonly<Record<FeatureName, number>> = {
  constant: -4.6937,
  stepsLikeLeak: 0.699,
  late: 0.0133,
  local: 0.2606,
  plain: 0.7802,
  ownLate: 0.3821,
  weakestMain: -0.1526,
  interceptZ: 0.205,
  slopeZ: -0.4691,
  interceptOverBound: -0.4909,
  fitAboveIntercept: 0.1032,
  calls: 0.6129,
  callsPerLife: -0.1178,
  stepsLikeLeakTimesMiddle: 0.3562,
  callsPerLifeTimesMiddle: 0.2879,
  interceptOverRival: -0.3623,
  intercept: 0.5444,
};

/** Scores from which on: with few routes, with many. */
export const THRESHOLDS = {
  leak: [0.78, 0.65],
  /** Bytes are handed out: more likely leaking than not. */
  leakedBytes: [0.5, 0.45],
  unclear: [0.25, 0.2],
} as const;

/** Half width of the interval: the root of the squares of so many errors, deviations between fits, and shares of the value. */
export const INTERVAL = {
  errors: 2,
  deviations: 1.5,
  share: 0.1,
  /** The interval reaches this many half widths up, one down: selection makes small. */
  upward: 2,
  /** Of a route that shows no leak: errors above the estimate. */
  errorsOfClean: 2.5,
} as const;

/** A leak of so many standard errors is usually found: of those of 4-5 half were, of those of 8 four in five. */
export const DETECTABLE_ERRORS = 5;

/** Warm-ups look like leaks where a route is called less than `calls` times a life, in at least `lives` lives. */
export const WARM_UP = { lives: 6, calls: 3 } as const;
