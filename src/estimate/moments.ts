/** The growth events of all lives in columns, each with what its life had seen of every route up to it. */
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
  const count = lives.reduce((sum, { events }) => sum + events.routes.length, 0);
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
