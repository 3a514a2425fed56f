/**
 * Rows between the levels after growth events (see src/attribute/growth-events.ts): each event beside the last one of the
 * same route in the same life that lies at least `gap` requests before it. The pairs overlap, so that a level that is off
 * spoils two rows and not a whole chain; the fit is one that can forget these two.
 */
import type { Column } from './columns.ts';
import type { Moments } from './moments.ts';

/** With more rows, an even choice of them is fitted. */
const MAX_ROWS = 1200;
/** Rows a trigger needs for a column of its own. */
const LEAST_ROWS_OF_TRIGGER = 8;

export interface LevelRows {
  count: number;
  /** What the two levels differ by, in bytes. */
  growth: Column;
  /** Calls in between per column, and by how much log2(1 + calls in this life so far) grew. */
  calls: Column[];
  ages: Column[];
  /** Per row, whose events they are. */
  trigger: Int32Array;
  /**
   * Per route that triggers many of the rows, 1 in these: an event is a record, so the levels of a route whose need varies
   * rise from event to event though nothing is kept.
   */
  byTrigger: Column[];
}

/** Two events of one route, by their numbers. */
type Pair = readonly [from: number, to: number];

/**
 * @param skip the share of each life's requests that is left out at its beginning.
 * @param gap requests between two events, at least.
 */
export function buildLevelRows(moments: Moments, skip: number, gap: number): LevelRows {
  const pairs = evenly(pairsOf(moments, skip, gap));
  const { columns, calls, ages, bytes, route } = moments;
  const between = (levels: Float64Array, column: number): Column => {
    const differences = new Float64Array(pairs.length);
    for (let row = 0; row < pairs.length; row++) {
      const [from, to] = pairs[row]!;
      differences[row] = levels[to * columns + column]! - levels[from * columns + column]!;
    }
    return differences;
  };
  const every = Array.from({ length: columns }, (_, column) => column);
  const trigger = Int32Array.from(pairs, ([, to]) => route[to]!);
  return {
    count: pairs.length,
    growth: Float64Array.from(pairs, ([from, to]) => bytes[to]! - bytes[from]!),
    calls: every.map((column) => between(calls, column)),
    ages: every.map((column) => between(ages, column)),
    trigger,
    byTrigger: indicators(trigger),
  };
}

/** In the order of the later event. */
function pairsOf({ count, life, route, position, requests }: Moments, skip: number, gap: number): Pair[] {
  const pairs: Pair[] = [];
  let earlier = new Map<number, { events: number[]; near: number }>();
  for (let to = 0; to < count; to++) {
    if (to > 0 && life[to] !== life[to - 1]) earlier = new Map();
    const known = earlier.get(route[to]!);
    if (known === undefined) {
      earlier.set(route[to]!, { events: [to], near: 0 });
      continue;
    }
    // The first event that is too near; as positions only grow, it only moves on.
    const { events } = known;
    while (known.near < events.length && position[events[known.near]!]! <= position[to]! - gap) known.near++;
    if (known.near > 0 && position[to]! >= skip * requests[life[to]!]!) pairs.push([events[known.near - 1]!, to]);
    events.push(to);
  }
  return pairs;
}

function evenly(pairs: Pair[]): Pair[] {
  if (pairs.length <= MAX_ROWS) return pairs;
  return Array.from({ length: MAX_ROWS }, (_, i) => pairs[Math.floor((i * pairs.length) / MAX_ROWS)]!);
}

function indicators(trigger: Int32Array): Column[] {
  const rowsOf = new Map<number, number>();
  for (const route of trigger) rowsOf.set(route, (rowsOf.get(route) ?? 0) + 1);
  const frequent = [...rowsOf].filter(([, rows]) => rows >= LEAST_ROWS_OF_TRIGGER);
  return frequent.map(([route]) => Float64Array.from(trigger, (other) => (other === route ? 1 : 0)));
}
