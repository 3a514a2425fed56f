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
import { groupedNonNegativeLeastSquares, type RowGroups } from './grouped-nnls.ts';
import { normalEquations } from './normal-equations.ts';
import { absolute, MEDIAN_TO_DEVIATION } from './robust-scale.ts';
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

export class VarianceModel {
  readonly #columns: readonly Column[];
  readonly #groups: RowGroups;

  /** @param groups of rows that have some variance in common beside what the columns say. */
  constructor(columns: readonly Column[], groups: RowGroups) {
    this.#columns = columns;
    this.#groups = groups;
  }

  /** The standard deviation of each row's noise, in bytes. */
  scale(residuals: Column): Column {
    const rows = residuals.length;
    const distances = absolute(residuals);
    const usual = MEDIAN_TO_DEVIATION * (median(distances) || mean(distances)) || 1;
    const squares = product(residuals, residuals);
    const meanSquare = mean(squares);
    if (!(meanSquare > 0)) return new Float64Array(rows).fill(1);
    for (let row = 0; row < rows; row++) squares[row] = Math.min(squares[row]!, CLIP * meanSquare);
    const least = Math.max(LEAST_SHARE * meanSquare, usual * usual);
    let variance: Column = new Float64Array(rows).fill(meanSquare);
    for (let round = 0; round < ROUNDS; round++) {
      variance = this.#fitted(squares, variance);
      for (let row = 0; row < rows; row++) variance[row] = Math.max(variance[row]!, least);
    }
    for (let row = 0; row < rows; row++) variance[row] = Math.sqrt(variance[row]!);
    return variance;
  }

  /** The variance that explains the squared residuals best, when it is about `variance`. */
  #fitted(squares: Column, variance: Column): Column {
    const columns = this.#columns;
    const groups = this.#groups;
    // The variance of a squared residual goes with the square of its variance.
    const weights = new Float64Array(squares.length);
    for (let row = 0; row < weights.length; row++) weights[row] = 1 / (variance[row]! * variance[row]!);
    const equations = normalEquations(columns, squares, weights);
    const shares = groupedNonNegativeLeastSquares(columns, squares, weights, equations, groups);
    const fitted = new Float64Array(squares.length);
    columns.forEach((column, i) => {
      const share = shares.ofColumns[i]!;
      if (share > 0) for (let row = 0; row < column.length; row++) fitted[row]! += share * column[row]!;
    });
    if (groups.count > 0) {
      for (let row = 0; row < fitted.length; row++) {
        if (groups.of[row]! >= 0) fitted[row]! += shares.ofGroups[groups.of[row]!]!;
      }
    }
    return fitted;
  }
}
