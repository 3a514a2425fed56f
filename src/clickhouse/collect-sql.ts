/** Asks ClickHouse for the evidence of a log: what lines and names there are first, then all figures of its workers. */
import type { Evidence } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Metric } from '../parse/reading.ts';
import { type Edges, edgesOf } from './edges.ts';
import { type Engine, numberOf, type Row, textOf } from './engine.ts';
import { namesSql, pathsSql, routeKeySql } from './names-sql.ts';
import { ODD_COLUMNS, readOddLines } from './odd-lines.ts';
import { KEYED, type PlacedPart, placeParts } from './parts.ts';
import { type FoundName, keyOf, type PlacedRoutes, placeRoutes } from './place-routes.ts';
import { originsOf } from './places.ts';
import { keyedSql, placeSql, type ReadingsQuery, readingsSql, withoutParts } from './readings-sql.ts';
import { oddRowsSql, rowsSql, type Shape } from './rows-sql.ts';
import { literal } from './sql.ts';
import { evidenceOfSql } from './sql-evidence.ts';
import { cannotKeep, type Keeping, Stages } from './stages.ts';

export interface SqlTable {
  /** As the report calls it. */
  name: string;
  /** What stands behind FROM. */
  from: string;
  shape: Shape;
  metric: Metric;
}

/** Lines that tell of a server's starts and stops are few. */
const MOST_TELLING_LINES = 100_000;

export const REQUESTS = 'leakrank_requests';
export const PATHS = 'leakrank_paths';
export const ROUTES_STAGE = 'leakrank_routes';
export const PLACES = 'leakrank_places';
export const READINGS = 'leakrank_readings';
export const ODD = 'leakrank_odd';

export const ROUTE_COLUMNS = {
  name: 'String',
  rule: 'UInt32',
  variant: 'String',
  hidden: 'UInt8',
  route: 'UInt32',
  shown: 'UInt32',
};
export const PLACE_COLUMNS = { shape: 'String', origin: 'String' };

export const STATS = `
SELECT countIf(kind != 1) AS others, countIf(kind = 2) AS telling, max(core) AS cores, max(app) AS apps, max(shape != '') AS wrapped,
  max(status >= 400) AS errors, max(position(uri, '?') > 0) AS queries
FROM ${REQUESTS}`;
export const TELLING_LINES = `SELECT line, ord FROM ${REQUESTS} WHERE kind = 2 ORDER BY ord`;
export const SHAPES = `SELECT shape, any(prefix) AS prefix FROM ${REQUESTS} WHERE kind = 1 GROUP BY shape`;

/**
 * @param keeping where stages are kept; where the server does not allow that, each query reads the log again.
 * @throws UserError
 */
export async function collectSql(
  engine: Engine,
  table: SqlTable,
  options: Options,
  keeping: Keeping,
): Promise<Evidence> {
  const stages = new Stages(engine, keeping);
  try {
    return await collect(stages, table, options);
  } catch (error) {
    if (keeping === 'nothing' || !cannotKeep(error)) throw error;
    return await collect(new Stages(engine, 'nothing'), table, options);
  } finally {
    // A server gives them back with the session: this is sooner.
    await stages.drop().catch(() => {});
  }
}

async function collect(stages: Stages, table: SqlTable, options: Options): Promise<Evidence> {
  const { name, shape, metric } = table;
  await stages.add(REQUESTS, requestsSql(table, options));
  const [stats = {}] = await stages.ask(STATS);
  if (numberOf(stats, 'telling') > MOST_TELLING_LINES)
    throw new UserError(
      `${name} holds more than ${MOST_TELLING_LINES} lines that may tell of workers' starts and ends; leave them out by a view, or name its columns with --columns`,
    );
  const telling = numberOf(stats, 'telling') > 0 ? await stages.ask(TELLING_LINES) : [];
  const told = await edgesOf(telling, [], options);
  const concurrent = numberOf(stats, 'cores') > 0 || told.evidence.concurrent;
  const odd = readOddLines(telling, metric);
  if (odd.rows.length > 0) await addOddRows(stages, odd.rows, options);
  const isWrapped = numberOf(stats, 'wrapped') > 0 || odd.origins.size > 0;
  const places = isWrapped ? originsOf(await stages.ask(SHAPES)) : { origins: new Map<string, string>(), wrappers: [] };
  if (isWrapped) {
    const rows = [...places.origins, ...odd.origins].map(([of, origin]) => `(${literal(of)}, ${literal(origin)})`);
    await stages.addRows(PLACES, PLACE_COLUMNS, rows);
  }
  const placed = await place(stages, options, (of) => places.origins.get(of) ?? odd.origins.get(of) ?? '');
  const query = readingsQuery(options, concurrent, numberOf(stats, 'apps') > 0, isWrapped);
  const parts = await addReadings(stages, query, stats, placed, options);
  const edges: Edges | undefined =
    shape.kind === 'lines' ? await edgesOf(telling, await stages.ask(ENDS), options) : undefined;
  const otherLines = numberOf(stats, 'others') - odd.lines + odd.others;
  const format = shape.kind === 'lines' ? 'uwsgi' : 'columns';
  const log = {
    name,
    format,
    metric,
    concurrent,
    otherLines,
    malformedLines: odd.malformed,
    wrappers: places.wrappers,
    placed,
    parts,
  };
  return await evidenceOfSql(stages, log, edges?.evidence);
}

