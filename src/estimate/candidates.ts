/** Which routes get a column of their own in the fits, and which share one. */
import type { Coarsening } from './coarsening.ts';
import type { OwnSteps } from './own-step-regression.ts';
import type { RouteTotals } from './route-totals.ts';
import type { ColumnMap } from './rows.ts';
import { screen } from './screen.ts';

/** Columns at most and at least, and rows a column should have. */
const MOST = 30;
const LEAST = 12;
const ROWS_PER_COLUMN = 8;
/** So many routes more are fitted without screening: leaving out two is not worth it. */
const TOLERATED = 2;

export interface Candidates extends ColumnMap {
  /** The routes of each column: one, or those that can't be told apart. A last column without entry here is the rest. */
  routes: number[][];
}

export function chooseCandidates(evidence: Coarsening, totals: RouteTotals, own: readonly OwnSteps[]): Candidates {
  const floors = evidence.lives.reduce((sum, life) => sum + life.floors.bytes.length, 0);
  const most = Math.max(LEAST, Math.min(MOST, Math.floor(floors / ROWS_PER_COLUMN)));
  const isScreened = own.length > most + TOLERATED;
  const chosen = isScreened ? screen(evidence, totals, own, most) : own.map((_, route) => route);
  return columnsOf(
    chosen.map((route) => [route]),
    own.length,
    isScreened,
  );
}

/** @param hasRest whether routes that are in no group share a last column. */
export function columnsOf(groups: number[][], routeCount: number, hasRest: boolean): Candidates {
  const columnOf = new Int32Array(routeCount).fill(hasRest ? groups.length : -1);
  groups.forEach((routes, column) => {
    for (const route of routes) columnOf[route] = column;
  });
  return { columnOf, count: groups.length + (hasRest ? 1 : 0), routes: groups };
}
