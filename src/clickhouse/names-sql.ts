/** Each different path once, with the name that SQL gives it: few where there were many requests. */
import type { Options } from '../options.ts';
import type { RouteKeys } from '../route/keys.ts';
import { splits } from '../route/keys.ts';
import type { Selection } from '../select.ts';
import { nameSql, normalSql } from './route-sql.ts';
import { ruleSql } from './rule-sql.ts';
import { literal } from './sql.ts';

/** Longer values of a parameter are cut. */
const LONGEST_VALUE = 24;

/** An expression of a row of rowsSql: 1 for requests that the report leaves out, of which the memory counts all the same. */
export function hiddenSql({ statuses, methods }: Selection): string {
  const conditions = [
    ...(statuses.length === 0
      ? []
      : [`(${statuses.map(([from, to]) => `status BETWEEN ${from} AND ${to}`).join(' OR ')})`]),
    ...(methods.length === 0 ? [] : [`upper(method) IN (${methods.map(literal).join(', ')})`]),
  ];
  return conditions.length === 0 ? '0' : `NOT (${conditions.join(' AND ')})`;
}

/** An expression of a row: what `--by` splits by, in the order of keyOf(); '' where it splits by nothing. */
export function variantSql(by: RouteKeys): string {
  if (!splits(by)) return "''";
  const queries = by.query.map((name) => parameterSql(name));
  const texts = [
    by.method ? 'substring(method, 1, 32)' : "''",
    by.status ? "if(status < 0, '', toString(status))" : "''",
    by.host ? 'shape' : "''",
    queries.length === 0 ? "''" : `arrayStringConcat(arrayFilter(q -> q != '', [${queries.join(', ')}]), '&')`,
  ];
  return `concat(${texts.join(", '\\n', ")})`;
}

/** `NAME=VALUE` where the query has it, of the first where it is there twice. */
function parameterSql(name: string): string {
  const query = `cutFragment(if(position(uri, '?') = 0, '', substring(uri, position(uri, '?') + 1)))`;
  const own = `arrayFirst(p -> p = ${literal(name)} OR startsWith(p, ${literal(`${name}=`)}), splitByChar('&', ${query}))`;
  const value = `substring(${own}, ${Buffer.byteLength(name) + 2}, ${LONGEST_VALUE})`;
  return `if(${own} = '', '', concat(${literal(`${name}=`)}, ${value}))`;
}

/** An expression of a row: what tells its route. Rows of one key are of one route. */
export function routeKeySql({ rules, by, selection }: Options): string {
  const parts = [
    'folded',
    ...(rules.methods.length > 0 ? ['upper(method)'] : []),
    ...(splits(by) ? [variantSql(by)] : []),
    ...(selection.statuses.length + selection.methods.length > 0 ? [`toString(${hiddenSql(selection)})`] : []),
  ];
  return parts.length === 1 ? 'folded' : `concat(${parts.join(", '\\0', ")})`;
}

/** @param requests a stage of rows. @param inside a condition: which of them count. */
export function pathsSql(requests: string, inside: string, { rules, by, selection, group }: Options): string {
  const normal = normalSql('folded');
  const paths = rules.isEmpty ? 'folded' : normal;
  return `
SELECT route_key, folded, rule, if(rule > 0, '', toValidUTF8(${nameSql(group ? normal : 'folded', group)})) AS name, variant, hidden, first, firsts
FROM (
  SELECT *, ${ruleSql(rules.all, paths, 'verb')} AS rule
  FROM (
    SELECT route_key, any(folded) AS folded, upper(any(method)) AS verb, toValidUTF8(any(${variantSql(by)})) AS variant,
      any(toUInt8(${hiddenSql(selection)})) AS hidden, min(ord) AS first,
      groupArraySorted(2)((ord, path)) AS firsts
    FROM ${requests} WHERE kind = 1 AND ${inside} GROUP BY route_key
  )
)`;
}

/** In the order of their first requests. */
export const namesSql = (paths: string): string =>
  `SELECT name, rule, variant, hidden FROM ${paths} GROUP BY name, rule, variant, hidden ORDER BY min(first), name`;
