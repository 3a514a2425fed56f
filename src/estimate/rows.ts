/**
 * The rows a fit explains: one per pair of neighbouring floors of a life. `growth` is what the floor grew by, in bytes; each
 * route (or group of routes) has three columns, see below. A fit at scale 2 joins two base windows to one row, and so on.
 */
import { BASE_WINDOW, type Floor } from '../attribute/life.ts';
import type { Coarsening } from './coarsening.ts';
import type { Column } from './columns.ts';

export interface Rows {
  count: number;
  /** Which life each row is of, in order. */
  life: Int32Array;
  growth: Column;
  /** Calls between the two floors: times bytes per call, what leaked. */
  calls: Column[];
  /** By how much log2(1 + calls in this life so far) grew: times bytes per doubling, what levels off. */
  ages: Column[];
  /** Growth seen in the route's own requests, in bytes. */
  steps: Column[];
}

/** Which column each route has; several routes may share one, -1 is none. */
export interface ColumnMap {
  columnOf: Int32Array;
  count: number;
}

/** @param skip the share of each life's requests that is left out at its beginning. */
export function buildRows(evidence: Coarsening, { columnOf, count }: ColumnMap, scale: number, skip: number): Rows {
  const life: number[] = [];
  const growth: number[] = [];
  // Entries of the columns, five numbers each time: row, column, calls, age, step.
  const entries: number[] = [];
  const callsSoFar = new Float64Array(columnOf.length);
  const calls = new Float64Array(columnOf.length);
  const steps = new Float64Array(columnOf.length);

  evidence.lives.forEach(({ floors, window, requests }, lifeNumber) => {
    callsSoFar.fill(0);
    calls.fill(0);
    steps.fill(0);
    let touched: number[] = [];
    let before: number | null = null;
    const every = Math.max(1, Math.round((scale * evidence.factor * BASE_WINDOW) / window));
    for (let start = 0; start < floors.length; start += every) {
      const end = Math.min(floors.length, start + every);
      const lowest = lowestOf(floors, start, end);
      for (let i = start; i < end; i++) {
        const floor = floors[i]!;
        for (let k = 0; k < floor.calls.length; k += 2) {
          const route = floor.calls[k]!;
          if (calls[route] === 0) touched.push(route);
          calls[route]! += floor.calls[k + 1]!;
        }
        for (let k = 0; k < floor.steps.length; k += 2) steps[floor.steps[k]!]! += floor.steps[k + 1]!;
        if (i !== lowest) continue;
        const isRow = before !== null && floor.position >= skip * requests;
        for (const route of touched) {
          const old = callsSoFar[route]!;
          const now = old + calls[route]!;
          const column = columnOf[route]!;
          if (isRow && column >= 0) {
            entries.push(growth.length, column, calls[route]!, Math.log2(1 + now) - Math.log2(1 + old), steps[route]!);
          }
          callsSoFar[route] = now;
          calls[route] = 0;
          steps[route] = 0;
        }
        touched = [];
        if (isRow) {
          life.push(lifeNumber);
          growth.push(floor.bytes - before!);
        }
        before = floor.bytes;
      }
    }
  });

  const empty = () => Array.from({ length: count }, () => new Float64Array(growth.length));
  const rows: Rows = {
    count: growth.length,
    life: Int32Array.from(life),
    growth: Float64Array.from(growth),
    calls: empty(),
    ages: empty(),
    steps: empty(),
  };
  for (let i = 0; i < entries.length; i += 5) {
    const row = entries[i]!;
    const column = entries[i + 1]!;
    rows.calls[column]![row]! += entries[i + 2]!;
    rows.ages[column]![row]! += entries[i + 3]!;
    rows.steps[column]![row]! += entries[i + 4]!;
  }
  return rows;
}

/** The last of the lowest floors. */
function lowestOf(floors: readonly Floor[], start: number, end: number): number {
  let lowest = start;
  for (let i = start + 1; i < end; i++) if (floors[i]!.bytes <= floors[lowest]!.bytes) lowest = i;
  return lowest;
}
