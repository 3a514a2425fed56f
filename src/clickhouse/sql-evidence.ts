/** From the rows of the queries in life-sql.ts to evidence. */
import { EVIDENCE_VERSION, type Evidence, type RouteEvidence, type WorkerEvidence } from '../attribute/evidence.ts';
import { floorsPerLife, hashOf, MAX_LIVES } from '../attribute/followed-lives.ts';
import { eventsFor } from '../attribute/growth-events.ts';
import type { InputCounts } from '../attribute/input-counts.ts';
import { sumJumps } from '../attribute/jumps.ts';
import type { OwnSums } from '../attribute/own-steps.ts';
import { lifeOfPlain, type PlainLife } from '../attribute/plain-life.ts';
import { mergeLargest } from '../attribute/route-sums.ts';
import type { Metric } from '../parse/reading.ts';
import { NO_KEY } from '../route/keys.ts';
import { WHOLE } from '../route/parts.ts';
import { compareTexts } from '../term/compare-texts.ts';
import { type Engine, numberOf, type Row, textOf } from './engine.ts';
import { EVENTS, FLOORS, JUMPS, LARGEST, OWN_SUMS, ROUTES, TOTALS, WORKERS } from './life-sql.ts';

export interface SqlLog {
  /** For the report: the table or file. */
  name: string;
  format: string;
  metric: Metric;
  /** Requests overlap. */
  concurrent: boolean;
  /** The common part of all queries: {@link readingsSql}. */
  readings: string;
  /** Lines that are no requests. */
  otherLines: number;
}

/** @param around the evidence of the lines around: how workers began and ended. */
export async function evidenceOfSql(engine: Engine, log: SqlLog, around: Evidence | undefined): Promise<Evidence> {
  const ask = (query: string, params = {}) => engine.rows(`WITH ${log.readings.trim()} ${query.trim()}`, params);
  const [totals = {}] = await ask(TOTALS);
  const workerRows = await ask(WORKERS);
  const routes = (await ask(ROUTES)).map(routeOf);
  const numbers = new Map(routes.map(({ name }, number) => [name, number]));
  for (const row of await ask(LARGEST)) {
    const route = routes[numbers.get(textOf(row, 'route'))!]!;
    route.largest = mergeLargest(route.largest, [largestOf(row, log.name)]);
  }
  const followed = workerRows
    .map((row) => textOf(row, 'worker'))
    .sort((a, b) => hashOf(a) - hashOf(b) || compareTexts(a, b))
    .slice(0, MAX_LIVES);
  const most = floorsPerLife(followed.length);
  const params = { workers: followed, most };
  const lives = new Map(
    workerRows
      .filter((row) => followed.includes(textOf(row, 'worker')))
      .map((row) => [textOf(row, 'worker'), emptyLife(row)]),
  );
  const lifeOf = (row: Row) => lives.get(textOf(row, 'worker'))!;
  const routeNumber = (row: Row, key = 'route') => numbers.get(textOf(row, key))!;
  if (followed.length > 0) {
    for (const row of await ask(FLOORS, params)) addFloor(lifeOf(row), row, routeNumber(row));
    for (const life of lives.values()) closeFloors(life);
    for (const row of await ask(OWN_SUMS, { workers: followed })) {
      const sums = ['calls', 'steps', 'steps2', 'pauses', 'pauses2', 'pause_steps'].map((key) => numberOf(row, key));
      lifeOf(row).own.push([routeNumber(row), sums as OwnSums]);
    }
    for (const row of await ask(JUMPS, { workers: followed })) {
      const [sizeClass, jumps, callNumbers, fallen] = ['size_class', 'jumps', 'call_numbers', 'fallen'].map((key) =>
        numberOf(row, key),
      );
      lifeOf(row).jumps.push([routeNumber(row), sizeClass!, jumps!, callNumbers!, fallen!]);
    }
    for (const row of await ask(EVENTS, { workers: followed, events: eventsFor(most) }))
      addEvent(lifeOf(row), row, routeNumber(row), routeNumber(row, 'event_route'));
  }
  for (const life of lives.values()) {
    life.own.sort(([a], [b]) => a - b);
    life.jumps = sumJumps(life.jumps);
  }
  const endings = new Map(around?.workers.map(({ name, ended }) => [name, ended]));
  const workers = workerRows.map((row) => workerOf(row, endings, lives.get(textOf(row, 'worker'))));
  const times = (key: string) => workerRows.flatMap((row) => (row[key] === null ? [] : [numberOf(row, key)]));
  const firstTimes = times('first_time');
  const lastTimes = times('last_time');
  const requests = numberOf(totals, 'requests');
  const measured = workers.reduce((sum, worker) => sum + worker.requests, 0);
  const input: InputCounts = {
    name: log.name,
    readings: requests,
    otherLines: log.otherLines,
    malformedLines: 0,
    formats: requests > 0 ? { [log.format]: requests } : {},
    metrics: { [log.metric]: workers.length },
    wrappers: [],
  };
  const sumOf = (key: string) => workerRows.reduce((sum, row) => sum + numberOf(row, key), 0);
  return {
    version: EVIDENCE_VERSION,
    metric: log.metric,
    inputs: [input],
    firstTime: firstTimes.length > 0 ? firstTimes.reduce((a, b) => Math.min(a, b)) : null,
    lastTime: lastTimes.length > 0 ? lastTimes.reduce((a, b) => Math.max(a, b)) : null,
    routes,
    workers,
    unattributed: {
      netBytes: sumOf('net_bytes'),
      highWaterBytes: sumOf('high_water_bytes'),
      withoutUri: 0,
      torn: 0,
      unlogged: numberOf(totals, 'unlogged'),
    },
    requests,
    measuredReadings: measured,
    coarsestQuantumBytes: measured > 0 ? 1 : 0,
    zeroReadings: numberOf(totals, 'zeros'),
    absentReadings: numberOf(totals, 'absents'),
    deltaReadings: 0,
    peakReadings: 0,
    unnamedReadings: 0,
    notices: around?.notices ?? { dynoSamples: 0, implausible: null },
    crowdedPaths: 0,
    leftOut: 0,
    restarts: around?.restarts ?? 0,
    concurrent: log.concurrent,
    memoryReportOff: around?.memoryReportOff ?? false,
    mostUnannouncedLives: around?.mostUnannouncedLives ?? 0,
  };
}

