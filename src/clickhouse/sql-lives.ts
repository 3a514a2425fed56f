/** From the rows of the queries about single lives to what is kept of them. */
import { floorsPerLife, hashOf, MAX_LIVES } from '../attribute/followed-lives.ts';
import { eventsFor } from '../attribute/growth-events.ts';
import type { Jumps } from '../attribute/jumps.ts';
import type { OwnSums } from '../attribute/own-steps.ts';
import type { PlainLife } from '../attribute/plain-life.ts';
import { compareTexts } from '../term/compare-texts.ts';
import { numberOf, type Row, textOf } from './engine.ts';
import { EVENTS, floorsSql, JUMPS, ownSumsSql } from './life-sql.ts';
import type { Stages } from './stages.ts';

/** What is kept of each life that is followed. @param parts of routes are kept apart. */
export async function livesOf(
  stages: Stages,
  workerRows: readonly Row[],
  parts: boolean,
): Promise<Map<string, PlainLife>> {
  const measured = workerRows.filter((row) => numberOf(row, 'measured_count') > 0);
  const workers = measured
    .map((row) => textOf(row, 'worker'))
    .sort((a, b) => hashOf(a) - hashOf(b) || compareTexts(a, b))
    .slice(0, MAX_LIVES);
  const followed = new Set(workers);
  const most = floorsPerLife(workers.length);
  const lives = new Map(
    measured.flatMap((row) => {
      const worker = textOf(row, 'worker');
      return followed.has(worker) ? [[worker, emptyLife(row)] as const] : [];
    }),
  );
  if (workers.length === 0) return lives;
  const lifeOf = (row: Row) => lives.get(textOf(row, 'worker'))!;
  for (const row of await stages.ask(floorsSql(parts), { workers, most })) addFloor(lifeOf(row), row);
  for (const row of await stages.ask(ownSumsSql(parts), { workers })) {
    const sums = ['calls', 'steps', 'steps2', 'pauses', 'pauses2', 'pause_steps'].map((key) => numberOf(row, key));
    lifeOf(row).own.push([numberOf(row, 'of_route'), sums as OwnSums]);
  }
  for (const row of await stages.ask(JUMPS, { workers })) {
    const keys = ['route', 'size_class', 'jumps', 'call_numbers', 'fallen'];
    lifeOf(row).jumps.push(keys.map((key) => numberOf(row, key)) as Jumps);
  }
  for (const row of await stages.ask(EVENTS, { workers, events: eventsFor(most) })) addEvent(lifeOf(row), row);
  for (const life of lives.values()) life.own.sort(([a], [b]) => a - b);
  return lives;
}

function emptyLife(row: Row): PlainLife {
  return {
    window: 0,
    requests: numberOf(row, 'measured_count'),
    firstBytes: numberOf(row, 'first_measured'),
    lastBytes: numberOf(row, 'last_measured'),
    floors: [],
    tail: [],
    own: [],
    jumps: [],
    stretch: 25,
    events: [],
  };
}

/** What lies behind the last floor is no floor: no reading of it is the lowest of its window. */
function addFloor(life: PlainLife, row: Row): void {
  life.window = numberOf(row, 'window');
  const calls = pairsOf(row, 'calls_of');
  const position = numberOf(row, 'floor_position');
  if (position === 0) life.tail = calls;
  else life.floors.push({ bytes: numberOf(row, 'floor_bytes'), position, calls, steps: pairsOf(row, 'steps_of') });
}

function addEvent(life: PlainLife, row: Row): void {
  life.stretch = numberOf(row, 'stretch');
  life.events.push({
    route: numberOf(row, 'event_route'),
    bytes: numberOf(row, 'event_bytes'),
    position: numberOf(row, 'event_n'),
    calls: pairsOf(row, 'calls_of'),
  });
}

function pairsOf(row: Row, key: string): number[] {
  const pairs = row[key];
  return Array.isArray(pairs) ? pairs.flat().map(Number) : [];
}
