/**
 * The growth events of all lives in columns, each with what its life had seen of every route up to it; without those that are
 * the only one of their route in a life, as they have none to be compared with.
 */
import { startOf } from '../attribute/pair-table.ts';
import type { Coarsening } from './coarsening.ts';
import type { ColumnMap } from './rows.ts';

export interface Moments {
  /** Events, in the order of lives and then of the log. */
  count: number;
  life: Int32Array;
  route: Int32Array;
  /** Requests of the life up to and with it. */
  position: Int32Array;
  /** The memory that stayed. */
  bytes: Float64Array;
  /** Requests of each life. */
  requests: Float64Array;
  columns: number;
  /** Calls up to the event, and log2(1 + calls) of each route added up, `columns` numbers per event. */
  calls: Float64Array;
  ages: Float64Array;
}

export function momentsOf({ lives }: Coarsening, { columnOf, count: columns }: ColumnMap): Moments {
  const paired = lives.map(({ events }) => arePaired(events.routes, columnOf.length));
  const count = paired.reduce((sum, life) => sum + life.reduce((pairs, isPaired) => pairs + isPaired, 0), 0);
  const moments: Moments = {
    count,
    life: new Int32Array(count),
    route: new Int32Array(count),
    position: new Int32Array(count),
    bytes: new Float64Array(count),
    requests: Float64Array.from(lives, ({ requests }) => requests),
    columns,
    calls: new Float64Array(count * columns),
    ages: new Float64Array(count * columns),
  };
  const callsSoFar = new Float64Array(columnOf.length);
  let at = 0;
  lives.forEach(({ events }, life) => {
    callsSoFar.fill(0);
    const calls = new Float64Array(columns);
    const ages = new Float64Array(columns);
    const { ends, routes, amounts } = events.calls;
    for (let event = 0; event < ends.length; event++) {
      for (let i = startOf(events.calls, event); i < ends[event]!; i++) {
        const route = routes[i]!;
        const before = callsSoFar[route]!;
        const now = before + amounts[i]!;
        callsSoFar[route] = now;
        const column = columnOf[route]!;
        if (column < 0) continue;
        calls[column]! += now - before;
        ages[column]! += Math.log2((1 + now) / (1 + before));
      }
      if (paired[life]![event] === 0) continue;
      moments.life[at] = life;
      moments.route[at] = events.routes[event]!;
      moments.position[at] = events.positions[event]!;
      moments.bytes[at] = events.bytes[event]!;
      moments.calls.set(calls, at * columns);
      moments.ages.set(ages, at * columns);
      at++;
    }
  });
  return moments;
}

/** Per event 1 where another one is of the same route. */
function arePaired(routes: Int32Array, routeCount: number): Uint8Array {
  const events = new Int32Array(routeCount);
  for (const route of routes) events[route]!++;
  return Uint8Array.from(routes, (route) => (events[route]! > 1 ? 1 : 0));
}
