/** Whether JSON from a file is evidence: files come from anywhere, and what is not checked here would fail far behind. */

import { SIZE_CLASSES } from '../attribute/jumps.ts';
import type { PlainLife } from '../attribute/plain-life.ts';
import { METRIC_ORDER } from '../parse/reading.ts';
import type { Head } from './stored-evidence.ts';

type Check = (value: unknown) => boolean;

const number: Check = Number.isFinite;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const or =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const nothing: Check = (value) => value === null;
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([key, check]) => check(own(value, key)));
const map =
  (item: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(item);
const numbers = (...keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, number]));

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

const time = or(nothing, (value) => number(value) && Math.abs(value as number) <= 8.64e15);
const metric = or(nothing, (value) => METRIC_ORDER.some((known) => known === value));

const largest = fields({
  ...numbers('growthBytes', 'beforeBytes', 'afterBytes', 'line', 'order'),
  file: text,
  time,
  worker: text,
  method: text,
  uri: text,
  status: or(nothing, number),
});

const route = fields({
  name: text,
  hidden: flag,
  given: flag,
  key: fields({ method: text, status: text, host: text, query: text }),
  part: fields({ status: text, query: text }),
  examples: list(text),
  calls: count,
  ...numbers(
    'grossBytes',
    'netBytes',
    'highWaterBytes',
    'growthCalls',
    'peakCalls',
    'peakSumBytes',
    'largestPeakBytes',
  ),
  largest: list(largest),
});

const input = fields({
  name: text,
  readings: count,
  otherLines: count,
  malformedLines: count,
  formats: map(count),
  metrics: map(count),
  wrappers: list(text),
});

const worker = fields({
  name: text,
  requests: count,
  ...numbers('baseBytes', 'firstBytes', 'lastBytes', 'peakBytes'),
  firstTime: time,
  lastTime: time,
  ended: or(nothing, text),
});

const head = fields({
  ids: list((value) => text(value) && /^[\da-f]{32}$/.test(value as string)),
  notes: list(text),
  shape: fields({
    metric,
    group: flag,
    maxRoutes: count,
    rules: list(text),
    by: list(text),
    since: time,
    until: time,
    statuses: list((value) => Array.isArray(value) && value.length === 2 && value.every(number)),
    methods: list(text),
  }),
  sums: fields({
    version: number,
    metric,
    inputs: list(input),
    firstTime: time,
    lastTime: time,
    routes: list(route),
    unattributed: fields(numbers('netBytes', 'highWaterBytes', 'withoutUri', 'torn', 'unlogged')),
    ...numbers('requests', 'measuredReadings', 'coarsestQuantumBytes', 'zeroReadings', 'absentReadings'),
    ...numbers(
      'deltaReadings',
      'peakReadings',
      'unnamedReadings',
      'crowdedPaths',
      'leftOut',
      'restarts',
      'mostUnannouncedLives',
    ),
    notices: fields({ dynoSamples: count, implausible: or(nothing, fields({ field: text, value: number })) }),
    concurrent: flag,
    memoryReportOff: flag,
  }),
  workers: list(fields({ worker, followed: flag })),
});

/** See jumps.ts. */
const isSizeClass: Check = (value) => count(value) && (value as number) < SIZE_CLASSES;

export function isHead(value: unknown): value is Head {
  return head(value);
}

/** @param routes how many there are: a life's numbers are below. */
export function isLife(value: unknown, routes: number): value is PlainLife {
  const known: Check = (route) => count(route) && (route as number) < routes;
  const pairs: Check = (value) =>
    Array.isArray(value) && value.length % 2 === 0 && value.every((one, i) => (i % 2 === 0 ? known(one) : number(one)));
  const row =
    (length: number): Check =>
    (value) =>
      Array.isArray(value) && value.length === length && known(value[0]) && value.every(number);
  const sums: Check = (value) =>
    Array.isArray(value) && value.length === 2 && known(value[0]) && list(number)(value[1]) && value[1].length === 6;
  return fields({
    ...numbers('firstBytes', 'lastBytes'),
    window: (window) => count(window) && (window as number) > 0,
    stretch: (stretch) => count(stretch) && (stretch as number) > 0,
    requests: count,
    floors: list(fields({ bytes: number, position: count, calls: pairs, steps: pairs })),
    tail: pairs,
    own: list(sums),
    jumps: list((jump) => row(5)(jump) && isSizeClass((jump as number[])[1])),
    events: list(fields({ route: known, bytes: number, position: count, calls: pairs })),
  })(value);
}
