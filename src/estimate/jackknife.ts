/**
 * Standard errors by leaving out groups of rows in turn and fitting again (Quenouille 1956, Tukey 1958). Neighbouring rows
 * share their noise, so whole blocks of rows are dealt to the groups.
 */
import type { Column } from './columns.ts';
import { solvePicked } from './linear-algebra.ts';
import { addRidge, type NormalEquations, normalEquations } from './normal-equations.ts';

export const GROUPS = 20;
const SHORTEST_BLOCK = 4;

/** The group of each row: blocks of rows, cut where a life ends, dealt to the groups in turn. */
export function blockGroups(life: Int32Array): Int32Array {
  const rows = life.length;
  const groups = new Int32Array(rows);
  const blocksPerGroup = Math.max(1, Math.min(4, rows / (GROUPS * 8)));
  const length = Math.max(SHORTEST_BLOCK, Math.ceil(rows / (GROUPS * blocksPerGroup)));
  let block = -1;
  let filled = 0;
  for (let row = 0; row < rows; row++) {
    if (row === 0 || life[row] !== life[row - 1] || filled >= length) {
      block++;
      filled = 0;
    }
    groups[row] = block % GROUPS;
    filled++;
  }
  return groups;
}

/** The normal equations of all rows, and of each group's rows: leaving a group out is a subtraction. */
export interface GroupedEquations extends NormalEquations {
  groups: NormalEquations[];
}

/** @param ridge whether equal columns shall share what they explain. */
export function groupedEquations(
  columns: readonly Column[],
  target: Column,
  weights: Column,
  groupOf: Int32Array,
  ridge: boolean,
): GroupedEquations {
  const order = columns.length;
  const rowsOf: number[][] = Array.from({ length: GROUPS }, () => []);
  for (let row = 0; row < target.length; row++) rowsOf[groupOf[row]!]!.push(row);
  const groups = rowsOf.map((rows) => {
    const pick = (column: Column) => {
      const picked = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]!]!;
      return picked;
    };
    return normalEquations(columns.map(pick), pick(target), pick(weights));
  });
  const all: NormalEquations = { order, matrix: new Float64Array(order * order), vector: new Float64Array(order) };
  for (const { matrix, vector } of groups) {
    for (let i = 0; i < matrix.length; i++) all.matrix[i]! += matrix[i]!;
    for (let i = 0; i < order; i++) all.vector[i]! += vector[i]!;
  }
  if (ridge) addRidge(all);
  return { ...all, groups };
}

/** The standard errors of the unknowns `kept`, whose values with all rows are `values`. */
export function jackknifeErrors(
  { order, matrix, vector, groups }: GroupedEquations,
  kept: readonly number[],
  values: ArrayLike<number>,
): Float64Array {
  const squares = new Float64Array(kept.length);
  const lessMatrix = new Float64Array(order * order);
  const lessVector = new Float64Array(order);
  for (const group of groups) {
    for (const i of kept) {
      lessVector[i] = vector[i]! - group.vector[i]!;
      const start = i * order;
      for (const j of kept) lessMatrix[start + j] = matrix[start + j]! - group.matrix[start + j]!;
    }
    const without = solvePicked(lessMatrix, order, lessVector, kept);
    for (let i = 0; i < kept.length; i++) squares[i]! += (without[i]! - values[i]!) ** 2;
  }
  return squares.map((sum) => Math.sqrt((sum * (GROUPS - 1)) / GROUPS));
}
