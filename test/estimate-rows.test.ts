/** Rows of fits, recomputed from the requests themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columnsOf } from '../src/estimate/candidates.ts';
import { coarsen, MAX_ROWS } from '../src/estimate/coarsening.ts';
import { joinInseparable, representatives } from '../src/estimate/inseparable.ts';
import { callsOfLife, routeTotals } from '../src/estimate/route-totals.ts';
import { buildRows, withoutBeginnings } from '../src/estimate/rows.ts';
import { isClose } from './support/naive-algebra.ts';
import { mapOf } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';
import { lifeOf, type Request, simulatedLives } from './support/simulated-workers.ts';

const ROUTES = 4;

function randomRequests(seed: number, requests: number): Request[] {
  const random = seededRandom(seed);
  return Array.from({ length: requests }, () => ({ route: random.integer(ROUTES), bytes: 1000 + random.integer(50) }));
}

/** The last of the lowest readings of every `window` requests; a last window that is not half full has none. */
function floorsOf(requests: readonly Request[], window: number): number[] {
  const floors: number[] = [];
  for (let start = 0; start < requests.length; start += window) {
    // Whether the last window counts is decided by base windows, as it may be joined with others.
    const rest = requests.slice(start, start + window);
    if (rest.length % 25 < 12.5) rest.length -= rest.length % 25;
    if (rest.length === 0) continue;
    const lowest = Math.min(...rest.map(({ bytes }) => bytes));
    floors.push(start + rest.findLastIndex(({ bytes }) => bytes === lowest));
  }
  return floors;
}

test('rows are what happened between two floors', () => {
  const workers = fc.array(fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), requests: fc.integer({ max: 400 }) }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(workers, fc.constantFrom(1, 2, 4), fc.constantFrom(0, 0.05, 0.4), (planned, scale, skip) => {
      const logs = planned.map(({ seed, requests }) => randomRequests(seed, Math.max(0, requests)));
      const groups = [[0], [1, 3]];
      const map = columnsOf(groups, ROUTES, false);
      const evidence = { lives: logs.map(lifeOf), factor: 1 };
      const rows = withoutBeginnings(buildRows(evidence, map, scale), evidence, skip);
      let row = 0;
      logs.forEach((log, life) => {
        const floors = floorsOf(log, 25 * scale);
        floors.slice(1).forEach((floor, i) => {
          if (floor + 1 < skip * log.length) return;
          const before = floors[i]!;
          assert.equal(rows.life[row], life);
          assert.equal(rows.growth[row], log[floor]!.bytes - log[before]!.bytes);
          groups.forEach((routes, column) => {
            const count = (route: number, end: number) => log.slice(0, end + 1).filter((r) => r.route === route).length;
            const sum = (f: (route: number) => number) => routes.reduce((total, route) => total + f(route), 0);
            const calls = sum((route) => count(route, floor) - count(route, before));
            const age = sum((route) => Math.log2(1 + count(route, floor)) - Math.log2(1 + count(route, before)));
            const steps = log.reduce((total, { route, bytes }, at) => {
              const isWithin = at > before && at <= floor && routes.includes(route);
              return isWithin ? total + bytes - log[at - 1]!.bytes : total;
            }, 0);
            assert.equal(rows.calls[column]![row], calls);
            assert.ok(isClose(rows.ages[column]![row]!, age));
            assert.equal(rows.steps[column]![row], steps);
          });
          row++;
        });
      });
      assert.equal(rows.count, row);
    }),
  );
});

test('totals count every request once', () => {
  const logs = [randomRequests(1, 333), randomRequests(2, 12)];
  const lives = logs.map(lifeOf);
  const totals = routeTotals(lives, ROUTES + 1);
  for (let route = 0; route <= ROUTES; route++) {
    const counts = logs.map((log) => log.filter((request) => request.route === route).length);
    assert.equal(totals.calls[route], counts[0]! + counts[1]!);
    assert.equal(totals.lives[route], counts.filter((count) => count > 0).length);
    assert.ok(isClose(totals.ages[route]!, Math.log2(1 + counts[0]!) + Math.log2(1 + counts[1]!)));
    assert.equal(mapOf(callsOfLife(lives[0]!).pairs()).get(route) ?? 0, counts[0]);
  }
});

test('any number of floors gives a bounded number of rows, and rows to every life that is looked at', () => {
  const routes = [{ share: 1 }, { share: 2 }];
  const plans = [
    { workers: 3, requests: 30_000 },
    { workers: 300, requests: 300 },
    { workers: 40, requests: 3000 },
    { workers: 1, requests: 60_000 },
  ];
  for (const plan of plans) {
    const evidence = coarsen(simulatedLives(1, routes, plan));
    const rows = buildRows(evidence, columnsOf([[0], [1]], 2, false), 1);
    assert.ok(rows.count <= 1.6 * MAX_ROWS, `${rows.count}`);
    assert.ok(rows.count >= 0.3 * Math.min(MAX_ROWS, (plan.workers * plan.requests) / 25), `${rows.count}`);
    assert.equal(new Set(rows.life).size, evidence.lives.length);
  }
});

test('routes whose calls rise and fall together share a column', () => {
  const random = seededRandom(1);
  const a = Float64Array.from({ length: 200 }, () => random.integer(10));
  const b = Float64Array.from({ length: 200 }, () => random.integer(10));
  const twice = a.map((value) => 2 * value + 1);
  assert.deepEqual(representatives([a, b, twice, new Float64Array(200)], new Int32Array(200)), [0, 1, 0, 3]);
  // A floor between the two calls of a pair makes the rows differ by one, now and then.
  const cut = a.map((value, row) => value + ((row * 7) % 5 === 0 ? 2 : 0) - ((row * 7 - 7) % 5 === 0 ? 2 : 0));
  assert.deepEqual(representatives([b, a, cut], new Int32Array(200)), [0, 1, 1]);
  const rows = { count: 200, life: new Int32Array(200), growth: a, calls: [a, b, twice, b], ages: [], steps: [] };
  const joined = joinInseparable(columnsOf([[4], [2], [0]], 5, true), rows);
  assert.deepEqual(joined.routes, [[4, 0], [2]]);
  assert.deepEqual([...joined.columnOf], [0, 2, 1, 2, 0]);
  assert.equal(joined.count, 3);
});
