/**
 * One row per line or request, from lines as uWSGI writes them or from columns. Lines that tell of workers' starts and ends come
 * along as text; all others are only counted.
 *
 * kind: see KINDS. prefix: what stands before the record, and shape: the same
 * without times. own, total: the request counters; core: of threads; -1 where the line has none. bytes: 0 not measured, -1 no figure.
 * uri; folded: its path with numbers as 0. time: milliseconds of the wall clock. ord: by which a worker's requests are ordered.
 */
import type { Metric } from '../parse/reading.ts';
import { DOCKER_BOX } from './places.ts';
import { pathSql } from './route-sql.ts';
import { identifier, literal } from './sql.ts';

export interface ColumnNames {
  worker: string;
  path: string;
  bytes: string;
  order: string;
  time: string | undefined;
  method: string | undefined;
  status: string | undefined;
}

export type Shape =
  | { kind: 'lines'; column: string; order: string | undefined }
  | { kind: 'columns'; columns: ColumnNames };

export interface RowsQuery {
  /** A table, or a table function. */
  from: string;
  shape: Shape;
  metric: Metric;
  /** Numbers in paths are alike. */
  folds: boolean;
}

/** What a row is: a plain request; a line to read here; what was found in it; another line. */
export const KINDS = { other: 0, request: 1, telling: 2, torn: 3, withoutUri: 4 } as const;

const FIGURES: Partial<Record<Metric, string>> = { rss: '{rss usage: ', vsz: '{address space usage: ' };
const RECORD = '{address space usage: ';

/** Texts of which one is in every line that tells of a worker's start or end, or of a damaged record. */
const TELLING = [
  'uWSGI',
  'worker',
  'WORKER',
  'The work of process',
  'SIGINT/SIG',
  'running gevent loop',
  'Operational MODE',
  '[WARNING] non-numeric',
  '[pid: ',
  ' => generated ',
];

/** Behind a text that is searched for from `from` on; where it ends another one, or the line. */
const after = (text: string, from = '1') =>
  `toUInt64(position(text, ${literal(text)}, ${from}) + ${Buffer.byteLength(text)})`;
const upTo = (start: string, end: string) =>
  `substring(text, ${start}, position(text, ${literal(end)}, ${start}) - ${start})`;
const integer = (text: string, otherwise: number) => `toInt64OrDefault(${text}, toInt64(${otherwise}))`;

export function rowsSql({ from, shape, metric, folds }: RowsQuery): string {
  return withPaths(shape.kind === 'columns' ? fromColumns(from, shape.columns) : fromLines(from, shape, metric), folds);
}

/** Rows that were read here. @param from a stage of them. @param orderType of `ord`. */
export function oddRowsSql(from: string, orderType: string, folds: boolean): string {
  const rows = `
    SELECT kind, '' AS prefix, shape, toLowCardinality(pid) AS pid, app, own, total, core, bytes, method, status, uri, time,
      CAST(ord AS ${orderType}) AS ord, '' AS line
    FROM ${from}`;
  return withPaths(rows, folds);
}

function withPaths(rows: string, folds: boolean): string {
  return `
SELECT *, ${foldedSql(folds)} AS folded FROM (
  SELECT *, ${pathSql('uri')} AS path FROM (${rows})
)`;
}

/** Whole numbers between slashes, which nearly all values are: what is left is few, and grouped once each. */
function foldedSql(folds: boolean): string {
  if (!folds) return 'path';
  const fold = `arrayMap(s -> if(match(s, '^-?[0-9]{1,40}$'), '0', s), splitByChar('/', path))`;
  return `if(startsWith(path, '/') AND match(path, '[0-9]'), arrayStringConcat(${fold}, '/'), path)`;
}

function fromColumns(from: string, names: ColumnNames): string {
  const { worker, path, bytes, order, time, method, status } = names;
  const moment =
    time === undefined
      ? 'CAST(NULL AS Nullable(Int64))'
      : `toUnixTimestamp64Milli(toDateTime64(${identifier(time)}, 3, 'UTC'))`;
  return `
    SELECT toUInt8(1) AS kind, '' AS prefix, '' AS shape, toLowCardinality(toString(${identifier(worker)})) AS pid, toInt64(-1) AS app, toInt64(-1) AS own,
      toInt64(-1) AS total, toInt64(-1) AS core, toInt64(${identifier(bytes)}) AS bytes,
      ${method === undefined ? "''" : `toString(${identifier(method)})`} AS method,
      ${status === undefined ? 'toInt64(-1)' : `toInt64(${identifier(status)})`} AS status, toString(${identifier(path)}) AS uri,
      ${moment} AS time, ${identifier(order)} AS ord, '' AS line
    FROM ${from}`;
}

