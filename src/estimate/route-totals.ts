/** What one pass over the evidence counts per route, before any statistics. */
import type { LifeEvidence } from '../attribute/life.ts';
import type { PairTable } from '../attribute/pair-table.ts';
import { Tally } from '../attribute/tally.ts';

export interface RouteTotals {
  /** Calls of each route. */
  calls: Float64Array;
  /** Lives in which the route was called. */
  lives: Float64Array;
  /** Windows, of all lives, in which it was called. */
  windows: Float64Array;
  /** Over those windows, the sum of the squares of its calls. */
  squaredCalls: Float64Array;
  /** Over all lives, the sum of log2(1 + calls in the life): times bytes per doubling, its plateau. */
  ages: Float64Array;
}

export function routeTotals(lives: readonly LifeEvidence[], routeCount: number): RouteTotals {
  const numbers = () => new Float64Array(routeCount);
  const totals: RouteTotals = {
    calls: numbers(),
    lives: numbers(),
    windows: numbers(),
    squaredCalls: numbers(),
    ages: numbers(),
  };
  for (const life of lives) {
    addWindows(life.floors.calls, totals);
    addLife(callsOfLife(life), totals);
  }
  return totals;
}

function addWindows({ routes, amounts }: PairTable, { windows, squaredCalls }: RouteTotals): void {
  for (let i = 0; i < routes.length; i++) {
    windows[routes[i]!]! += 1;
    squaredCalls[routes[i]!]! += amounts[i]! * amounts[i]!;
  }
}

function addLife({ size, keys, amounts }: Tally, { calls, lives, ages }: RouteTotals): void {
  for (let i = 0; i < size; i++) {
    calls[keys[i]!]! += amounts[i]!;
    lives[keys[i]!]! += 1;
    ages[keys[i]!]! += Math.log2(1 + amounts[i]!);
  }
}

/** How often each route was called in a life. */
export function callsOfLife({ floors, tail }: LifeEvidence): Tally {
  const { routes, amounts } = floors.calls;
  const calls = new Tally();
  calls.addRange(routes, amounts, 0, routes.length);
  for (let i = 0; i < tail.length; i += 2) calls.add(tail[i]!, tail[i + 1]!);
  return calls;
}
