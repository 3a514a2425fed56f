/**
 * What src/attribute computes request by request, as SQL over windows of each worker's requests: the same floors, steps, jumps
 * and growth events. The numbers stand in life.ts, own-steps.ts, jumps.ts and growth-events.ts.
 */
import { pathSql, routeSql } from './route-sql.ts';

/**
 * Requests in their order, worker by worker. A pid whose counter falls is another worker; growth over requests that are not in
 * the log, or were not measured, belongs to no route.
 *
 * @param rows of {@link rowsSql}. @param concurrent counters come out of order then, and say nothing.
 */
export function readingsSql(rows: string, group: boolean, concurrent: boolean): string {
  const falls = concurrent
    ? '0'
    : 'own >= 0 AND own < lagInFrame(own, 1, own) OVER (PARTITION BY worker_key, app ORDER BY ord ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)';
  const unlogged = concurrent ? '0' : 'if(own > before_own AND before_own >= 0, own - before_own - 1, 0)';
  return `
lives AS (
  SELECT *, sum(falls) OVER (PARTITION BY worker_key ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) + 1 AS life
  FROM (SELECT *, toUInt64(${falls}) AS falls FROM (${rows}))
),
counted AS (
  SELECT *, if(life = 1, worker_key, concat(worker_key, '#', toString(life))) AS worker, ${pathSql('uri')} AS path,
    ${routeSql('path', group)} AS route,
    lagInFrame(own, 1, toInt64(-1)) OVER (PARTITION BY worker_key, life, app ORDER BY ord ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before_own,
    ${unlogged} AS unlogged
  FROM lives
),
gaps AS (
  SELECT *, sum(unlogged + (bytes <= 0)) OVER (PARTITION BY worker ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS missing
  FROM counted
),
readings AS (
  SELECT worker, route, path, bytes, time, ord,
    row_number() OVER (PARTITION BY worker ORDER BY ord) AS n,
    count() OVER (PARTITION BY worker) AS requests,
    lagInFrame(bytes, 1, bytes) OVER w AS before,
    max(bytes) OVER (PARTITION BY worker ORDER BY ord ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS peak,
    missing > lagInFrame(missing, 1, missing) OVER w AS gap,
    min(bytes) OVER (PARTITION BY worker ORDER BY ord ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) AS lowest,
    min(bytes) OVER (PARTITION BY worker ORDER BY ord ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS lowest_before,
    min(bytes) OVER (PARTITION BY worker ORDER BY ord ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS lowest_earlier,
    toInt64(lowest) - toInt64(lowest_before) AS step
  FROM gaps WHERE bytes > 0
  WINDOW w AS (PARTITION BY worker ORDER BY ord ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)`;
}

/** The first and the last line of each life. */
export const ENDS = `
SELECT argMin(line, ord) AS first_line, argMax(line, ord) AS last_line, min(ord) AS first_ord, max(ord) AS last_ord
FROM lives GROUP BY worker_key, life`;

/** Per worker: how much of what. */
export const WORKERS = `
SELECT worker, count() AS requests, argMin(bytes, n) AS first_bytes, argMax(bytes, n) AS last_bytes, max(bytes) AS peak_bytes,
  min(time) AS first_time, max(time) AS last_time, argMin(time, n) AS begin_time, argMax(time, n) AS end_time,
  sumIf(bytes - before, gap) AS net_bytes, sumIf(greatest(bytes - peak, 0), gap AND n > 1) AS high_water_bytes
FROM readings GROUP BY worker ORDER BY worker`;

/** Per request that was not measured, and gaps. */
export const TOTALS = `
SELECT count() AS requests, countIf(bytes = 0) AS zeros, countIf(bytes < 0) AS absents, sum(unlogged) AS unlogged FROM counted`;

export const ROUTES = `
SELECT route, count() AS calls, sumIf(bytes - before, own_growth AND bytes > before) AS gross_bytes,
  sumIf(bytes - before, own_growth) AS net_bytes, sumIf(greatest(bytes - peak, 0), own_growth) AS high_water_bytes,
  countIf(own_growth AND bytes > before) AS growth_calls,
  arraySlice(arraySort(p -> (length(p), p), groupUniqArray(2)(path)), 1, 2) AS examples
FROM (SELECT *, NOT gap AND n > 1 AS own_growth FROM readings) GROUP BY route ORDER BY route`;

export const LARGEST = `
SELECT route, bytes - before AS growth_bytes, before, bytes, worker, time, path, ord, toInt64(n) AS n
FROM readings WHERE NOT gap AND n > 1 AND bytes > before ORDER BY route, growth_bytes DESC, ord LIMIT 3 BY route`;

