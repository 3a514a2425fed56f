/**
 * The parts of the evidence, from a stage of readings-sql.ts: the same floors, steps, jumps and growth events as in src/attribute.
 * The numbers stand there, and in src/wasm/assembly/life.
 */

/** Per request that was not measured, and gaps. */
export const TOTALS = `
SELECT countIf(inside AND NOT torn) AS requests, countIf(inside AND route < 0 AND NOT torn) AS without_uri, countIf(torn AND inside) AS torn_lines,
  countIf(inside AND bytes = 0) AS zeros, countIf(inside AND bytes < 0) AS absents,
  sum(unlogged) AS unlogged, countIf(NOT inside AND NOT torn) AS left_out
FROM leakrank_readings`;

/** Per worker: how much of what. */
export const WORKERS = `
SELECT worker, countIf(inside AND NOT torn) AS request_count, countIf(measured) AS measured_count,
  argMinIf(bytes, number, followed) AS first_bytes, argMaxIf(bytes, number, followed) AS last_bytes, maxIf(bytes, followed) AS peak_bytes,
  argMinIf(bytes, n, measured) AS first_measured, argMaxIf(bytes, n, measured) AS last_measured, countIf(followed) AS followed_count,
  minIf(time, inside AND NOT torn) AS first_time, maxIf(time, inside AND NOT torn) AS last_time,
  argMinIf(time, ord, inside AND NOT torn) AS begin_time, argMaxIf(time, ord, inside AND NOT torn) AS end_time,
  sumIf(bytes - before, followed AND (gap OR NOT inside OR route < 0) AND number > 1) AS net_bytes,
  sumIf(greatest(bytes - peak, 0), followed AND (gap OR NOT inside OR route < 0) AND number > 1) AS high_water_bytes
FROM leakrank_readings GROUP BY worker HAVING request_count > 0 ORDER BY worker`;

export const ROUTES = `
SELECT route, count() AS calls, sumIf(bytes - before, own_growth AND bytes > before) AS gross_bytes,
  sumIf(bytes - before, own_growth) AS net_bytes, sumIf(greatest(bytes - peak, 0), own_growth) AS high_water_bytes,
  countIf(own_growth AND bytes > before) AS growth_calls
FROM (SELECT *, measured AND NOT gap AND number > 1 AS own_growth FROM leakrank_readings WHERE inside AND route >= 0) GROUP BY route ORDER BY route`;

export const PART_CALLS = `SELECT part, count() AS calls FROM leakrank_readings WHERE inside AND part >= 0 GROUP BY part`;

/** The paths of its first two requests. */
export const EXAMPLES = `
SELECT t.shown AS route, arrayMap(p -> p.2, arraySlice(arraySort(arrayFlatten(groupArray(k.firsts))), 1, 2)) AS examples
FROM leakrank_paths AS k
INNER JOIN leakrank_routes AS t ON k.name = t.name AND k.rule = t.rule AND k.variant = t.variant AND k.hidden = t.hidden
GROUP BY route ORDER BY route`;

export const LARGEST = `
WITH largest AS (
  SELECT route, bytes - before AS growth_bytes, before, bytes, worker, time, pid, own, ord, n
  FROM leakrank_readings WHERE measured AND route >= 0 AND NOT gap AND number > 1 AND bytes > before ORDER BY route, growth_bytes DESC, ord LIMIT 3 BY route
)
SELECT l.route AS route, l.growth_bytes AS growth_bytes, l.before AS before, l.bytes AS bytes, l.worker AS worker, l.time AS time, l.ord AS ord, l.n AS n,
  r.uri AS uri, r.method AS method, r.status AS status
FROM largest AS l
LEFT ANY JOIN (SELECT pid, ord, own, bytes, uri, method, status FROM leakrank_requests WHERE kind = 1 AND ord IN (SELECT ord FROM largest)) AS r
  ON l.ord = r.ord AND l.pid = r.pid AND l.own = r.own AND l.bytes = r.bytes`;

/** Readings of the lives that are followed. */
const FOLLOWED = 'leakrank_readings WHERE measured AND worker IN {workers:Array(String)}';

