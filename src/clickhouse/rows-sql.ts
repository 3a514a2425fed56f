/**
 * One row per request, from lines as uWSGI writes them or from columns: pid, own (its counter, -1 without), bytes, uri, time and
 * ord, by which each worker's requests are ordered.
 */
import type { Metric } from '../parse/reading.ts';
import type { Selection } from '../select.ts';
import { identifier, literal } from './sql.ts';

export interface ColumnNames {
  worker: string;
  path: string;
  bytes: string;
  order: string;
  time: string | undefined;
}

export type Shape =
  | { kind: 'lines'; column: string; order: string | undefined }
  | { kind: 'columns'; columns: ColumnNames };

export type TimeSpan = Pick<Selection, 'since' | 'until'>;

const FIGURES: Partial<Record<Metric, string>> = { rss: '{rss usage: ', vsz: '{address space usage: ' };

/** What stands between two texts, the first of them searched for from `from` on. */
const after = (text: string, from = '1') => `(position(line, ${literal(text)}, ${from}) + ${Buffer.byteLength(text)})`;
const upTo = (start: string, end: string) =>
  `substring(line, ${start}, position(line, ${literal(end)}, toUInt64(${start})) - ${start})`;

/** @param from a table, or a table function. */
export function rowsSql(from: string, shape: Shape, metric: Metric, { since, until }: TimeSpan): string {
  const rows = shape.kind === 'columns' ? fromColumns(from, shape.columns) : fromLines(from, shape, metric);
  const limits = [
    ...(since === undefined ? [] : [`time >= ${since}`]),
    ...(until === undefined ? [] : [`time <= ${until}`]),
  ];
  return limits.length === 0 ? rows : `SELECT * FROM (${rows}) WHERE ${limits.join(' AND ')}`;
}

function fromColumns(from: string, { worker, path, bytes, order, time }: ColumnNames): string {
  const moment =
    time === undefined
      ? 'CAST(NULL AS Nullable(Int64))'
      : `toUnixTimestamp64Milli(toDateTime64(${identifier(time)}, 3, 'UTC'))`;
  return `
  SELECT toString(${identifier(worker)}) AS worker_key, toInt64(-1) AS app, toInt64(-1) AS own, toInt64(-1) AS core,
    toInt64(${identifier(bytes)}) AS bytes, toString(${identifier(path)}) AS uri, ${moment} AS time, ${identifier(order)} AS ord, '' AS line
  FROM ${from}`;
}

/** A request's line holds \`[pid: \` and \` => generated \`; positions are searched from the one before. */
function fromLines(from: string, { column, order }: Extract<Shape, { kind: 'lines' }>, metric: Metric): string {
  const figure = after(FIGURES[metric] ?? '{rss usage: ');
  return `
  SELECT ${upTo('pid_at', '|')} AS worker_key, toInt64OrDefault(${upTo(after('|app: ', 'pid_at'), '|')}, toInt64(-1)) AS app,
    toInt64OrDefault(${upTo('own_at', '/')}, toInt64(-1)) AS own,
    toInt64OrDefault(${upTo(after(' on core ', 'end_at'), ')')}, toInt64(-1)) AS core,
    toInt64OrDefault(${upTo(figure, ' ')}, toInt64(0)) AS bytes,
    substring(line, uri_at, end_at - uri_at) AS uri,
    toUnixTimestamp(parseDateTimeOrNull(substring(line, date_at, 24), '%a %b %e %H:%i:%s %Y', 'UTC')) * 1000 AS time, ord, line
  FROM (
    SELECT line, ord, toUInt64(${after('[pid: ')}) AS pid_at, toUInt64(${after('|req: ', 'pid_at')}) AS own_at,
      toUInt64(${after('} [', 'own_at')}) AS date_at, toUInt64(position(line, ' ', date_at + 26) + 1) AS uri_at,
      toUInt64(position(line, ' => generated ', uri_at)) AS end_at
    FROM (${linesSql(from, column, order)})
    WHERE ${isRequest()}
  )`;
}

export function linesSql(from: string, column: string, order: string | undefined): string {
  if (order !== undefined) return `SELECT ${identifier(column)} AS line, ${identifier(order)} AS ord FROM ${from}`;
  // Rows are numbered as one thread reads them.
  return `SELECT ${identifier(column)} AS line, rowNumberInAllBlocks() + 1 AS ord FROM ${from} SETTINGS max_threads = 1`;
}

export function isRequest(): string {
  return `position(line, '[pid: ') > 0 AND position(line, ' => generated ') > 0`;
}
