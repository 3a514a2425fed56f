/**
 * Keeps the calls of a route apart that a leak may depend on: by error status, and by the query parameter whose values divide its
 * first calls. What Variants and Parts do request by request is done here in three steps, since the choice has to be known first.
 */
import { dividingParameter, FIRST_ERROR, type RoutePart, SAMPLED_CALLS } from '../route/parts.ts';
import { MOST_PARTS } from '../route/variants.ts';
import { numberOf, type Row, textOf } from './engine.ts';
import { literal } from './sql.ts';
import type { Stages } from './stages.ts';

/** Longer values and queries are cut. */
const [LONGEST_VALUE, LONGEST_QUERY] = [24, 512];

export const KEYED = 'leakrank_keyed';
export const PARTED = 'leakrank_parted';
const CHOICES = 'leakrank_choices';
const PARTS = 'leakrank_parts';
const CHOICE_COLUMNS = { origin: 'String', route: 'Int64', name: 'String' };
const PART_COLUMNS = { route: 'Int64', part_status: 'String', part_query: 'String', number: 'UInt32' };

export interface PlacedPart {
  /** The route whose part it is. */
  route: number;
  part: RoutePart;
  examples: readonly unknown[];
}

export interface PartsQuery {
  byStatus: boolean;
  byQuery: boolean;
  /** How many routes there are: parts are numbered behind them. */
  routes: number;
  maxRoutes: number;
}

/** An expression of a row of rowsSql. */
export const querySql = `if(position(cutFragment(uri), '?') = 0, '', substring(cutFragment(uri), position(cutFragment(uri), '?') + 1, 8192))`;

const SAMPLES = `
SELECT origin, route, arrayMap(q -> q.2, groupArraySorted(${SAMPLED_CALLS})((ord, substring(query, 1, ${LONGEST_QUERY})))) AS queries
FROM ${KEYED} WHERE counts GROUP BY origin, route HAVING count() >= ${SAMPLED_CALLS} AND max(query != '')`;

const FOUND = `
SELECT route, part_status, part_query, arrayMap(p -> p.2, groupArraySorted(2)((ord, path))) AS examples
FROM ${PARTED} WHERE counts AND (part_status != '' OR part_query != '') GROUP BY route, part_status, part_query ORDER BY min(ord)`;

/**
 * @param stages hold leakrank_keyed.
 * @returns the parts, and what a reading's row is with the number of its part, or -1.
 */
export async function placeParts(stages: Stages, query: PartsQuery): Promise<{ parts: PlacedPart[]; rows: string }> {
  const chosen = query.byQuery ? (await stages.ask(SAMPLES)).flatMap(choiceOf) : [];
  if (chosen.length > 0) await stages.addRows(CHOICES, CHOICE_COLUMNS, chosen);
  await stages.add(PARTED, partedSql(query.byStatus, chosen.length > 0));
  const { parts, rows } = numbered(await stages.ask(FOUND), query);
  await stages.addRows(PARTS, PART_COLUMNS, rows);
  const number = 'if(a.counts, toInt64(b.number) - 1, -1) AS part';
  const on = 'a.route = b.route AND a.part_status = b.part_status AND a.part_query = b.part_query';
  return { parts, rows: `SELECT a.*, ${number} FROM ${PARTED} AS a LEFT ANY JOIN ${PARTS} AS b ON ${on}` };
}

function choiceOf(row: Row): string[] {
  const queries = Array.isArray(row.queries) ? row.queries.map(String) : [];
  const name = dividingParameter(queries);
  return name === undefined ? [] : [`(${literal(textOf(row, 'origin'))}, ${numberOf(row, 'route')}, ${literal(name)})`];
}

function partedSql(byStatus: boolean, hasChoices: boolean): string {
  const status = byStatus ? `if(status >= ${FIRST_ERROR}, toString(status), '')` : "''";
  if (!hasChoices) return `SELECT * EXCEPT query, ${status} AS part_status, '' AS part_query FROM ${KEYED}`;
  const own = `arrayFirst(p -> p = name OR startsWith(p, concat(name, '=')), splitByChar('&', query))`;
  const value = `concat(name, '=', toValidUTF8(substring(${own}, length(name) + 2, ${LONGEST_VALUE})))`;
  // Whether the sample was over already: the choice is made with its last call.
  return `
SELECT * EXCEPT (query, name, nth), ${status} AS part_status,
  multiIf(name = '' OR nth <= ${SAMPLED_CALLS}, '', ${own} = '', name, ${value}) AS part_query
FROM (
  SELECT k.*, c.name AS name, row_number() OVER (PARTITION BY k.origin, k.route, k.counts ORDER BY k.ord, k.own) AS nth
  FROM ${KEYED} AS k LEFT ANY JOIN ${CHOICES} AS c ON k.origin = c.origin AND k.route = c.route
)`;
}

/** In the order in which they came: of each route the first few. */
function numbered(found: readonly Row[], { routes, maxRoutes }: PartsQuery): { parts: PlacedPart[]; rows: string[] } {
  const parts: PlacedPart[] = [];
  const rows: string[] = [];
  const counts = new Map<number, number>();
  for (const row of found) {
    const route = numberOf(row, 'route');
    const known = counts.get(route) ?? 0;
    if (known >= MOST_PARTS || parts.length >= maxRoutes) continue;
    counts.set(route, known + 1);
    const part = { status: textOf(row, 'part_status'), query: textOf(row, 'part_query') };
    rows.push(`(${route}, ${literal(part.status)}, ${literal(part.query)}, ${routes + parts.length + 1})`);
    parts.push({ route, part, examples: Array.isArray(row.examples) ? row.examples : [] });
  }
  return { parts, rows };
}
