/**
 * What src/attribute follows request by request, as SQL over windows of each worker's requests.
 *
 * worker: its name. route: negative where no request is known; part: of the route, or -1. torn: the line is damaged, and counts as
 * none. pid, app, own, ord: which request it is. inside: in the chosen times. followed: its memory is a reading that growth is counted
 * from, with number, before and peak (the reading before, and the highest of all before), gap (growth since then is not of this
 * request alone). measured: it counts for the estimates, with n (from 1 on), requests (of the life), previous, last_n (of
 * the route, 0 for its first), and the lowest of three readings from it on, before it, and before all of these.
 */
import type { Selection } from '../select.ts';
import { querySql } from './parts.ts';

export interface ReadingsQuery {
  /** Stages: of rows, of paths and of what is known of their routes. */
  requests: string;
  paths: string;
  routes: string;
  /** Of the origins of shapes; undefined where nothing stands around lines. */
  places: string | undefined;
  /** Counters come out of order then, and say nothing. */
  concurrent: boolean;
  /** Requests of one worker are counted app by app. */
  apps: boolean;
  selection: Pick<Selection, 'since' | 'until'>;
}

const ALL = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
const TWO = 'ROWS BETWEEN 1 PRECEDING AND CURRENT ROW';
const ORDER = 'ORDER BY ord, own';

/** -1, 0, 1: before, in and behind the chosen times. */
export function placeSql({ since, until }: ReadingsQuery['selection']): string {
  const cases = [
    ...(since === undefined ? [] : [`time < ${since}, -1`]),
    ...(until === undefined ? [] : [`time > ${until}, 1`]),
  ];
  return cases.length === 0 ? 'toInt8(0)' : `toInt8(multiIf(isNull(time), 0, ${cases.join(', ')}, 0))`;
}

/** @param rows of keyedSql, with the number of the part that each belongs to. */
export function readingsSql(query: ReadingsQuery, rows: string): string {
  const { selection, concurrent, apps } = query;
  const chosen = selection.since !== undefined || selection.until !== undefined;
  const missed = '(unlogged > 0 OR bytes <= 0)';
  const growth = `(PARTITION BY worker_key, life, ${chosen ? 'followed' : 'measured'} ${ORDER}`;
  const own = `(PARTITION BY worker_key, life, measured ${ORDER}`;
  return `
WITH keyed AS (${rows}),
${livesSql(query)},
unlogged AS (
  SELECT *, ${concurrent ? 'toInt64(0)' : `if(place = 0 AND NOT torn AND own > own_of_last AND own_of_last >= 0${apps ? ' AND life_of_last = life' : ''}, own - own_of_last - 1, toInt64(0))`} AS unlogged
  FROM ${apps ? `(SELECT *, lagInFrame(life, 1, toUInt64(0)) OVER (${countersOf(query)} ${TWO}) AS life_of_last FROM lives)` : 'lives'}
),
gaps AS (
  SELECT *, place = 0 AS inside, inside AND bytes > 0 AS measured,
    sum(toUInt64(${chosen ? `place = 0 AND ${missed} OR place > 0 AND NOT torn` : missed})) OVER (PARTITION BY worker_key ${ORDER} ${ALL}) AS missing
  FROM unlogged
)${chosen ? `,\n${followedSql()}` : ''},
windows AS (
  SELECT *, row_number() OVER ${own} ${ALL}) AS n, count() OVER (PARTITION BY worker_key, life, measured) AS requests,
    lagInFrame(bytes, 1, bytes) OVER ${own} ${TWO}) AS previous,
    min(bytes) OVER ${own} ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) AS lowest,
    min(bytes) OVER ${own} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS lowest_before,
    min(bytes) OVER ${own} ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS lowest_earlier,
    ${chosen ? `row_number() OVER ${growth} ${ALL})` : 'n'} AS number, ${chosen ? `lagInFrame(bytes, 1, bytes) OVER ${growth} ${TWO})` : 'previous'} AS before,
    max(bytes) OVER ${growth} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS peak,
    missing > lagInFrame(missing, 1, missing) OVER ${growth} ${TWO}) AS gap
  FROM ${chosen ? 'followed' : 'gaps'}
)
SELECT if(life = 1, toString(worker_key), concat(toString(worker_key), '#', toString(life))) AS worker, route, part, inside, measured, ${chosen ? 'followed' : 'measured AS followed'},
  torn, pid, app, own, bytes, time, ord, unlogged, n, requests, before, previous, number, peak, gap, lowest, toInt64(lowest) - toInt64(lowest_before) AS step, lowest_earlier,
  lagInFrame(n, 1, toUInt64(0)) OVER (PARTITION BY worker_key, life, route, measured AND n >= 2 AND n + 2 <= requests ORDER BY n ${TWO}) AS last_n
FROM windows`;
}

