/**
 * Standard errors by leaving out groups of rows in turn and fitting again (Quenouille 1956, Tukey 1958). Neighbouring rows
 * share their noise, so whole blocks of rows are dealt to the groups.
 */

import { layOutBehind } from '../wasm/algebra.ts';
import { groupedGram } from '../wasm/gram.ts';
import type { Column } from './columns.ts';
import { addRidge, equationsOf, type NormalEquations } from './normal-equations.ts';

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
  const groups = groupedGram([...columns, target], weights, groupOf, GROUPS).map((products) =>
    equationsOf(products, order),
  );
  const all: NormalEquations = { order, matrix: new Float64Array(order * order), vector: new Float64Array(order) };
  for (const { matrix, vector } of groups) {
    add(all.matrix, matrix);
    add(all.vector, vector);
  }
  if (ridge) addRidge(all);
  return { ...all, groups };
}

function add(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < from.length; i++) into[i]! += from[i]!;
}

/** The standard errors of the unknowns `kept`, whose values with all rows are `values`. */
export function jackknifeErrors(
  equations: GroupedEquations,
  kept: readonly number[],
  values: ArrayLike<number>,
): Float64Array {
  const { order, matrix, vector, groups } = equations;
  const size = kept.length;
  const squared = order * order;
  // Terms are eliminated one by one from the same equations.
  const { layout, start } = layOutBehind(
    equations,
    (GROUPS + 1) * (squared + order),
    size * size + 4 * size + 4,
    (room) => {
      room.set(matrix);
      room.set(vector, squared);
      for (const [i, group] of groups.entries()) {
        room.set(group.matrix, squared + order + i * squared);
        room.set(group.vector, squared + order + GROUPS * squared + i * order);
      }
    },
  );
  const keptAt = layout.copy(kept);
  const valuesAt = layout.copy(values);
  const scratch = layout.room(size * size + size);
  const squares = layout.room(size);
  const groupsAt = start + (squared + order) * 8;
  layout.functions.jackknife(
    start,
    start + squared * 8,
    order,
    groupsAt,
    GROUPS,
    keptAt,
    size,
    valuesAt,
    scratch,
    squares,
  );
  return layout.read(squares, size).map((sum) => Math.sqrt((sum * (GROUPS - 1)) / GROUPS));
}
