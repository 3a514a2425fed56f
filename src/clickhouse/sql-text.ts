/** All the SQL, to read or to run by hand; the values of `{name:Type}` come with each query. */
import type { Options } from '../options.ts';
import {
  ENDS,
  PATHS,
  PLACE_COLUMNS,
  PLACES,
  READINGS,
  REQUESTS,
  ROUTE_COLUMNS,
  ROUTES_STAGE,
  readingsQuery,
  requestsSql,
  SHAPES,
  type SqlTable,
  STATS,
  TELLING_LINES,
} from './collect-sql.ts';
import { EVENTS, EXAMPLES, floorsSql, JUMPS, LARGEST, ownSumsSql, ROUTES, TOTALS, WORKERS } from './life-sql.ts';
import { namesSql, pathsSql } from './names-sql.ts';
import { keyedSql, placeSql, readingsSql, withoutParts } from './readings-sql.ts';
import { createSql, type Keeping } from './stages.ts';

/** As for a log without threads, parts of routes, and anything around its lines: that is looked up first. */
export function sqlText(table: SqlTable, options: Options, keeping: Keeping): string {
  const kept = keeping === 'nothing' ? 'memory' : keeping;
  const filled = (name: string, columns: Readonly<Record<string, string>>) =>
    `CREATE TEMPORARY TABLE ${name} (${Object.entries(columns)
      .map(([column, type]) => `${column} ${type}`)
      .join(', ')}) ENGINE = Memory`;
  const query = readingsQuery(options, false, false, false);
  const isLines = table.shape.kind === 'lines';
  const steps: readonly (readonly [title: string, sql: string])[] = [
    ['REQUESTS, PARSED', createSql(REQUESTS, requestsSql(table, options), kept)],
    ['THREADS, APPS, LINES THAT ARE NO REQUESTS', STATS],
    ...(isLines
      ? ([
          ['LINES ABOUT PROCESSES', TELLING_LINES],
          ['WHAT STANDS BEFORE LINES', SHAPES],
          ['ITS ORIGINS, FILLED IN BY LEAKRANK WHERE THERE IS ANYTHING', filled(PLACES, PLACE_COLUMNS)],
        ] as const)
      : []),
    ['PATHS', createSql(PATHS, pathsSql(REQUESTS, `${placeSql(options.selection)} = 0`, options), kept)],
    ['NAMES', namesSql(PATHS)],
    ['THEIR ROUTES, FILLED IN BY LEAKRANK', filled(ROUTES_STAGE, ROUTE_COLUMNS)],
    ['READINGS', createSql(READINGS, readingsSql(query, withoutParts(keyedSql(query, false))), kept)],
    ...(isLines ? ([['ENDS OF LIVES', ENDS]] as const) : []),
    ['TOTALS', TOTALS],
    ['WORKERS', WORKERS],
    ['ROUTES', ROUTES],
    ['EXAMPLES', EXAMPLES],
    ['LARGEST', LARGEST],
    ['FLOORS', floorsSql(false)],
    ['OWN STEPS', ownSumsSql(false)],
    ['JUMPS', JUMPS],
    ['EVENTS', EVENTS],
  ];
  return steps.map(([title, sql]) => `-- ${title}\n${sql.trim()};\n`).join('\n');
}