/** Floors of {@link Life}; `most` of them at most, the window of each worker doubled until that is so. */
export const floorsSql = (parts: boolean): string => `
SELECT worker, any(window) AS window, floor, max(own_bytes) AS floor_bytes, max(own_position) AS floor_position,
  arraySort(groupArrayIf((of_route, calls), of_route >= 0)) AS calls_of, arraySort(groupArrayIf((of_route, steps), steps != 0 AND of_route >= 0)) AS steps_of
FROM (
  SELECT worker, any(window) AS window, floor, ${parts ? 'of.1' : 'route'} AS of_route, count() AS calls, sum(${parts ? 'of.2' : 'step_bytes'}) AS steps,
    max(if(n <= lowest_n, lowest_bytes, -1)) AS own_bytes, max(if(n <= lowest_n, lowest_n, 0)) AS own_position
  FROM (
    SELECT worker, window, route, part, n, step_bytes, lowest_bytes,
      max(if(bytes = lowest_bytes, n, 0)) OVER (PARTITION BY worker, own_floor) AS lowest_n, own_floor + (n > lowest_n) AS floor
    FROM (
      SELECT worker, window, route, part, bytes, n, intDiv(n - 1, window) AS own_floor, bytes - previous AS step_bytes,
        min(bytes) OVER (PARTITION BY worker, own_floor) AS lowest_bytes
      FROM (
        SELECT *, toUInt64(25 * exp2(greatest(0, ceil(log2(intDiv(requests + 24, 25) / {most:UInt32}))))) AS window FROM ${FOLLOWED}
      )
    )
  )${parts ? '\n  ARRAY JOIN if(part >= 0, [(route, step_bytes), (part, toInt64(0))], [(route, step_bytes)]) AS of' : ''}
  GROUP BY worker, floor, of_route
)
GROUP BY worker, floor ORDER BY worker, floor`;

const OWN = `
own AS (
  SELECT worker, route, part, n, requests, step, lowest, lowest_earlier, n >= 45 AND last_n > 0 AND route >= 0 AS counts, n < 200 AS early, least(n - last_n, 400) AS pause
  FROM ${FOLLOWED} AND n >= 2 AND n + 2 <= requests
)`;

export const ownSumsSql = (parts: boolean): string => `
WITH ${OWN.trim()}
SELECT worker, ${parts ? 'of' : 'route'} AS of_route, count() AS calls, sum(toFloat64(step)) AS steps, sum(toFloat64(step) * step) AS steps2,
  sum(pause) AS pauses, sum(pause * pause) AS pauses2, sum(toFloat64(pause) * step) AS pause_steps
FROM own${parts ? ' ARRAY JOIN if(part >= 0, [route, part], [route]) AS of' : ''} WHERE counts AND (NOT early OR requests < 1300) GROUP BY worker, of_route ORDER BY worker, of_route`;

/** A jump has fallen when the route's next call but those right behind it finds half of it gone. */
export const JUMPS = `
WITH ${OWN.trim()}
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
  FROM own WHERE counts AND (worker, route) IN (SELECT worker, route FROM own WHERE toInt64(lowest) - toInt64(lowest_earlier) >= 131072)
  WINDOW calls_of AS (PARTITION BY worker, route, early ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    ahead AS (PARTITION BY worker, route, early ORDER BY n ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING)
)
WHERE jumped AND (NOT early OR requests < 1300) GROUP BY worker, route, size_class ORDER BY worker, route, size_class`;

/** Stretches of 25 requests, doubled until there are few enough events; those of a worker with too many routes span its life. */
export const EVENTS = `
WITH grown AS (SELECT worker, route, n, lowest, requests FROM ${FOLLOWED} AND n >= 2 AND n + 2 <= requests AND step > 0 AND route >= 0),
stretches AS (
  SELECT worker, toUInt64(25 * exp2(minIf(doublings, events <= {events:UInt32} OR 25 * exp2(doublings) > last_n))) AS stretch
  FROM (
    SELECT worker, doublings, uniqExact(route, intDiv(n, toUInt64(25 * exp2(doublings)))) AS events, max(n) AS last_n
    FROM grown ARRAY JOIN range(toUInt64(2 + ceil(log2(requests / 25 + 1)))) AS doublings GROUP BY worker, doublings
  ) GROUP BY worker
),
events AS (
  SELECT g.worker AS worker, s.stretch AS stretch, g.route AS event_route, min(g.n) AS event_n, argMin(g.lowest, g.n) AS event_bytes
  FROM grown AS g INNER JOIN stretches AS s ON g.worker = s.worker GROUP BY worker, stretch, event_route, intDiv(g.n, stretch)
)
SELECT worker, any(stretch) AS stretch, any(event_route) AS event_route, any(event_bytes) AS event_bytes, event_n,
  arraySort(groupArrayIf((route, calls), route >= 0)) AS calls_of
FROM (
  SELECT r.worker AS worker, any(e.stretch) AS stretch, any(e.event_route) AS event_route, any(e.event_bytes) AS event_bytes,
    e.event_n AS event_n, r.route AS route, count() AS calls
  FROM (SELECT worker, route, n FROM ${FOLLOWED}) AS r ASOF INNER JOIN events AS e ON r.worker = e.worker AND r.n <= e.event_n
  GROUP BY worker, event_n, route
)
GROUP BY worker, event_n ORDER BY worker, event_n`;
