/**
 * With many routes the fits would have more terms than the rows can tell apart. So the most promising routes get columns of
 * their own: a third by what their own requests grew, the others by forward selection; all the rest share one column.
 */
import type { Coarsening } from './coarsening.ts';
import { type Column, product, rowsUsed, sumOf, without } from './columns.ts';
import { fadingSum } from './filter.ts';
import { LEAST_ROWS } from './fit.ts';
import { nonNegativeLeastSquares } from './nnls.ts';
import { normalEquations } from './normal-equations.ts';
import type { OwnSteps } from './own-step-regression.ts';
import { huberWeights, localScale } from './robust-scale.ts';
import type { RouteTotals } from './route-totals.ts';
import { buildRows, withoutBeginnings } from './rows.ts';

const THETA = 0.6;
const SKIP = 0.05;
const HUBER_LIMIT = 4;
/** Rows a route must be called in to be selected by the fit. */
const ENOUGH_ROWS = 5;
/** Routes selected between two fits. */
const AT_ONCE = 3;
/** Routes that are looked at one by one, by calls and own growth: bounds the memory. The others can't be selected. */
const MOST_COLUMNS = 2000;

/** The numbers of at most `wanted` routes, ascending. */
export function screen(evidence: Coarsening, totals: RouteTotals, own: readonly OwnSteps[], wanted: number): number[] {
  const byOwnGrowth = own.map((_, route) => route).filter((route) => own[route]!.mean > 0);
  const growth = (route: number) => own[route]!.mean * own[route]!.calls;
  byOwnGrowth.sort((a, b) => growth(b) - growth(a) || a - b);
  const growing = byOwnGrowth.slice(0, Math.floor(wanted / 2));

  const { routes, columnOf } = columnsFor(totals, growing);
  const map = { columnOf, count: routes.length + 1 };
  const rows = withoutBeginnings(buildRows(evidence, map, 1), evidence, SKIP);
  if (rows.count < LEAST_ROWS) return own.map((_, route) => route).slice(0, wanted);
  const filtered = (column: Column) => fadingSum(column, rows.life, THETA);
  const target = filtered(rows.growth);
  const weights = huberWeights(target, localScale(target, rows.life), HUBER_LIMIT);
  const calls = rows.calls.map(filtered);
  const ages = rows.ages.map(filtered);
  const open = new Set(routes.map((_, i) => i).filter((i) => rowsUsed(calls[i]!) >= ENOUGH_ROWS));
  const terms = [sumOf(calls, rows.count), sumOf(ages, rows.count)];
  const chosen: number[] = [];
  const choose = (i: number) => {
    chosen.push(i);
    open.delete(i);
    terms.push(calls[i]!, ages[i]!);
  };

  const columnsOfGrowing = new Set(growing);
  routes.forEach((route, i) => {
    if (columnsOfGrowing.has(route)) choose(i);
  });
  while (chosen.length < wanted) {
    const equations = normalEquations(terms, target, weights);
    const solution = nonNegativeLeastSquares(
      equations,
      terms.map((_, i) => i),
    );
    const residuals = without(target, terms, solution);
    const promising = mostPromising(calls, open, residuals, weights).slice(
      0,
      Math.min(AT_ONCE, wanted - chosen.length),
    );
    if (promising.length === 0) break;
    promising.forEach(choose);
  }
  return chosen.map((i) => routes[i]!).sort((a, b) => a - b);
}

/** One column per route that is looked at, and a last one for all others. */
function columnsFor(totals: RouteTotals, growing: readonly number[]): { routes: number[]; columnOf: Int32Array } {
  const called = [...totals.calls.keys()];
  const busiest = called.sort((a, b) => totals.windows[b]! - totals.windows[a]! || a - b).slice(0, MOST_COLUMNS);
  const routes = [...new Set([...growing, ...busiest])].sort((a, b) => a - b);
  const columnOf = new Int32Array(totals.calls.length).fill(routes.length);
  routes.forEach((route, column) => {
    columnOf[route] = column;
  });
  return { routes, columnOf };
}

/** Columns by how much of the residuals each alone would explain, the most first. */
function mostPromising(columns: readonly Column[], open: Set<number>, residuals: Column, weights: Column): number[] {
  const weighted = product(residuals, weights);
  const promise = new Map<number, number>();
  for (const i of open) {
    const column = columns[i]!;
    let explained = 0;
    let squares = 0;
    for (let row = 0; row < column.length; row++) {
      const value = column[row]!;
      explained += weighted[row]! * value;
      squares += weights[row]! * value * value;
    }
    if (squares > 0 && explained > 0) promise.set(i, explained / Math.sqrt(squares));
  }
  return [...promise].sort(([a, x], [b, y]) => y - x || a - b).map(([i]) => i);
}
