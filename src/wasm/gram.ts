/** Weighted scalar products of many columns with each other, of all rows or of groups of them. */
import { type Layout, layOut } from './algebra.ts';

const NUMBER = 8;

/** columnsᵀ diag(weights) columns: symmetric, row-major, as many numbers as columns squared. */
export function gram(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  return gramOf(columns, weights, { places: undefined, ends: Int32Array.of((weights.length + 1) & ~1) })[0]!;
}

/**
 * The same for the rows of each group alone.
 * @param groupOf the group of each row, below `groups`.
 */
export function groupedGram(
  columns: readonly Float64Array[],
  weights: Float64Array,
  groupOf: Int32Array,
  groups: number,
): Float64Array[] {
  return gramOf(columns, weights, placesOf(groupOf, groups));
}

function gramOf(columns: readonly Float64Array[], weights: Float64Array, { places, ends }: Places): Float64Array[] {
  const order = columns.length;
  // The loops take four columns, and two rows, at a time.
  const count = (order + 3) & ~3;
  const rows = ends.at(-1)!;
  const layout = layOut((count + 3) * rows + count * count);
  const { numbers, functions } = layout;
  const columnsAt = layout.room(count * rows);
  for (let i = 0; i < count; i++) place(columns[i], places, numbers, columnsAt / NUMBER + i * rows, rows);
  const weightsAt = layout.room(rows);
  place(weights, places, numbers, weightsAt / NUMBER, rows);
  const scratch = layout.room(2 * rows);
  const out = layout.room(count * count);
  return Array.from(ends, (end, group) => {
    const start = (group === 0 ? 0 : ends[group - 1]!) * NUMBER;
    const length = end * NUMBER - start;
    functions.gram(columnsAt + start, count, rows * NUMBER, length, weightsAt + start, scratch, out);
    return symmetric(layout, out / NUMBER, order, count);
  });
}

/** Where each row is put so that those of a group stand together, an even number of places for each group. */
interface Places {
  /** Undefined: the rows stay in their order. */
  places: Int32Array | undefined;
  ends: Int32Array;
}

function placesOf(groupOf: Int32Array, groups: number): Places {
  const ends = new Int32Array(groups);
  for (const group of groupOf) ends[group]!++;
  const next = new Int32Array(groups);
  let end = 0;
  for (let group = 0; group < groups; group++) {
    next[group] = end;
    end += (ends[group]! + 1) & ~1;
    ends[group] = end;
  }
  return { places: groupOf.map((group) => next[group]!++), ends };
}

/** Writes a column, or zeros where there is none, and zeros where it has no row. */
function place(
  column: Float64Array | undefined,
  places: Int32Array | undefined,
  numbers: Float64Array,
  start: number,
  rows: number,
): void {
  if (column === undefined || places !== undefined) numbers.fill(0, start, start + rows);
  if (column === undefined) return;
  if (places !== undefined) {
    scatter(column, places, numbers, start);
    return;
  }
  numbers.set(column, start);
  if (rows > column.length) numbers[start + rows - 1] = 0;
}

function scatter(column: Float64Array, places: Int32Array, numbers: Float64Array, start: number): void {
  for (let row = 0; row < places.length; row++) numbers[start + places[row]!] = column[row]!;
}

/** The matrix whose lower triangle is in memory, `count` numbers per row. */
function symmetric({ numbers }: Layout, start: number, order: number, count: number): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = numbers[start + i * count + j]!;
      matrix[i * order + j] = sum;
      matrix[j * order + i] = sum;
    }
  }
  return matrix;
}
