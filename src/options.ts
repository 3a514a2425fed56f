/** What a caller may ask for, checked once: everything behind this file relies on it. */
import type { RE2JS } from 're2js';
import { UserError } from './errors.ts';
import { type GateOptions, type Limits, resolveLimits } from './gate/limits.ts';
import { linearRegex } from './linear-regex.ts';
import { type FieldOption, parseFieldOptions } from './parse/fields/field-option.ts';
import { FORMATS, formatNamed } from './parse/formats.ts';
import { compileLogFormat } from './parse/log-format/compile.ts';
import { readEncoders } from './parse/log-format/encoder.ts';
import { compilePattern } from './parse/pattern/compile.ts';
import type { Metric } from './parse/reading.ts';
import { readServerConfig } from './parse/server-config/read.ts';
import { parseKeys, type RouteKeys } from './route/keys.ts';
import type { RouteFunction } from './route/route-function.ts';
import { readRules } from './route/rules/read-rules.ts';
import type { Rules } from './route/rules/rules.ts';
import { EVERYTHING, type Selection } from './select.ts';

/** What {@link analyze} takes; every field has a default. */
export interface AnalyzeOptions extends GateOptions {
  /** The memory figure to follow. Default: rss where the lines hold it, else pss, uss, vsz or heap, whatever they hold. */
  metric?: Metric;
  /** Replace ids and other values in paths by placeholders. Default: true. */
  group?: boolean;
  /**
   * Rules that name routes, in their order: `/users/:id/posts/:slug`, `GET /x`, `/^\\/old\\/.+/ => /old`. Or a function that
   * names the route of a URI (query included), or leaves it to the built-in grouping with undefined.
   */
  route?: RouteFunction | readonly string[];
  /** Files with more rules: rules, OpenAPI, or the route table that a framework prints. */
  routesFrom?: readonly string[];
  /** What splits routes further: `method`, `status`, `host`, `query:NAME`. */
  by?: readonly string[];
  /** Only requests from this moment of the server's wall clock on: `2026-11-23T20:50:35`, or a part of it. */
  since?: string;
  /** Only requests up to this moment. */
  until?: string;
  /** Only these statuses: `500`, `5xx`, `400-499`. */
  status?: readonly string[];
  /** Only these methods. */
  method?: readonly string[];
  /** Only routes that match one of these regular expressions. */
  match?: readonly string[];
  /** No route that matches one of these. */
  exclude?: readonly string[];
  /** Adds the evidence behind the verdict on this route to the report. */
  explain?: string;
  /** Adds curves for charts to the report. Default: false. */
  series?: boolean;
  /** Read lines of this format only, instead of recognising it: a name of FORMATS. */
  input?: string;
  /** Which fields of JSON, logfmt and LTSV lines mean what, beside the names that speak for themselves: `rss=mem.rss_kb:KiB`. */
  field?: readonly string[];
  /** The server's own log-format strings: uWSGI's `log-format`, gunicorn's `access_log_format`. */
  logFormat?: readonly string[];
  /** uWSGI's `log-encoder`s, in their order: what was put around each line of `logFormat`. */
  logEncoder?: readonly string[];
  /** Configuration files of the server, to find `logFormat` and `logEncoder` in. */
  configFrom?: readonly string[];
  /** Regular expressions (RE2 syntax) with named groups for lines of any other kind. */
  pattern?: readonly string[];
  /** What to put first. Default: leaked. */
  sort?: SortKey;
  /** More routes than this share one row. Default: 10 000. */
  maxRoutes?: number;
  /** Longer lines are counted as malformed; bounds the memory one line can take. Default: 1 MiB of characters. */
  maxLineLength?: number;
  /** Stops reading; the report is about what was read so far. */
  signal?: AbortSignal;
}

export type SortKey = (typeof SORT_KEYS)[number];
export const SORT_KEYS = ['leaked', 'triggered', 'net', 'gross', 'calls', 'largest', 'route'] as const;
export const METRICS = ['rss', 'uss', 'pss', 'vsz', 'heap'] as const satisfies readonly Metric[];

/** How lines are read. */
export interface ReadingOptions {
  /** The only format to read; undefined: whatever the lines show. */
  format: string | undefined;
  /** What fields of lines made of named fields mean, where the user says it. */
  fields: readonly FieldOption[];
  /** The server's own, each compiled to a parser. */
  logFormats: readonly string[];
  logEncoders: readonly string[];
  /** Regular expressions with named groups. */
  patterns: readonly string[];
  /** What to tell the user about where the formats came from. */
  notes: readonly string[];
}

export interface Options {
  reading: ReadingOptions;
  /** Undefined: in each worker the first of METRIC_ORDER that its lines hold. */
  metric: Metric | undefined;
  group: boolean;
  route: RouteFunction | undefined;
  rules: Rules;
  by: RouteKeys;
  selection: Selection;
  explain: string | undefined;
  /** Routes of the report that get curves, from the first on. */
  curves: number;
  sort: SortKey;
  maxRoutes: number;
  maxLineLength: number;
  limits: Limits;
  signal: AbortSignal | undefined;
}

