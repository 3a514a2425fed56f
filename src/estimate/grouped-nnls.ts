/**
 * Non-negative least squares with, beside some columns, one unknown for each of many groups of rows that share none. As
 * normal equations, these would be hundreds of unknowns; but when the other unknowns are known, each group's is a division.
 */
import { gram } from '../wasm/gram.ts';
import type { Column } from './columns.ts';
import { nonNegativeLeastSquares } from './nnls.ts';
import { equationsOf, type NormalEquations } from './normal-equations.ts';

/** The number of each row's group; -1: it is in none. */
export interface RowGroups {
  of: Int32Array;
  count: number;
}

/** Changes of mind on which groups are positive. Some suffice; if ever they do not, the last solution is near enough. */
const ROUNDS = 50;
/** What groups leave of a column's squares, as a share, when it is rounding only: then they explain it. */
const ROUNDING = 1e-10;

/**
 * @param equations of the columns alone.
 * @returns an unknown per column, and per group.
 */
export function groupedNonNegativeLeastSquares(
  columns: readonly Column[],
  target: Column,
  weights: Column,
  equations: NormalEquations,
  groups: RowGroups,
): { ofColumns: Float64Array; ofGroups: Float64Array } {
  const { order } = equations;
  const every = columns.map((_, i) => i);
  const ofGroups = new Float64Array(groups.count);
  if (groups.count === 0) return { ofColumns: nonNegativeLeastSquares(equations, every), ofGroups };
  const squares = sumsOf(weights, undefined, groups);
  const sums = [...columns, target].map((column) => sumsOf(column, weights, groups));
  const ofTarget = sums[order]!;
  const shares = new Float64Array(groups.count);
  for (let round = 1; ; round++) {
    const left = lessGroups(equations, gram(sums, shares));
    const ofColumns = nonNegativeLeastSquares(left, every);
    let isSettled = true;
    for (let group = 0; group < groups.count; group++) {
      let rest = ofTarget[group]!;
      for (let i = 0; i < order; i++) if (ofColumns[i]! > 0) rest -= sums[i]![group]! * ofColumns[i]!;
      const isPositive = rest > 0 && squares[group]! > 0;
      if (isPositive !== shares[group]! > 0) isSettled = false;
      shares[group] = isPositive ? 1 / squares[group]! : 0;
      ofGroups[group] = rest * shares[group]!;
    }
    if (isSettled || round === ROUNDS) return { ofColumns, ofGroups };
  }
}

/** What is left of the equations when the groups explain all they can. */
function lessGroups({ order, matrix, vector }: NormalEquations, explained: Float64Array): NormalEquations {
  const less = equationsOf(explained, order);
  for (let i = 0; i < matrix.length; i++) less.matrix[i] = matrix[i]! - less.matrix[i]!;
  for (let i = 0; i < order; i++) {
    less.vector[i] = vector[i]! - less.vector[i]!;
    const diagonal = i * order + i;
    if (less.matrix[diagonal]! < ROUNDING * matrix[diagonal]!) less.matrix[diagonal] = 0;
  }
  return less;
}

function sumsOf(column: Column, weights: Column | undefined, { of, count }: RowGroups): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < column.length; row++) {
    const group = of[row]!;
    if (group >= 0) sums[group]! += weights ? column[row]! * weights[row]! : column[row]!;
  }
  return sums;
}
