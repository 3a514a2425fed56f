/**
 * Routes whose calls rise and fall together, window by window: no log can say which of them leaks, so they are fitted as one
 * column and none of them is accused alone.
 */
import { type Candidates, columnsOf } from './candidates.ts';
import type { Column } from './columns.ts';
import type { Rows } from './rows.ts';
import { mean } from './statistics.ts';

/** Correlation of the calls per row from which on they count as the same. */
const SAME = 0.97;
/**
 * A floor may lie between two calls that always follow each other, all the more when one of them leaks. That blurs short
 * rows; so the sums of some rows may show the sameness, if the rows do not speak against it.
 */
const JOINED_ROWS = 8;
const NOT_AGAINST = 0.8;
/** Sums that are enough to correlate. */
const LEAST_SUMS = 24;

/** The candidates with one column for each set of inseparable ones. */
export function joinInseparable(candidates: Candidates, rows: Rows): Candidates {
  const groups = new Map<number, number[]>();
  representatives(rows.calls.slice(0, candidates.routes.length), rows.life).forEach((first, column) => {
    groups.set(first, [...(groups.get(first) ?? []), ...candidates.routes[column]!]);
  });
  if (groups.size === candidates.routes.length) return candidates;
  const hasRest = candidates.count > candidates.routes.length;
  return columnsOf([...groups.values()], candidates.columnOf.length, hasRest);
}

/** For each column the first one it can't be told apart from: itself, mostly. */
export function representatives(columns: readonly Column[], life: Int32Array): number[] {
  const fine = columns.map(standardise);
  const coarse = columns.map((column) => standardise(joinRows(column, life)));
  const isSame = (a: number, b: number): boolean => {
    const blurred = correlation(fine[a]!, fine[b]!);
    if (blurred >= SAME) return true;
    return blurred >= NOT_AGAINST && coarse[a]!.length >= LEAST_SUMS && correlation(coarse[a]!, coarse[b]!) >= SAME;
  };
  const first: number[] = [];
  columns.forEach((_, i) => {
    const twin = first.findIndex((_, other) => isSame(i, other));
    first.push(twin < 0 ? i : first[twin]!);
  });
  return first;
}

/** Sums of neighbouring rows of a life; rows left over at its end are not used. */
function joinRows(column: Column, life: Int32Array): Column {
  const sums: number[] = [];
  for (let row = 0; row + JOINED_ROWS <= column.length; ) {
    if (life[row] !== life[row + JOINED_ROWS - 1]) {
      row++;
      continue;
    }
    let sum = 0;
    for (const end = row + JOINED_ROWS; row < end; row++) sum += column[row]!;
    sums.push(sum);
  }
  return Float64Array.from(sums);
}

/** With mean 0 and length 1, or all 0 for a constant column. */
function standardise(column: Column): Column {
  const center = mean(column);
  const centered = column.map((value) => value - center);
  const length = Math.sqrt(centered.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? centered.map((value) => value / length) : centered;
}

function correlation(a: Column, b: Column): number {
  return a.reduce((sum, value, row) => sum + value * b[row]!, 0);
}
