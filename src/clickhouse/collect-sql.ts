/** Asks ClickHouse for the evidence of a log: what lines there are first, then all figures of its workers. */
import type { Evidence } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Metric } from '../parse/reading.ts';
import { gather } from '../run.ts';
import { linesSource } from '../source/source.ts';
import { type Engine, numberOf, type Row, textOf } from './engine.ts';
import { ENDS, EVENTS, FLOORS, JUMPS, LARGEST, OWN_SUMS, ROUTES, readingsSql, TOTALS, WORKERS } from './life-sql.ts';
import { isRequest, linesSql, rowsSql, type Shape } from './rows-sql.ts';
import { evidenceOfSql } from './sql-evidence.ts';

export interface SqlTable {
  /** As the report calls it. */
  name: string;
  /** What stands behind FROM. */
  from: string;
  shape: Shape;
  metric: Metric;
}

/** Lines that are no requests are fetched: those of a server's starts and stops are few. */
const MOST_OTHER_LINES = 100_000;

/** @throws UserError */
export async function collectSql(engine: Engine, table: SqlTable, options: Options): Promise<Evidence> {
  const { name, from, shape, metric } = table;
  const rows = rowsSql(from, shape, metric, options.selection);
  const others = shape.kind === 'lines' ? await engine.rows(otherLinesSql(from, shape), {}) : [];
  if (others.length > MOST_OTHER_LINES)
    throw new UserError(
      `${name} holds more than ${MOST_OTHER_LINES} lines that are no requests; leave them out by a view, or name its columns with --columns`,
    );
  const [{ cores } = {}] = await engine.rows(`SELECT max(core) AS cores FROM (${rows})`, {});
  const told = await around(others, options);
  const concurrent = Number(cores) > 0 || told.concurrent;
  const readings = readingsSql(rows, options.group, concurrent);
  const ends = shape.kind === 'lines' ? await engine.rows(`WITH ${readings.trim()} ${ENDS.trim()}`, {}) : [];
  const lines = [
    ...others,
    ...ends.flatMap((row) => [
      { line: textOf(row, 'first_line'), ord: row.first_ord },
      ...(numberOf(row, 'last_ord') === numberOf(row, 'first_ord')
        ? []
        : [{ line: textOf(row, 'last_line'), ord: row.last_ord }]),
    ]),
  ];
  const format = shape.kind === 'lines' ? 'uwsgi' : 'columns';
  const log = { name, format, metric, concurrent, readings, otherLines: others.length };
  return await evidenceOfSql(engine, log, shape.kind === 'lines' ? await around(lines, options) : undefined);
}

/** What streaming makes of the few lines at the edges of workers' lives. */
async function around(rows: readonly Row[], options: Options): Promise<Evidence> {
  const order = (a: Row, b: Row) => (textOf(a, 'ord') < textOf(b, 'ord') ? -1 : 1);
  const numeric = (a: Row, b: Row) => numberOf(a, 'ord') - numberOf(b, 'ord') || order(a, b);
  const isNumeric = rows.every((row) => Number.isFinite(Number(row.ord)));
  const lines = [...rows].sort(isNumeric ? numeric : order).map((row) => textOf(row, 'line').replaceAll('\n', ' '));
  return (await gather([linesSource('', lines)], options)).evidence;
}

function otherLinesSql(from: string, { column, order }: Extract<Shape, { kind: 'lines' }>): string {
  return `SELECT line, ord FROM (${linesSql(from, column, order)}) WHERE NOT (${isRequest()}) LIMIT ${MOST_OTHER_LINES + 1}`;
}

/** All the SQL, to read; the values of `{name:Type}` come with each query. */
export function sqlText({ from, shape, metric }: SqlTable, options: Options): string {
  const rows = rowsSql(from, shape, metric, options.selection);
  const readings = readingsSql(rows, options.group, false);
  const parts = { TOTALS, WORKERS, ROUTES, LARGEST, FLOORS, 'OWN STEPS': OWN_SUMS, JUMPS, EVENTS };
  const queries = Object.entries(parts).map(
    ([title, query]) => `-- ${title}\nWITH ${readings.trim()}\n${query.trim()};\n`,
  );
  const lines = shape.kind === 'lines' ? [`-- LINES THAT ARE NO REQUESTS\n${otherLinesSql(from, shape)};\n`] : [];
  return [...lines, `-- THREADS\nSELECT max(core) AS cores FROM (${rows});\n`, ...queries].join('\n');
}