const countersOf = ({ apps }: ReadingsQuery) => `PARTITION BY worker_key${apps ? ', app' : ''} ${ORDER}`;

/** A counter that falls begins another life. With several apps, each has its own, and none is known at the begin of a life. */
function livesSql(query: ReadingsQuery): string {
  const { concurrent, apps } = query;
  const worker = `(PARTITION BY worker_key ${ORDER} ${ALL})`;
  const last = `lagInFrame(own, 1, toInt64(-1)) OVER (${countersOf(query)} ${TWO}) AS own_of_last`;
  if (concurrent || !apps)
    return `counters AS (SELECT *, ${last} FROM keyed),
lives AS (SELECT *, ${concurrent ? 'toUInt64(1)' : `sum(own >= 0 AND own < own_of_last) OVER ${worker} + 1`} AS life FROM counters)`;
  return `positions AS (SELECT *, row_number() OVER ${worker} AS position, ${last} FROM keyed),
counters AS (SELECT *, lagInFrame(position, 1, toUInt64(0)) OVER (${countersOf(query)} ${TWO}) AS position_of_last FROM positions),
begins AS (
  SELECT worker_key, arrayFold((a, x) -> if(x.2 >= a[-1], arrayPushBack(a, x.1), a), arraySort(groupArray((position, position_of_last))), [toUInt64(1)]) AS begins
  FROM counters WHERE own >= 0 AND own < own_of_last GROUP BY worker_key
),
lives AS (
  SELECT c.* EXCEPT worker_key, c.worker_key AS worker_key, toUInt64(greatest(arrayCount(p -> p <= c.position, b.begins), 1)) AS life
  FROM counters AS c LEFT ANY JOIN begins AS b ON c.worker_key = b.worker_key
)`;
}

/** Of what lies before the chosen times the last reading counts, which the first growth is counted from; and what comes late. */
function followedSql(): string {
  const ordered = `(PARTITION BY worker_key, life ${ORDER} ${ALL})`;
  const next = `leadInFrame(place, 1, toInt8(1)) OVER (PARTITION BY worker_key, life, bytes > 0 ${ORDER} ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)`;
  return `followed AS (
  SELECT *, bytes > 0 AND (place = 0 OR place < 0 AND (seen > 0 OR next_place = 0)) AS followed
  FROM (SELECT *, sum(toUInt64(place = 0)) OVER ${ordered} AS seen, ${next} AS next_place FROM gaps)
)`;
}

/** Rows where no parts are kept apart. */
export const withoutParts = (keyed: string): string => `SELECT *, toInt64(-1) AS part FROM (${keyed})`;

/**
 * Requests with their routes. With them come, where parts are kept apart, what tells these: counts, for requests that the report is about.
 */
export function keyedSql({ requests, paths, routes, selection, places }: ReadingsQuery, parts: boolean): string {
  const more = `, status, path, ${querySql} AS query, ${places === undefined ? "''" : 'q.origin'} AS origin, r.kind = 1 AND place = 0 AND p.hidden = 0 AS counts`;
  const key = places === undefined ? 'pid' : `if(q.origin = '', toString(pid), concat(q.origin, '/', toString(pid)))`;
  const place = places === undefined ? '' : `LEFT ANY JOIN ${places} AS q ON r.shape = q.shape`;
  return `
  SELECT ${key} AS worker_key, pid, app, own, bytes, time, ord, if(r.kind = 1, toInt64(p.number) - 1, -1) AS route, r.kind = 3 AS torn, ${placeSql(selection)} AS place${parts ? more : ''}
  FROM ${timedSql(requests, selection)} AS r
  LEFT ANY JOIN (
    SELECT route_key, t.route + 1 AS number, t.hidden AS hidden FROM ${paths} AS k
    INNER JOIN ${routes} AS t ON k.name = t.name AND k.rule = t.rule AND k.variant = t.variant AND k.hidden = t.hidden
  ) AS p ON r.route_key = p.route_key
  ${place}
  WHERE r.kind IN (1, 3, 4)`;
}

/** A damaged line has no time of its own: it lies where the request before it does, or where the log begins. */
function timedSql(requests: string, { since, until }: ReadingsQuery['selection']): string {
  if (since === undefined && until === undefined) return requests;
  const last = `anyLast(if(kind = 3, NULL, time)) OVER (ORDER BY ord ${ALL})`;
  const moment = `if(kind = 3, ifNull(${last}, ${since === undefined ? 'NULL' : since - 1}), time)`;
  return `(SELECT * EXCEPT time, ${moment} AS time FROM ${requests} WHERE kind IN (1, 3, 4))`;
}
