/**
 * What src/attribute follows request by request, as SQL over windows of each worker's requests.
 *
 * worker, at: its name and which of its requests it is. inside: in the chosen times. followed: its memory is a reading that growth
 * is counted from, with number, before and peak (the reading before, and the highest of all before), gap (growth since then is not
 * of this request alone). measured: it counts for the estimates, with n (from 1 on), requests (of the life), previous, last_n (of
 * the route, 0 for its first), and the lowest of three readings from it on, before it, and before all of these.
 */
import type { Selection } from '../select.ts';

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

export function readingsSql(query: ReadingsQuery): string {
  const { selection, concurrent, places, apps } = query;
  const chosen = selection.since !== undefined || selection.until !== undefined;
  const counted = `PARTITION BY worker_key${apps ? ', app' : ''} ${ORDER}`;
  const falls = concurrent
    ? 'toUInt64(0)'
    : `toUInt64(own >= 0 AND own < lagInFrame(own, 1, own) OVER (${counted} ${TWO}))`;
  // The counter before is of the same life, or there is none.
  const ownBefore = apps ? 'if(life_before = life, last_own, -1)' : 'if(falls > 0, -1, last_own)';
  const missed = chosen ? '(place = 0 AND (unlogged > 0 OR bytes <= 0) OR place > 0)' : '(unlogged > 0 OR bytes <= 0)';
  return `
SELECT worker, worker_key, life, route, at, inside, measured, followed, bytes, time, ord, uri, path, method, status, unlogged, n, requests,
  before, ${chosen ? 'previous' : 'before AS previous'}, number, peak, gap, lowest, toInt64(lowest) - toInt64(lowest_before) AS step, lowest_earlier,
  lagInFrame(n, 1, toUInt64(0)) OVER (PARTITION BY worker, route, measured AND n >= 2 AND n + 2 <= requests ORDER BY n ${TWO}) AS last_n
FROM (
  SELECT *, ${chosen ? 'row_number() OVER f' : 'n'} AS number,
    lagInFrame(bytes, 1, bytes) OVER ${chosen ? 'f2' : 'm2'} AS before,${chosen ? ' lagInFrame(bytes, 1, bytes) OVER m2 AS previous,' : ''}
    max(bytes) OVER (PARTITION BY worker, followed ${ORDER} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS peak,
    missing > lagInFrame(missing, 1, missing) OVER ${chosen ? 'f2' : 'm2'} AS gap
  FROM (
    SELECT *, row_number() OVER m AS n, count() OVER (PARTITION BY worker, measured) AS requests,
      min(bytes) OVER (PARTITION BY worker, measured ${ORDER} ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) AS lowest,
      min(bytes) OVER (PARTITION BY worker, measured ${ORDER} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS lowest_before,
      min(bytes) OVER (PARTITION BY worker, measured ${ORDER} ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS lowest_earlier
    FROM (
      SELECT *, place = 0 AS inside, inside AND bytes > 0 AS measured,
        ${chosen ? 'bytes > 0 AND (place = 0 OR place < 0 AND (seen > 0 OR next_place = 0))' : 'measured'} AS followed,
        sum(toUInt64(${missed})) OVER w AS missing
      FROM (
        SELECT *, if(life = 1, worker_key, concat(worker_key, '#', toString(life))) AS worker,
          ${concurrent ? 'toInt64(0)' : `if(place = 0 AND own > own_before AND own_before >= 0, own - own_before - 1, toInt64(0))`} AS unlogged,
          row_number() OVER l AS at${chosen ? `, sum(toUInt64(place = 0)) OVER l AS seen, leadInFrame(place, 1, toInt8(1)) OVER (PARTITION BY worker_key, life, bytes > 0 ${ORDER} ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS next_place` : ''}
        FROM (
          SELECT *, ${ownBefore} AS own_before
          FROM (
            SELECT *${apps ? `, lagInFrame(life, 1, toUInt64(0)) OVER c AS life_before` : ''}, lagInFrame(own, 1, toInt64(-1)) OVER c AS last_own
            FROM (
              SELECT *, sum(falls) OVER (PARTITION BY worker_key ${ORDER} ${ALL}) + 1 AS life
              FROM (SELECT *, ${falls} AS falls FROM (${keyedSql(query, places)}))
            )
            WINDOW c AS (${counted} ${TWO})
          )
        )
        WINDOW l AS (PARTITION BY worker_key, life ${ORDER} ${ALL})
      )
      WINDOW w AS (PARTITION BY worker ${ORDER} ${ALL})
    )
    WINDOW m AS (PARTITION BY worker, measured ${ORDER} ${ALL})
  )
  WINDOW f AS (PARTITION BY worker, followed ${ORDER} ${ALL}), f2 AS (PARTITION BY worker, followed ${ORDER} ${TWO}),
    m2 AS (PARTITION BY worker, measured ${ORDER} ${TWO})
)`;
}

function keyedSql({ requests, paths, routes, selection }: ReadingsQuery, places: string | undefined): string {
  const key = places === undefined ? 'pid' : `if(q.origin = '', pid, concat(q.origin, '/', pid))`;
  const place = places === undefined ? '' : `LEFT ANY JOIN ${places} AS q ON r.shape = q.shape`;
  return `
                SELECT ${key} AS worker_key, app, own, bytes, time, ord, uri, path, method, status, p.route AS route, ${placeSql(selection)} AS place
                FROM ${requests} AS r
                LEFT ANY JOIN (
                  SELECT route_key, t.route AS route FROM ${paths} AS k
                  INNER JOIN ${routes} AS t ON k.name = t.name AND k.rule = t.rule AND k.variant = t.variant AND k.hidden = t.hidden
                ) AS p ON r.route_key = p.route_key
                ${place}
                WHERE r.kind = 1`;
}
