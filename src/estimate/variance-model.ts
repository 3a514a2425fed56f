/**
 * How noisy each row is, judged by which routes were called in it and not by how it turned out:
 *
 *     E residual² = v0 + sum over routes of v[r] calls[r] + u[r] ages[r],   all >= 0
 *
 * fitted by NNLS on squared residuals. Weights by a row's own residual push down exactly the rows in which a rare leak jumped,
 * and so lose leaks that leak in one call of many; these do not.
 */
import { type Column, product } from './columns.ts';
import { fadingSum } from './filter.ts';
import { nonNegativeLeastSquares } from './nnls.ts';
import { normalEquations } from './normal-equations.ts';
import { MEDIAN_TO_DEVIATION } from './robust-scale.ts';
import type { Rows } from './rows.ts';
import { mean, median } from './statistics.ts';

/** Squared residuals count up to so many times their mean. */
const CLIP = 30;
/** No row is taken to have less than this share of the mean variance. */
const LEAST_SHARE = 0.02;
const ROUNDS = 2;

/** The columns of the model. Independent noise that went through the filter adds up with theta squared. */
export function varianceColumns({ count, life, calls, ages }: Rows, theta: number): Column[] {
  const through = (column: Column) => fadingSum(column, life, theta * theta);
  return [new Float64Array(count).fill(1), ...calls.map(through), ...ages.map(through)];
}

/** The standard deviation of each row's noise, in bytes. */
export function varianceScale(residuals: Column, columns: readonly Column[]): Column {
  const distances = residuals.map(Math.abs);
  const usual = MEDIAN_TO_DEVIATION * (median(distances) || mean(distances)) || 1;
  const meanSquare = mean(product(residuals, residuals));
  if (!(meanSquare > 0)) return new Float64Array(residuals.length).fill(1);
  const squares = residuals.map((residual) => Math.min(residual * residual, CLIP * meanSquare));
  const least = Math.max(LEAST_SHARE * meanSquare, usual * usual);
  const every = columns.map((_, i) => i);
  let variance: Column = new Float64Array(residuals.length).fill(meanSquare);
  for (let round = 0; round < ROUNDS; round++) {
    // The variance of a squared residual goes with the square of its variance.
    const weights = variance.map((value) => 1 / (value * value));
    const shares = nonNegativeLeastSquares(normalEquations(columns, squares, weights), every);
    variance = new Float64Array(residuals.length);
    columns.forEach((column, i) => {
      const share = shares[i]!;
      if (share > 0) for (let row = 0; row < column.length; row++) variance[row]! += share * column[row]!;
    });
    variance = variance.map((value) => Math.max(value, least));
  }
  return variance.map(Math.sqrt);
}