/** @throws UserError naming the option and what it takes. */
export function resolveOptions(raw: AnalyzeOptions, now: Date = new Date()): Options {
  const since = raw.since === undefined ? undefined : parseMoment('since', raw.since, now).from;
  const until = raw.until === undefined ? undefined : parseMoment('until', raw.until, now).to;
  if (since !== undefined && until !== undefined && since > until) {
    throw new UserError(`--since ${raw.since} is later than --until ${raw.until}: no request can be between them`);
  }
  const selection: Selection = {
    since,
    until,
    statuses: (raw.status ?? []).map(parseStatus),
    methods: (raw.method ?? []).map((method) => method.toUpperCase()),
    match: (raw.match ?? []).map((source) => parsePattern('match', source)),
    exclude: (raw.exclude ?? []).map((source) => parsePattern('exclude', source)),
  };
  return {
    reading: resolveReading(raw),
    metric: raw.metric === undefined ? undefined : oneOf('metric', raw.metric, METRICS),
    group: raw.group ?? true,
    route: typeof raw.route === 'function' ? raw.route : undefined,
    rules: readRules(typeof raw.route === 'function' ? [] : (raw.route ?? []), raw.routesFrom ?? []),
    by: parseKeys(raw.by ?? []),
    selection: { ...EVERYTHING, ...selection },
    explain: raw.explain,
    curves: raw.series ? Number.POSITIVE_INFINITY : 0,
    sort: oneOf('sort', raw.sort ?? 'leaked', SORT_KEYS),
    maxRoutes: positiveInteger('max-routes', raw.maxRoutes ?? 10_000),
    maxLineLength: positiveInteger('max-line-length', raw.maxLineLength ?? 2 ** 20),
    limits: resolveLimits(raw),
    signal: raw.signal,
  };
}

/** @throws UserError when a configuration cannot be read, a log format not be compiled, or a field is none. */
function resolveReading(raw: AnalyzeOptions): ReadingOptions {
  const configs = (raw.configFrom ?? []).map(readServerConfig);
  const logFormats = [...(raw.logFormat ?? []), ...configs.map(({ logFormat }) => logFormat)];
  const logEncoders = raw.logEncoder ?? configs.flatMap(({ logEncoders: found }) => found);
  const notes = configs.flatMap((config) => config.notes);
  const encoder = readEncoders(logEncoders);
  for (const format of logFormats) compileLogFormat(format, encoder);
  const patterns = raw.pattern ?? [];
  for (const pattern of patterns) compilePattern(pattern);
  const fields = parseFieldOptions(raw.field ?? []);
  const reading = { format: raw.input, fields, logFormats, logEncoders, patterns, notes };
  if (raw.input === undefined) return reading;
  const names = FORMATS.map(({ name }) => name);
  const format = formatNamed(oneOf('input', raw.input, names));
  if (format?.isAvailable(reading) === false)
    throw new UserError(
      `--input ${raw.input} reads lines that you describe; describe them with --log-format or --pattern`,
    );
  return reading;
}

/** @throws UserError */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new UserError(`--${name} ${value} is not one of ${allowed.join(', ')}`);
  return found;
}

/** @throws UserError */
export function positiveInteger(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UserError(`--${name} takes a whole number from 1 on, not ${value}`);
  return value;
}

function parseStatus(text: string): readonly [number, number] {
  const one = /^([1-9]\d\d)$/.exec(text);
  if (one) return [Number(one[1]), Number(one[1])];
  const hundred = /^([1-5])xx$/i.exec(text);
  if (hundred) return [Number(hundred[1]) * 100, Number(hundred[1]) * 100 + 99];
  const range = /^([1-9]\d\d)-([1-9]\d\d)$/.exec(text);
  if (range && Number(range[1]) <= Number(range[2])) return [Number(range[1]), Number(range[2])];
  throw new UserError(`--status ${text} is no HTTP status; write 500, 5xx or 400-499`);
}

function parsePattern(name: string, source: string): RE2JS {
  const found = linearRegex(source);
  if (found.kind === 'none') throw new UserError(`--${name} ${source} is no regular expression: ${found.why}`);
  return found.regex;
}

const MILLISECONDS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The first and the last millisecond of what a person calls a moment: a day, a minute, a second of the server's wall clock
 * (it names no zone), or `90m`, `2h`, `3d` before now by this machine's wall clock.
 */
export function parseMoment(name: string, text: string, now: Date): { from: number; to: number } {
  const ago = /^(\d{1,6})([smhd])$/.exec(text);
  if (ago) {
    const wallClock = now.getTime() - now.getTimezoneOffset() * 60_000;
    const from = wallClock - Number(ago[1]) * MILLISECONDS[ago[2] as keyof typeof MILLISECONDS];
    return { from, to: from };
  }
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(text);
  if (parts) {
    const [year, month, day, hour, minute, second] = parts
      .slice(1)
      .map((part) => (part === undefined ? undefined : Number(part)));
    const from = Date.UTC(year!, month! - 1, day!, hour ?? 0, minute ?? 0, second ?? 0);
    const back = new Date(from);
    const real =
      back.getUTCMonth() === month! - 1 &&
      back.getUTCDate() === day &&
      back.getUTCHours() === (hour ?? 0) &&
      back.getUTCMinutes() === (minute ?? 0);
    const length = hour === undefined ? MILLISECONDS.d : second === undefined ? MILLISECONDS.m : MILLISECONDS.s;
    if (real) return { from, to: from + length - 1 };
  }
  throw new UserError(
    `--${name} ${text} is no time; write 2026-11-23, 2026-11-23T20:50 or 2026-11-23T20:50:35 (the server's wall clock, no zone), or 90m, 2h, 3d before now`,
  );
}
