/**
 * Rows between two growth events of one route in one life: see src/attribute/growth-events.ts. `growth` is what the memory
 * that stayed differs by; calls and ages are those in between, as in rows.ts.
 */
import type { GrowthEvent } from '../attribute/growth-events.ts';
import type { Coarsening } from './coarsening.ts';
import type { Column } from './columns.ts';
import type { ColumnMap, Rows } from './rows.ts';

/** With more rows, several of a route are joined to one. */
const MAX_ROWS = 800;
/** A route with no more rows in a life keeps them all. */
const FEW_ROWS = 4;
/** Rows a trigger needs for a variance of its own. */
const LEAST_ROWS_OF_TRIGGER = 8;

export interface EventRows {
  rows: Rows;
  /** Per route that triggers many of the rows, 1 in these: their noise is its own. */
  byTrigger: Column[];
}

/** A moment of a life: calls and ages per column up to it. */
interface Moment {
  life: number;
  event: GrowthEvent;
  calls: Float64Array;
  ages: Float64Array;
}

type Step = readonly [from: Moment, to: Moment];

/**
 * @param skip the share of each life's requests that is left out at its beginning.
 * @param gap requests between two events, at least.
 */
export function buildEventRows(evidence: Coarsening, columns: ColumnMap, skip: number, gap: number): EventRows {
  const steps = joined(evidence.lives.flatMap((_, life) => stepsOfLife(evidence, life, columns, skip, gap)));
  const empty = () => Array.from({ length: columns.count }, () => new Float64Array(steps.length));
  const rows: Rows = {
    count: steps.length,
    life: Int32Array.from(steps, ([, to]) => to.life),
    growth: Float64Array.from(steps, ([from, to]) => to.event.bytes - from.event.bytes),
    calls: empty(),
    ages: empty(),
    steps: [],
  };
  const triggers = new Map<number, Column>();
  steps.forEach(([from, to], row) => {
    for (let column = 0; column < columns.count; column++) {
      rows.calls[column]![row] = to.calls[column]! - from.calls[column]!;
      rows.ages[column]![row] = to.ages[column]! - from.ages[column]!;
    }
    const { route } = to.event;
    const trigger = triggers.get(route) ?? new Float64Array(steps.length);
    trigger[row] = 1;
    triggers.set(route, trigger);
  });
  const isFrequent = (trigger: Column) => trigger.reduce((sum, value) => sum + value, 0) >= LEAST_ROWS_OF_TRIGGER;
  return { rows, byTrigger: [...triggers.values()].filter(isFrequent) };
}

function stepsOfLife(
  { lives }: Coarsening,
  life: number,
  { columnOf, count }: ColumnMap,
  skip: number,
  gap: number,
): Step[] {
  const { events, requests } = lives[life]!;
  const callsSoFar = new Map<number, number>();
  const calls = new Float64Array(count);
  const ages = new Float64Array(count);
  const last = new Map<number, Moment>();
  const steps: Step[] = [];
  for (const event of events) {
    for (let i = 0; i < event.calls.length; i += 2) {
      const route = event.calls[i]!;
      const before = callsSoFar.get(route) ?? 0;
      const now = before + event.calls[i + 1]!;
      callsSoFar.set(route, now);
      const column = columnOf[route]!;
      if (column < 0) continue;
      calls[column]! += now - before;
      ages[column]! += Math.log2((1 + now) / (1 + before));
    }
    const from = last.get(event.route);
    if (from && event.position - from.event.position < gap) continue;
    const to: Moment = { life, event, calls: calls.slice(), ages: ages.slice() };
    last.set(event.route, to);
    if (from && event.position >= skip * requests) steps.push([from, to]);
  }
  return steps;
}

/** Not more than MAX_ROWS, about: neighbouring steps of a route in a life become one. */
function joined(steps: Step[]): Step[] {
  if (steps.length <= MAX_ROWS) return steps;
  const group = Math.ceil(steps.length / MAX_ROWS);
  const byTrigger = new Map<string, Step[]>();
  for (const step of steps) {
    const key = `${step[1].life} ${step[1].event.route}`;
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
  return fewer.sort(([, a], [, b]) => a.life - b.life || a.event.position - b.event.position);
}