function routeOf(row: Row): RouteEvidence {
  return {
    name: textOf(row, 'route'),
    hidden: false,
    given: false,
    key: NO_KEY,
    part: WHOLE,
    examples: (row.examples as string[]).map(String),
    calls: numberOf(row, 'calls'),
    grossBytes: numberOf(row, 'gross_bytes'),
    netBytes: numberOf(row, 'net_bytes'),
    highWaterBytes: numberOf(row, 'high_water_bytes'),
    growthCalls: numberOf(row, 'growth_calls'),
    peakCalls: 0,
    peakSumBytes: 0,
    largestPeakBytes: 0,
    largest: [],
  };
}

function largestOf(row: Row, file: string): RouteEvidence['largest'][number] {
  return {
    growthBytes: numberOf(row, 'growth_bytes'),
    beforeBytes: numberOf(row, 'before'),
    afterBytes: numberOf(row, 'bytes'),
    file,
    line: lineOf(row),
    order: lineOf(row),
    time: timeOf(row, 'time'),
    worker: textOf(row, 'worker'),
    method: '',
    uri: textOf(row, 'path'),
    status: null,
  };
}

/** Where rows are numbered as they are read, that is the line; else the worker's request. */
function lineOf(row: Row): number {
  return Number.isSafeInteger(Number(row.ord)) ? Number(row.ord) : numberOf(row, 'n');
}

function workerOf(row: Row, endings: ReadonlyMap<string, string | null>, life: PlainLife | undefined): WorkerEvidence {
  const name = textOf(row, 'worker');
  return {
    name,
    requests: numberOf(row, 'requests'),
    baseBytes: 0,
    firstBytes: numberOf(row, 'first_bytes'),
    lastBytes: numberOf(row, 'last_bytes'),
    peakBytes: numberOf(row, 'peak_bytes'),
    firstTime: timeOf(row, 'begin_time'),
    lastTime: timeOf(row, 'end_time'),
    ended: endings.get(name) ?? null,
    life: life ? lifeOfPlain(life) : null,
  };
}

function timeOf(row: Row, key: string): number | null {
  return row[key] === null || row[key] === undefined ? null : numberOf(row, key);
}

function emptyLife(row: Row): PlainLife {
  return {
    window: 0,
    requests: numberOf(row, 'requests'),
    firstBytes: numberOf(row, 'first_bytes'),
    lastBytes: numberOf(row, 'last_bytes'),
    floors: [],
    tail: [],
    own: [],
    jumps: [],
    stretch: 25,
    events: [],
  };
}

/** Rows come floor by floor. Calls behind a window's lowest reading are counted for the next floor, whose own bytes others tell. */
function addFloor(life: PlainLife, row: Row, route: number): void {
  const floor = numberOf(row, 'floor');
  const calls = numberOf(row, 'calls');
  const steps = numberOf(row, 'steps');
  life.window = numberOf(row, 'window');
  life.floors[floor] ??= { bytes: Number.NaN, position: 0, calls: [], steps: [] };
  const known = life.floors[floor];
  const position = numberOf(row, 'floor_position');
  if (Math.floor((position - 1) / life.window) === floor) {
    known.position = position;
    known.bytes = numberOf(row, 'floor_bytes');
  }
  const at = known.calls.findIndex((value, i) => i % 2 === 0 && value === route);
  if (at >= 0) known.calls[at + 1]! += calls;
  else known.calls.push(route, calls);
  if (steps === 0) return;
  const step = known.steps.findIndex((value, i) => i % 2 === 0 && value === route);
  if (step >= 0) known.steps[step + 1]! += steps;
  else known.steps.push(route, steps);
}

/** What lies behind the last floor is no floor. */
function closeFloors(life: PlainLife): void {
  const last = life.floors.at(-1);
  if (last && Number.isNaN(last.bytes)) life.tail = life.floors.pop()!.calls;
}

function addEvent(life: PlainLife, row: Row, route: number, eventRoute: number): void {
  life.stretch = numberOf(row, 'stretch');
  const number = numberOf(row, 'event');
  life.events[number] ??= {
    route: eventRoute,
    bytes: numberOf(row, 'event_bytes'),
    position: numberOf(row, 'event_n'),
    calls: [],
  };
  life.events[number].calls.push(route, numberOf(row, 'calls'));
}