async function addReadings(
  stages: Stages,
  query: ReadingsQuery,
  stats: Row,
  placed: PlacedRoutes,
  { by, maxRoutes }: Options,
): Promise<readonly PlacedPart[]> {
  const byStatus = !by.status && numberOf(stats, 'errors') > 0;
  const byQuery = by.query.length === 0 && numberOf(stats, 'queries') > 0;
  if (!byStatus && !byQuery) {
    await stages.add(READINGS, readingsSql(query, withoutParts(keyedSql(query, false))));
    return [];
  }
  await stages.add(KEYED, keyedSql(query, true));
  const found = await placeParts(stages, { byStatus, byQuery, routes: placed.routes.length, maxRoutes });
  await stages.add(READINGS, readingsSql(query, found.rows));
  return found.parts;
}

async function addOddRows(stages: Stages, rows: readonly string[], options: Options): Promise<void> {
  const [{ type } = {}] = await stages.ask(`SELECT toTypeName(ord) AS type FROM ${REQUESTS} LIMIT 1`);
  await stages.addRows(ODD, ODD_COLUMNS, rows);
  const read = oddRowsSql(ODD, String(type), foldsNumbers(options));
  await stages.append(REQUESTS, `SELECT *, ${routeKeySql(options)} AS route_key FROM (${read})`);
}

/** The first and the last request of each life, in each app. */
export const ENDS = `
SELECT prefix, pid, app, own, total, core, ord FROM ${REQUESTS}
WHERE kind = 1 AND ord IN (SELECT arrayJoin([min(ord), max(ord)]) FROM ${READINGS} GROUP BY worker, app) ORDER BY ord, own`;

async function place(stages: Stages, options: Options, hostOf: (shape: string) => string): Promise<PlacedRoutes> {
  await stages.add(PATHS, pathsSql(REQUESTS, `${placeSql(options.selection)} = 0`, options));
  const rows = await stages.ask(namesSql(PATHS));
  const found = rows.map((row): FoundName => {
    const rule = options.rules.all[numberOf(row, 'rule') - 1];
    const key = keyOf(textOf(row, 'variant'), hostOf);
    return {
      name: rule?.name ?? textOf(row, 'name'),
      isGiven: rule !== undefined,
      key,
      hidden: numberOf(row, 'hidden') === 1,
    };
  });
  const placed = placeRoutes(found, options.group, options.maxRoutes);
  const texts = rows.map((row, i) => {
    const { name, variant } = { name: literal(textOf(row, 'name')), variant: literal(textOf(row, 'variant')) };
    return `(${name}, ${numberOf(row, 'rule')}, ${variant}, ${numberOf(row, 'hidden')}, ${placed.numbers[i]}, ${placed.shown[i]})`;
  });
  await stages.addRows(ROUTES_STAGE, ROUTE_COLUMNS, texts);
  return placed;
}

export function requestsSql({ from, shape, metric }: SqlTable, options: Options): string {
  const rows = rowsSql({ from, shape, metric, folds: foldsNumbers(options) });
  return `SELECT *, ${routeKeySql(options)} AS route_key FROM (${rows})`;
}

function foldsNumbers({ group, rules }: Options): boolean {
  return group && !rules.seesNumbers;
}

export function readingsQuery(
  { selection }: Options,
  concurrent: boolean,
  apps: boolean,
  isWrapped: boolean,
): ReadingsQuery {
  const places = isWrapped ? PLACES : undefined;
  return { requests: REQUESTS, paths: PATHS, routes: ROUTES_STAGE, places, concurrent, apps, selection };
}
