/** What one pass over the evidence counts per route, before any statistics. */
import type { LifeEvidence } from '../attribute/life.ts';
import { addPairs, type Pairs } from '../attribute/pairs.ts';

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
    for (const floor of life.floors) {
      for (let i = 0; i < floor.calls.length; i += 2) {
        totals.windows[floor.calls[i]!]!++;
        totals.squaredCalls[floor.calls[i]!]! += floor.calls[i + 1]! ** 2;
      }
    }
    for (const [route, calls] of callsOfLife(life)) {
      totals.calls[route]! += calls;
      totals.lives[route]!++;
      totals.ages[route]! += Math.log2(1 + calls);
    }
  }
  return totals;
}

/** How often each route was called in a life. */
export function callsOfLife({ floors, tail }: LifeEvidence): Map<number, number> {
  const calls: Pairs = [];
  for (const floor of floors) addPairs(calls, floor.calls);
  addPairs(calls, tail);
  return new Map(Array.from({ length: calls.length / 2 }, (_, i) => [calls[2 * i]!, calls[2 * i + 1]!]));
}
