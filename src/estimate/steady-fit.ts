/**
 * A fit of the rows between growth events in which wild rows count for nothing. Most levels after a growth event are exact to
 * some pages, since what the trigger needs for itself is the same each time; the others are off by the size of a hole or of
 * what the allocator gave back. Weights after Cauchy, 1 / (1 + u²), keep the first and forget the second, where Huber's would
 * let each of the second still pull. As such weights have many local optima, the scale is narrowed step by step from one at
 * which nearly all rows count (graduated non-convexity: Blake & Zisserman, Visual Reconstruction, 1987).
 *
 * Errors are by the jackknife over blocks of rows, with the weights found anew each time: which rows are wild is part of what
 * is not known.
 */
import type { Column } from './columns.ts';
import { rowsUsed, without } from './columns.ts';
import { LEAST_ROWS, LEAST_ROWS_OF_TERM } from './fit.ts';
import type { LevelRows } from './level-rows.ts';
import { nonNegativeLeastSquares } from './nnls.ts';
import { type NormalEquations, normalEquations } from './normal-equations.ts';
import { MEDIAN_TO_DEVIATION } from './robust-scale.ts';
import { median } from './statistics.ts';

/** Scales at which a row counts half, round by round; then for the terms that are left. */
const LIMITS = [6, 4, 3, 2];
const LAST_LIMITS = [1.5, 1, 1, 1, 1];
const LIMITS_OF_JACKKNIFE = [3, 2, 1, 1];
const GROUPS = 16;
/** Blocks of rows per group, at most. */
const BLOCKS_PER_GROUP = 4;
/** Rows a trigger needs for a scale of its own, and rows that the common scale counts as beside it. */
const LEAST_ROWS_OF_TRIGGER = 8;
const ROWS_OF_COMMON_SCALE = 8;
/** Half a page, and a page: no scale is finer. */
const FINEST = 2048;
const FINEST_COMMON = 4096;
/** Added to the diagonal as a share of its mean, for calls and for ages. */
const RIDGE = 1e-4;
const RIDGE_OF_AGES = 3e-4;

export interface SteadyFit {
  /** Bytes per call and standard error; 0 where the term is not positive. */
  leaked: Float64Array;
  error: Float64Array;
}

export function steadyFit(rows: LevelRows): SteadyFit {
  const columns = rows.calls.length;
  const result = { leaked: new Float64Array(columns), error: new Float64Array(columns) };
  const raw = [...rows.calls, ...rows.ages, ...rows.byTrigger];
  const active = raw
    .map((_, i) => i)
    .filter((i) => i >= 2 * columns || rowsUsed(rows.calls[i % columns]!) >= LEAST_ROWS_OF_TERM);
  if (rows.count < LEAST_ROWS || active.length === 0) return result;
  const lengths = active.map(
    (i) => Math.sqrt(raw[i]!.reduce((sum, value) => sum + value * value, 0) / rows.count) || 1,
  );
  const terms = active.map((i, unknown) => raw[i]!.map((value) => value / lengths[unknown]!));
  const ridges = active.map((i) => (i < columns ? RIDGE : RIDGE_OF_AGES));

  const start = median(rows.growth);
  const scaleOf = scales(rows.trigger);
  let residuals: Column = rows.growth.map((growth) => growth - start);
  let scale: Column = scaleOf(residuals);
  const rescale = (next: Column) => {
    scale = scaleOf(next);
    return scale;
  };
  const first = narrowed(terms, rows.growth, ridges, LIMITS, residuals, rescale);
  const kept = active.map((_, i) => i).filter((i) => first[i]! > 0);
  if (kept.length === 0) return result;
  const keptTerms = kept.map((i) => terms[i]!);
  const keptRidges = kept.map((i) => ridges[i]!);
  residuals = without(rows.growth, terms, first);
  const solution = narrowed(keptTerms, rows.growth, keptRidges, LAST_LIMITS, residuals, rescale);
  residuals = without(rows.growth, keptTerms, solution);
  const squares = new Float64Array(kept.length);
  const groups = groupsOfRows(rows.count);
  for (let group = 0; group < GROUPS; group++) {
    const within = scale.map((value, row) => (groups[row] === group ? Number.POSITIVE_INFINITY : value));
    const others = narrowed(keptTerms, rows.growth, keptRidges, LIMITS_OF_JACKKNIFE, residuals, () => within);
    for (let i = 0; i < kept.length; i++) squares[i]! += (others[i]! - solution[i]!) ** 2;
  }
  kept.forEach((unknown, i) => {
    const column = active[unknown]!;
    if (column >= columns) return;
    result.leaked[column] = solution[i]! / lengths[unknown]!;
    result.error[column] = Math.sqrt((squares[i]! * (GROUPS - 1)) / GROUPS) / lengths[unknown]!;
  });
  return result;
}

/** Fits again and again, with narrower limits. Rows of an infinite scale do not count. */
function narrowed(
  terms: readonly Column[],
  growth: Column,
  ridges: readonly number[],
  limits: readonly number[],
  residuals: Column,
  scaleOf: (residuals: Column) => Column,
): Float64Array {
  const every = terms.map((_, i) => i);
  let solution: Float64Array = new Float64Array(terms.length);
  let rest = residuals;
  for (const limit of limits) {
    const equations = normalEquations(terms, growth, cauchyWeights(rest, scaleOf(rest), limit));
    addRidges(equations, ridges);
    solution = nonNegativeLeastSquares(equations, every);
    rest = without(growth, terms, solution);
  }
  return solution;
}

export function cauchyWeights(residuals: Column, scale: Column, limit: number): Column {
  return residuals.map((residual, row) => {
    const one = scale[row]!;
    if (one === Number.POSITIVE_INFINITY) return 0;
    const distance = residual / (one * limit);
    return 1 / ((1 + distance * distance) * one * one);
  });
}

/** The usual distance of each trigger's residuals, drawn towards that of all where there are few. */
function scales(trigger: Int32Array): (residuals: Column) => Column {
  const rowsOf = new Map<number, number[]>();
  trigger.forEach((route, row) => {
    const known = rowsOf.get(route);
    if (known) known.push(row);
    else rowsOf.set(route, [row]);
  });
  const frequent = [...rowsOf.values()].filter((rows) => rows.length >= LEAST_ROWS_OF_TRIGGER);
  return (residuals) => {
    const distances = residuals.map(Math.abs);
    const common = MEDIAN_TO_DEVIATION * median(distances) + FINEST_COMMON;
    const scale = new Float64Array(residuals.length).fill(common);
    for (const rows of frequent) {
      const own = MEDIAN_TO_DEVIATION * median(rows.map((row) => distances[row]!)) + FINEST;
      const share = rows.length / (rows.length + ROWS_OF_COMMON_SCALE);
      const both = Math.exp(share * Math.log(own) + (1 - share) * Math.log(common));
      for (const row of rows) scale[row] = both;
    }
    return scale;
  };
}

/** Blocks of neighbouring rows, dealt to the groups in turn. */
function groupsOfRows(count: number): Int32Array {
  const blocks = Math.min(BLOCKS_PER_GROUP * GROUPS, Math.max(GROUPS, Math.floor(count / 4)));
  return Int32Array.from({ length: count }, (_, row) => Math.floor((row * blocks) / count) % GROUPS);
}

function addRidges({ order, matrix }: NormalEquations, ridges: readonly number[]): void {
  let trace = 0;
  for (let i = 0; i < order; i++) trace += matrix[i * order + i]!;
  for (let i = 0; i < order; i++) matrix[i * order + i]! += (ridges[i]! * trace) / order;
}
