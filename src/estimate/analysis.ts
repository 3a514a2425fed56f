/** All fits of the evidence, of windows in two stages and of growth events, before any judgement. */
import { BASE_WINDOW, type LifeEvidence } from '../attribute/life.ts';
import { type Candidates, chooseCandidates } from './candidates.ts';
import { coarsen } from './coarsening.ts';
import type { Column } from './columns.ts';
import { buildEventRows } from './event-rows.ts';
import { type Fit, fit } from './fit.ts';
import { EVENT_FITS, FITS, type FitOptions, OWN_STEP_FITS, type Role, STEADY_FITS } from './fits.ts';
import { joinInseparable } from './inseparable.ts';
import { findJumping, type Jumping } from './jumping.ts';
import { buildLevelRows } from './level-rows.ts';
import { JUMPS, MANY_ROUTES } from './model.ts';
import { momentsOf } from './moments.ts';
import { type OwnSteps, regressOwnSteps } from './own-step-regression.ts';
import { type RouteTotals, routeTotals } from './route-totals.ts';
import { buildRows, type Rows, type WholeRows, withoutBeginnings } from './rows.ts';
import { median } from './statistics.ts';
import { type SteadyFit, steadyFit } from './steady-fit.ts';

/** In shorter lives leaks go on filling the holes of the warm-up, and estimates come out too small. */
const SHORT_LIFE_WINDOWS = 40;

export interface Analysis {
  totals: RouteTotals;
  /** Per route. */
  own: OwnSteps[];
  candidates: Candidates;
  /** Per candidate column: whether its own steps look like a leak. */
  stepsLikeLeak: boolean[];
  /** In the order of FITS. */
  fits: Fit[];
  ownStepFits: Fit[];
  /** In the order of EVENT_FITS. */
  eventFits: Fit[];
  /** In the order of STEADY_FITS. */
  steadyFits: SteadyFit[];
  /** Per candidate column: how its own steps jump, where that proves a leak; otherwise null. */
  jumping: (Jumping | null)[];
  /** The growth of all lives, and whether the usual one is too short for its warm-up to be told from a leak. */
  growthBytes: number;
  livesAreShort: boolean;
  /** Whether levels after growth events say little: of short lives, where a reading holds several requests, with many routes. */
  levelsAreUnsure: boolean;
  /** The finest rows. */
  rows: Rows;
}

/** @param concurrent whether requests of a worker overlap. */
export function analyse(lives: readonly LifeEvidence[], routeCount: number, concurrent: boolean): Analysis {
  const totals = routeTotals(lives, routeCount);
  const own = regressOwnSteps(lives, routeCount);
  const evidence = coarsen(lives);
  const single = chooseCandidates(evidence, totals, own);
  const { scale, skip } = FITS[0]!;
  const fine = buildRows(evidence, single, scale);
  const candidates = joinInseparable(single, withoutBeginnings(fine, evidence, skip));

  const whole = new Map<number, WholeRows>();
  if (candidates === single) whole.set(scale, fine);
  const wholeRowsOf = (scale: number) =>
    whole.get(scale) ?? setIn(whole, scale, buildRows(evidence, candidates, scale));
  const known = new Map<string, Rows>();
  const rowsOf = ({ scale, skip }: FitOptions): Rows => {
    const key = `${scale} ${skip}`;
    return known.get(key) ?? setIn(known, key, withoutBeginnings(wholeRowsOf(scale), evidence, skip));
  };
  const fits = FITS.map((options) => fit(rowsOf(options), rowsOf(options).growth, options));
  const ownOf = (column: number) => own[candidates.routes[column]![0]!]!;
  const stepsLikeLeak = candidates.routes.map((_, column) => isLikeLeak(ownOf(column), fits[0]!, column));
  const ownStepFits = OWN_STEP_FITS.map((options) => {
    const rows = rowsOf(options);
    return fit(rows, withoutScatter(rows, stepsLikeLeak, ownOf), options);
  });
  const moments = momentsOf(evidence, candidates);
  const eventFits = EVENT_FITS.map((options) => {
    const { rows, triggers } = buildEventRows(moments, options.skip, options.gap);
    return fit(rows, rows.growth, options, triggers);
  });
  const steadyFits = STEADY_FITS.map(({ skip, gap }) => steadyFit(buildLevelRows(moments, skip, gap)));
  const jumpingOf = findJumping(lives, own);
  const jumping = candidates.routes.map(([route], column) => {
    const found = jumpingOf[route!]!;
    return found && isProof(found, own[route!]!, fits[0]!, column) ? found : null;
  });
  const livesAreShort = median(lives.map(({ requests }) => requests)) < SHORT_LIFE_WINDOWS * BASE_WINDOW;
  return {
    totals,
    own,
    candidates,
    stepsLikeLeak,
    jumping,
    fits,
    ownStepFits,
    eventFits,
    steadyFits,
    growthBytes: lives.reduce((sum, life) => sum + Math.max(0, life.lastBytes - life.firstBytes), 0),
    livesAreShort,
    levelsAreUnsure: livesAreShort || concurrent || routeCount >= MANY_ROUTES,
    rows: rowsOf(FITS[0]!),
  };
}

/** The fits of a kind, of both stages. */
export function fitsOf({ fits, ownStepFits, eventFits }: Analysis, role: Role): Fit[] {
  return [...fits, ...ownStepFits, ...eventFits].filter(({ options }) => options.role === role);
}

/** Own steps that clearly have an intercept, are not explained by the pause, and that the regression does not contradict. */
function isLikeLeak(own: OwnSteps, { unselected, unselectedError }: Fit, column: number): boolean {
  const value = unselected[column]!;
  const error = unselectedError[column]!;
  if (own.interceptZ < 3 || own.mean <= 0 || !(error > 0)) return false;
  if (own.slopeZ > 4 && own.mean - own.intercept > 0.3 * own.mean) return false;
  return value + 2 * error >= 0.8 * own.mean && value + error >= 0.4 * own.mean;
}

/**
 * Jumps prove a leak when one size is the rule in many calls, early and late ones, stays, and is not what the fit of windows
 * rules out. What only refills what others free comes in many sizes, or is gone by the next call.
 */
function isProof(
  found: Jumping,
  { calls, slopeZ }: OwnSteps,
  { unselected, unselectedError }: Fit,
  column: number,
): boolean {
  if (found.jumps < JUMPS.jumps || calls < JUMPS.calls || found.share < JUMPS.share) return false;
  if (found.surprise < JUMPS.surprise || found.concentration < JUMPS.concentration) return false;
  if (found.lateness < JUMPS.lateness || found.fallen > JUMPS.fallen) return false;
  if (slopeZ > JUMPS.slopeZ) return false;
  const most = unselected[column]! + 2 * unselectedError[column]!;
  return most >= JUMPS.supported * found.share * found.bytes;
}

/** The growth, with the steps of these routes replaced by their mean: how single steps differ from it is known noise. */
function withoutScatter(rows: Rows, stepsLikeLeak: readonly boolean[], ownOf: (column: number) => OwnSteps): Column {
  const growth = Float64Array.from(rows.growth);
  stepsLikeLeak.forEach((isLike, column) => {
    if (!isLike) return;
    const { mean } = ownOf(column);
    const steps = rows.steps[column]!;
    const calls = rows.calls[column]!;
    for (let row = 0; row < rows.count; row++) growth[row]! -= steps[row]! - mean * calls[row]!;
  });
  return growth;
}

function setIn<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}