/** A request's line holds \`[pid: \` and \` => generated \`; positions are searched from the one before. */
function fromLines(from: string, shape: Extract<Shape, { kind: 'lines' }>, metric: Metric): string {
  const figure = FIGURES[metric] ?? '{rss usage: ';
  return `
    SELECT toUInt8(multiIf(is_request, 1, multiSearchAny(text, [${TELLING.map(literal).join(', ')}]), 2, 0)) AS kind,
      concat(if(is_request AND boxed, ${literal(DOCKER_BOX)}, ''), if(is_request AND head_at > 1, substring(text, 1, head_at - 1), '')) AS prefix, ${shapeSql('prefix')} AS shape,
      toLowCardinality(substring(text, pid_at, pid_end - pid_at)) AS pid, ${integer(upTo(after('|app: ', 'pid_end'), '|'), -1)} AS app,
      ${integer('substring(text, own_at, own_end - own_at)', -1)} AS own, ${integer(upTo('(own_end + 1)', ']'), -1)} AS total,
      ${integer(upTo(after(' on core ', 'end_at'), ')'), -1)} AS core,
      if(figure_at = 0, toInt64(-1), ${integer(upTo(`toUInt64(figure_at + ${figure.length})`, ' '), 0)}) AS bytes,
      substring(text, date_at + 26, uri_at - date_at - 27) AS method,
      ${integer("substring(text, position(text, ')', toUInt64(position(text, ' (', end_at))) - 3, 3)", -1)} AS status,
      substring(text, uri_at, end_at - uri_at) AS uri,
      toInt64(toUnixTimestamp(parseDateTimeOrNull(substring(text, date_at, 24), '%a %b %e %H:%i:%s %Y', 'UTC'))) * 1000 AS time,
      ord, if(kind = 2, text, '') AS line
    FROM (
      SELECT text, ord, boxed, if(startsWith(text, '{') OR startsWith(text, '[pid: '), toUInt64(1), toUInt64(position(text, ${literal(RECORD)}))) AS record_at,
        position(text, ${literal(figure)}) AS figure_at,
        ${after('[pid: ', 'toUInt64(greatest(figure_at, 1))')} AS pid_at, if(record_at > 0, record_at, toUInt64(pid_at - 6)) AS head_at,
        toUInt64(position(text, '|', pid_at)) AS pid_end, ${after('|req: ', 'pid_end')} AS own_at, toUInt64(position(text, '/', own_at)) AS own_end,
        ${after('} [', 'own_at')} AS date_at, toUInt64(position(text, ' ', toUInt64(date_at + 26)) + 1) AS uri_at,
        toUInt64(position(text, ' => generated ', uri_at)) AS end_at, ${isPlain()} AS is_request
      FROM (${linesSql(from, shape)})
    )`;
}

/**
 * One whole record, and nothing behind it: what streaming reads otherwise is left to it. A product, since AND would copy the lines
 * that each of its conditions leaves for the next.
 */
function isPlain(): string {
  const conditions = [
    'pid_at > 6',
    'end_at > 0',
    "position(text, '[pid: ', pid_at) = 0",
    "position(text, '\\0') = 0",
    "substring(text, uri_at, 1) = '/'",
    "position(text, ' ', uri_at) = end_at",
    "position(text, ' switches on ', end_at) > 0",
    "endsWith(text, ')') + endsWith(text, ')\\r') > 0",
  ];
  return `${conditions.map((condition) => `(${condition})`).join(' * ')} > 0`;
}

function linesSql(from: string, { column, order }: Extract<Shape, { kind: 'lines' }>): string {
  // docker writes each line as JSON, in which the arrow of a request is escaped.
  const line = identifier(column);
  const text = `startsWith(${line}, ${literal(DOCKER_BOX)}) AS boxed, if(boxed, trimRight(JSONExtractString(${line}, 'log'), '\\n'), ${line}) AS text`;
  if (order !== undefined) return `SELECT ${text}, ${identifier(order)} AS ord FROM ${from}`;
  // Rows are numbered as one thread reads them.
  return `SELECT ${text}, rowNumberInAllBlocks() + 1 AS ord FROM ${from} SETTINGS max_threads = 1`;
}

const STAMPS =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?|[0-9]{2}:[0-9]{2}:[0-9]{2}|@4[0-9a-f]{23}|[0-9]{9,11}\\.[0-9]{6}|\\[ *[0-9]+\\.[0-9]{6}\\]';

/** A prefix without its times: there are as many as there are hosts, containers and processes. */
function shapeSql(prefix: string): string {
  return `if(${prefix} = '', '', toValidUTF8(replaceRegexpAll(${prefix}, ${literal(STAMPS)}, '#')))`;
}
