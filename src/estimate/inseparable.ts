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

/** The candidates with one column for each set of inseparable ones. */
export function joinInseparable(candidates: Candidates, rows: Rows): Candidates {
  const groups = new Map<number, number[]>();
  representatives(rows.calls.slice(0, candidates.routes.length)).forEach((first, column) => {
    groups.set(first, [...(groups.get(first) ?? []), ...candidates.routes[column]!]);
  });
  if (groups.size === candidates.routes.length) return candidates;
  const hasRest = candidates.count > candidates.routes.length;
  return columnsOf([...groups.values()], candidates.columnOf.length, hasRest);
}

/** For each column the first one it can't be told apart from: itself, mostly. */
export function representatives(columns: readonly Column[]): number[] {
  const standard = columns.map(standardise);
  const first: number[] = [];
  standard.forEach((column, i) => {
    const twin = column && standard.slice(0, i).findIndex((other) => other && correlation(column, other) >= SAME);
    first.push(twin === null || twin < 0 ? i : first[twin]!);
  });
  return first;
}

/** With mean 0 and length 1; null for a constant column. */
function standardise(column: Column): Column | null {
  const center = mean(column);
  const centered = column.map((value) => value - center);
  const length = Math.sqrt(centered.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? centered.map((value) => value / length) : null;
}

function correlation(a: Column, b: Column): number {
  return a.reduce((sum, value, row) => sum + value * b[row]!, 0);
}
