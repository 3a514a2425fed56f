/** How many standard errors a change has to stand out by, where many routes are looked at at once. */

/** Chance that any of the routes is said to have become worse though none has. */
export const FALSE_ALARMS = 0.05;

/** For so many routes, by Bonferroni's inequality: the chance of each is a share of that of all. */
export function errorsToCount(routes: number): number {
  return upperQuantile(FALSE_ALARMS / Math.max(1, routes));
}

/**
 * The number that a normal variable exceeds with this probability, at most 0.5: Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.2.23; off by less than 0.00045.
 */
export function upperQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - above / below;
}