/** Floors of {@link Life}; `most` of them at most, the window of each worker doubled until that is so. */
export const FLOORS = `
SELECT worker, window, floor, floor_bytes, floor_position, route, count() AS calls, sum(step_bytes) AS steps
FROM (
  SELECT worker, window, route, intDiv(n - 1, window) AS own_floor, toInt64(bytes) - toInt64(before) AS step_bytes, n,
    min((bytes, -toInt64(n))) OVER (PARTITION BY worker, own_floor) AS lowest_of,
    n <= -lowest_of.2 AS is_before,
    own_floor + if(is_before, 0, 1) AS floor,
    toInt64(lowest_of.1) AS own_bytes, -lowest_of.2 AS own_position,
    own_bytes AS floor_bytes, own_position AS floor_position
  FROM (SELECT *, toUInt64(25 * exp2(greatest(0, ceil(log2(intDiv(requests + 24, 25) / {most:UInt32}))))) AS window FROM readings WHERE worker IN {workers:Array(String)})
)
GROUP BY worker, window, floor, floor_bytes, floor_position, route ORDER BY worker, floor, route`;

const OWN = `
own AS (
  SELECT *, n >= 45 AND last_n > 0 AS counts, n < 200 AS early, least(n - last_n, 400) AS pause
  FROM (
    SELECT *, lagInFrame(n, 1, 0) OVER (PARTITION BY worker, route ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS last_n
    FROM readings WHERE n >= 2 AND n + 2 <= requests AND worker IN {workers:Array(String)}
  )
)`;

export const OWN_SUMS = `, ${OWN}
SELECT worker, route, count() AS calls, sum(toFloat64(step)) AS steps, sum(toFloat64(step) * step) AS steps2,
  sum(pause) AS pauses, sum(pause * pause) AS pauses2, sum(toFloat64(pause) * step) AS pause_steps
FROM own WHERE counts AND (NOT early OR requests < 1300) GROUP BY worker, route ORDER BY worker, route`;

/** A jump has fallen when the route's next call but those right behind it finds half of it gone. */
export const JUMPS = `, ${OWN}
SELECT worker, route, size_class, count() AS jumps, sum(call_number + if(NOT early AND requests < 1300, early_calls, 0)) AS call_numbers,
  sum(fallen) AS fallen
FROM (
  SELECT *, toInt64(lowest) - toInt64(lowest_earlier) AS jump, jump >= 131072 AS jumped,
    least(255, toInt64(floor(log(jump / 131072) / log(1.12)))) AS size_class,
    row_number() OVER calls_of AS call_number,
    countIf(early) OVER (PARTITION BY worker, route) AS early_calls,
    lowest - jump / 2 AS fallen_at,
    leadInFrame(n, 1, toUInt64(0)) OVER ahead AS n1, leadInFrame(n, 2, toUInt64(0)) OVER ahead AS n2, leadInFrame(n, 3, toUInt64(0)) OVER ahead AS n3,
    leadInFrame(lowest_earlier, 1) OVER ahead AS e1, leadInFrame(lowest_earlier, 2) OVER ahead AS e2, leadInFrame(lowest_earlier, 3) OVER ahead AS e3,
    leadInFrame(jumped, 1) OVER ahead AS j1, leadInFrame(jumped, 2) OVER ahead AS j2,
    multiIf(n1 = 0, 0, n1 >= n + 3, e1 <= fallen_at, j1 OR n2 = 0, 0, n2 >= n + 3, e2 <= fallen_at, j2 OR n3 = 0, 0, e3 <= fallen_at) AS fallen
  FROM own WHERE counts
  WINDOW calls_of AS (PARTITION BY worker, route, early ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    ahead AS (PARTITION BY worker, route, early ORDER BY n ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING)
)
WHERE jumped AND (NOT early OR requests < 1300) GROUP BY worker, route, size_class ORDER BY worker, route, size_class`;

/** Stretches of 25 requests, doubled until there are few enough events; those of a worker with too many routes span its life. */
export const EVENTS = `, ${OWN},
stretches AS (
  SELECT worker, 25 * exp2(minIf(doublings, events <= {events:UInt32} OR 25 * exp2(doublings) > last_n)) AS stretch
  FROM (
    SELECT worker, doublings, uniqExact(route, intDiv(n, toUInt64(25 * exp2(doublings)))) AS events, max(n) AS last_n
    FROM own ARRAY JOIN range(48) AS doublings WHERE step > 0 GROUP BY worker, doublings
  ) GROUP BY worker
),
marked AS (
  SELECT r.worker AS worker, r.route AS route, r.n AS n, r.lowest AS lowest, toUInt64(s.stretch) AS stretch,
    r.step > 0 AND r.n >= 2 AND r.n + 2 <= r.requests AS grows,
    grows AND n = minIf(n, grows) OVER (PARTITION BY worker, route, intDiv(n, stretch)) AS is_event
  FROM readings AS r INNER JOIN stretches AS s ON r.worker = s.worker
),
numbered AS (
  SELECT *, sum(is_event) OVER (PARTITION BY worker ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - is_event AS event
  FROM marked
)
SELECT worker, stretch, event, event_route, event_bytes, event_n, route, count() AS calls
FROM (
  SELECT *, anyIf(route, is_event) OVER e AS event_route, maxIf(lowest, is_event) OVER e AS event_bytes, maxIf(n, is_event) OVER e AS event_n
  FROM numbered WINDOW e AS (PARTITION BY worker, event)
)
WHERE event_n > 0 GROUP BY worker, stretch, event, event_route, event_bytes, event_n, route ORDER BY worker, event, route`;
