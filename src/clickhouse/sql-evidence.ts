/** From the rows of the queries in life-sql.ts to evidence. */
import { EVIDENCE_VERSION, type Evidence, type RouteEvidence, type WorkerEvidence } from '../attribute/evidence.ts';
import type { InputCounts } from '../attribute/input-counts.ts';
import { lifeOfPlain, type PlainLife } from '../attribute/plain-life.ts';
import { mergeLargest } from '../attribute/route-sums.ts';
import type { Metric } from '../parse/reading.ts';
import { mergeExamples } from '../route/examples.ts';
import { WHOLE } from '../route/parts.ts';
import { numberOf, type Row, textOf } from './engine.ts';
import { EXAMPLES, LARGEST, PART_CALLS, ROUTES, TOTALS, WORKERS } from './life-sql.ts';
import type { PlacedPart } from './parts.ts';
import type { FoundName, PlacedRoutes } from './place-routes.ts';
import { livesOf } from './sql-lives.ts';
import type { Stages } from './stages.ts';

/** Longer URIs are cut. */
const LONGEST_URI = 2048;
const LONGEST_PATH = 1024;
/** Stands for sizes where nothing was measured. */
const NOTHING = -1;

export interface SqlLog {
  /** For the report: the table or file. */
  name: string;
  format: string;
  metric: Metric;
  /** Requests overlap. */
  concurrent: boolean;
  /** Lines that are no requests, and damaged ones. */
  otherLines: number;
  malformedLines: number;
  /** As {@link InputCounts}. */
  wrappers: readonly string[];
  placed: PlacedRoutes;
  parts: readonly PlacedPart[];
}

/**
 * @param stages hold leakrank_readings: see readings-sql.ts.
 * @param around the evidence of the lines around: how workers began and ended.
 */
export async function evidenceOfSql(stages: Stages, log: SqlLog, around: Evidence | undefined): Promise<Evidence> {
  const [totals = {}] = await stages.ask(TOTALS);
  const workerRows = await stages.ask(WORKERS);
  const routes = await routesOf(stages, log);
  const lives = await livesOf(stages, workerRows, log.parts.length > 0);
  const endings = new Map(around?.workers.map(({ name, ended }) => [name, ended]));
  const workers = workerRows.map((row) => workerOf(row, endings, lives.get(textOf(row, 'worker'))));
  const times = (key: string) => workerRows.flatMap((row) => timeOf(row, key) ?? []);
  const firstTimes = times('first_time');
  const lastTimes = times('last_time');
  const requests = numberOf(totals, 'requests');
  const leftOut = numberOf(totals, 'left_out');
  const sumOf = (key: string) => workerRows.reduce((sum, row) => sum + numberOf(row, key), 0);
  const measured = sumOf('measured_count');
  const input: InputCounts = {
    name: log.name,
    readings: requests + leftOut,
    otherLines: log.otherLines,
    malformedLines: log.malformedLines,
    formats: requests + leftOut > 0 ? { [log.format]: requests + leftOut } : {},
    metrics: { [log.metric]: workerRows.filter((row) => numberOf(row, 'followed_count') > 0).length },
    wrappers: [...log.wrappers],
  };
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
      withoutUri: numberOf(totals, 'without_uri'),
      torn: numberOf(totals, 'torn_lines'),
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
    crowdedPaths: log.placed.crowdedPaths,
    leftOut,
    restarts: around?.restarts ?? 0,
    concurrent: log.concurrent,
    memoryReportOff: around?.memoryReportOff ?? false,
    mostUnannouncedLives: around?.mostUnannouncedLives ?? 0,
  };
}

async function routesOf(stages: Stages, { name, placed, parts }: SqlLog): Promise<RouteEvidence[]> {
  const rows = new Map((await stages.ask(ROUTES)).map((row) => [numberOf(row, 'route'), row]));
  const examples = new Map((await stages.ask(EXAMPLES)).map((row) => [numberOf(row, 'route'), row.examples]));
  const routes = placed.routes.map((route, i) => routeOf(route, { ...rows.get(i), examples: examples.get(i) }));
  for (const row of await stages.ask(LARGEST)) {
    const route = routes[numberOf(row, 'route')];
    if (route) route.largest = mergeLargest(route.largest, [largestOf(row, name)]);
  }
  return [...routes, ...(await partsOf(stages, placed, parts))];
}

/** The routes that stand for parts, behind the others: their calls alone are counted. */
async function partsOf(stages: Stages, placed: PlacedRoutes, parts: readonly PlacedPart[]): Promise<RouteEvidence[]> {
  if (parts.length === 0) return [];
  const calls = new Map((await stages.ask(PART_CALLS)).map((row) => [numberOf(row, 'part'), numberOf(row, 'calls')]));
  return parts.flatMap(({ route, part, examples }, i) => {
    const whole = placed.routes[route];
    const row = { calls: calls.get(placed.routes.length + i), examples };
    return whole ? [{ ...routeOf(whole, row), part }] : [];
  });
}

function routeOf({ name, isGiven, key, hidden }: FoundName, row: Row): RouteEvidence {
  return {
    name,
    hidden,
    given: isGiven,
    key,
    part: WHOLE,
    examples: mergeExamples([], Array.isArray(row.examples) ? row.examples.map(shortPath) : []),
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
    method: textOf(row, 'method').slice(0, 64),
    uri: cut(textOf(row, 'uri')),
    status: numberOf(row, 'status') < 0 ? null : numberOf(row, 'status'),
  };
}

function shortPath(path: unknown): string {
  const text = String(path);
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}

function cut(uri: string): string {
  const bytes = Buffer.from(uri);
  return bytes.length <= LONGEST_URI ? uri : `${bytes.toString('utf8', 0, LONGEST_URI)}…`;
}

/** Where rows are numbered as they are read, that is the line; else the worker's request. */
function lineOf(row: Row): number {
  return Number.isSafeInteger(Number(row.ord)) ? Number(row.ord) : numberOf(row, 'n');
}

function workerOf(row: Row, endings: ReadonlyMap<string, string | null>, life: PlainLife | undefined): WorkerEvidence {
  const name = textOf(row, 'worker');
  const isMeasured = numberOf(row, 'followed_count') > 0;
  return {
    name,
    requests: numberOf(row, 'request_count'),
    baseBytes: 0,
    firstBytes: isMeasured ? numberOf(row, 'first_bytes') : NOTHING,
    lastBytes: isMeasured ? numberOf(row, 'last_bytes') : NOTHING,
    peakBytes: isMeasured ? numberOf(row, 'peak_bytes') : NOTHING,
    firstTime: timeOf(row, 'begin_time'),
    lastTime: timeOf(row, 'end_time'),
    ended: endings.get(name) ?? null,
    life: life ? lifeOfPlain(life) : null,
  };
}

function timeOf(row: Row, key: string): number | null {
  return row[key] === null || row[key] === undefined ? null : numberOf(row, key);
}
