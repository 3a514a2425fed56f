/**
 * Rows between two growth events of one route in one life: see src/attribute/growth-events.ts. `growth` is what the memory
 * that stayed differs by; calls and ages are those in between, as in rows.ts.
 */
import type { RowGroups } from './grouped-nnls.ts';
import type { Moments } from './moments.ts';
import type { Rows } from './rows.ts';

/** With more rows, several of a route are joined to one. */
const MAX_ROWS = 800;
/** A route with no more rows in a life keeps them all. */
const FEW_ROWS = 4;
/** Rows a trigger needs for a variance of its own. */
const LEAST_ROWS_OF_TRIGGER = 8;

export interface EventRows {
  rows: Rows;
  /** Rows by the route that triggered them, where it has many: their noise is its own. */
  triggers: RowGroups;
}

/** Two events of one route, by their numbers. */
type Step = readonly [from: number, to: number];

/**
 * @param skip the share of each life's requests that is left out at its beginning.
 * @param gap requests between two events, at least.
 */
export function buildEventRows(moments: Moments, skip: number, gap: number): EventRows {
  const steps = joined(stepsOf(moments, skip, gap), moments);
  const { columns, calls, ages, bytes } = moments;
  const between = (levels: Float64Array, column: number) => {
    const differences = new Float64Array(steps.length);
    for (let row = 0; row < steps.length; row++) {
      const [from, to] = steps[row]!;
      differences[row] = levels[to * columns + column]! - levels[from * columns + column]!;
    }
    return differences;
  };
  const every = Array.from({ length: columns }, (_, column) => column);
  const rows: Rows = {
    count: steps.length,
    life: Int32Array.from(steps, ([, to]) => moments.life[to]!),
    growth: Float64Array.from(steps, ([from, to]) => bytes[to]! - bytes[from]!),
    calls: every.map((column) => between(calls, column)),
    ages: every.map((column) => between(ages, column)),
    steps: [],
  };
  return { rows, triggers: groupsOf(Int32Array.from(steps, ([, to]) => moments.route[to]!)) };
}

function groupsOf(routes: Int32Array): RowGroups {
  const rowsOf = new Map<number, number>();
  for (const route of routes) rowsOf.set(route, (rowsOf.get(route) ?? 0) + 1);
  const groupOf = new Map<number, number>();
  for (const [route, rows] of rowsOf) if (rows >= LEAST_ROWS_OF_TRIGGER) groupOf.set(route, groupOf.size);
  return { of: routes.map((route) => groupOf.get(route) ?? -1), count: groupOf.size };
}

function stepsOf({ count, life, route, position, requests }: Moments, skip: number, gap: number): Step[] {
  const steps: Step[] = [];
  let last = new Map<number, number>();
  for (let to = 0; to < count; to++) {
    if (to > 0 && life[to] !== life[to - 1]) last = new Map();
    const from = last.get(route[to]!);
    if (from !== undefined && position[to]! - position[from]! < gap) continue;
    last.set(route[to]!, to);
    if (from !== undefined && position[to]! >= skip * requests[life[to]!]!) steps.push([from, to]);
  }
  return steps;
}

/** Not more than MAX_ROWS, about: neighbouring steps of a route in a life become one. */
function joined(steps: Step[], { life, route }: Moments): Step[] {
  if (steps.length <= MAX_ROWS) return steps;
  const group = Math.ceil(steps.length / MAX_ROWS);
  const byTrigger = new Map<string, Step[]>();
  for (const step of steps) {
    const key = `${life[step[1]]} ${route[step[1]]}`;
    const known = byTrigger.get(key);
    if (known) known.push(step);
    else byTrigger.set(key, [step]);
  }
  const fewer: Step[] = [];
  for (const own of byTrigger.values()) {
    if (own.length <= FEW_ROWS) fewer.push(...own);
    else
      for (let i = 0; i < own.length; i += group)
        fewer.push([own[i]![0], own[Math.min(own.length, i + group) - 1]![1]]);
  }
  return fewer.sort(([, a], [, b]) => a - b);
}
