/** Rows between levels, recomputed from the events; and the fit that forgets wild rows, on rows whose truth is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainLife } from '../src/attribute/plain-life.ts';
import { columnsOf } from '../src/estimate/candidates.ts';
import { buildLevelRows, type LevelRows } from '../src/estimate/level-rows.ts';
import { momentsOf } from '../src/estimate/moments.ts';
import { cauchyWeights, steadyFit } from '../src/estimate/steady-fit.ts';
import { isClose } from './support/naive-algebra.ts';
import { seededRandom } from './support/random.ts';
import { simulatedLives } from './support/simulated-workers.ts';

const ROUTES = [
  { share: 3, leakedBytes: 9000 },
  { share: 2, churnBytes: 300_000 },
  { share: 5 },
  { share: 1, churnBytes: 900_000 },
];

test('rows are what happened between an event and the last one of its route that is far enough behind', () => {
  const options = fc.record({
    seed: fc.integer({ min: 1, max: 1000 }),
    skip: fc.constantFrom(0, 0.3),
    gap: fc.constantFrom(25, 100),
  });
  fc.assert(
    fc.property(options, ({ seed, skip, gap }) => {
      const lives = simulatedLives(seed, ROUTES, { workers: 2, requests: 600 });
      const rows = buildLevelRows(momentsOf({ lives, factor: 1 }, columnsOf([[0], [1, 2]], 4, false)), skip, gap);
      let row = 0;
      for (const { events, requests } of lives.map(plainLife)) {
        const calls = (route: number, event: number) => {
          let sum = 0;
          for (const { calls } of events.slice(0, event + 1)) {
            for (let i = 0; i < calls.length; i += 2) if (calls[i] === route) sum += calls[i + 1]!;
          }
          return sum;
        };
        events.forEach(({ route, position, bytes }, to) => {
          const from = events.findLastIndex((other) => other.route === route && other.position <= position - gap);
          if (from < 0 || position < skip * requests) return;
          assert.equal(rows.growth[row], bytes - events[from]!.bytes);
          assert.equal(rows.trigger[row], route);
          assert.equal(rows.calls[0]![row], calls(0, to) - calls(0, from));
          assert.equal(rows.calls[1]![row], calls(1, to) + calls(2, to) - calls(1, from) - calls(2, from));
          const age = (other: number) => Math.log2((1 + calls(other, to)) / (1 + calls(other, from)));
          assert.ok(isClose(rows.ages[1]![row]!, age(1) + age(2)));
          row++;
        });
      }
      assert.equal(rows.count, row);
    }),
    { numRuns: 30 },
  );
});

/** Three routes of which the first leaks `leak`; of the rows a third is off by up to `wild`, the rest by some pages. */
function rowsOf(seed: number, leak: number, wild: number): LevelRows {
  const random = seededRandom(seed);
  const count = 400;
  const column = (most: number) => Float64Array.from({ length: count }, () => random.integer(most + 1));
  const calls = [column(6), column(30), column(4)];
  const zeros = () => new Float64Array(count);
  return {
    count,
    growth: Float64Array.from({ length: count }, (_, row) => {
      const noise = random.integer(3) === 0 ? wild * (random.next() - 0.3) : 4096 * (random.integer(9) - 4);
      return leak * calls[0]![row]! + noise;
    }),
    calls,
    ages: [zeros(), zeros(), zeros()],
    trigger: new Int32Array(count),
    byTrigger: [],
  };
}

test('a leak stands out of rows of which a third is wild', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { leaked, error } = steadyFit(rowsOf(seed, 20_000, 5e6));
    assert.ok(Math.abs(leaked[0]! - 20_000) < 3000, `seed ${seed}: ${leaked}`);
    assert.ok(error[0]! > 0 && leaked[0]! > 5 * error[0]!, `seed ${seed}: ${error}`);
    for (const i of [1, 2]) assert.ok(leaked[i]! < 1500, `seed ${seed}: ${leaked}`);
  }
});

test('errors are about as large as what the estimates are off by', () => {
  let squares = 0;
  const seeds = 60;
  for (let seed = 1; seed <= seeds; seed++) {
    const { leaked, error } = steadyFit(rowsOf(1000 + seed, 20_000, 1e6));
    squares += ((leaked[0]! - 20_000) / error[0]!) ** 2 / seeds;
  }
  assert.ok(squares > 0.3 && squares < 3, `${squares}`);
});

test('a record that rises with every event of its route is not taken for a leak of that route', () => {
  const rows = rowsOf(5, 20_000, 1e6);
  const own = Float64Array.from(rows.growth, (_, row) => (row % 2 === 0 ? 1 : 0));
  const growth = rows.growth.map((value, row) => value + 300_000 * own[row]!);
  const calls = [...rows.calls, own.map((value, row) => value + (row % 14 === 0 ? 1 : 0))];
  const ages = [...rows.ages, new Float64Array(rows.count)];
  const trigger = Int32Array.from(own, (value) => (value === 1 ? 3 : 2));
  const { leaked } = steadyFit({ ...rows, growth, calls, ages, trigger, byTrigger: [own] });
  assert.ok(leaked[3]! < 30_000, `${leaked}`);
  assert.ok(Math.abs(leaked[0]! - 20_000) < 4000, `${leaked}`);
});

test('few rows, rows without calls and rows all alike say nothing', () => {
  const rows = rowsOf(1, 20_000, 1e6);
  const first = (column: Float64Array) => column.slice(0, 8);
  const few = {
    ...rows,
    count: 8,
    growth: first(rows.growth),
    calls: rows.calls.map(first),
    ages: rows.ages.map(first),
  };
  for (const odd of [
    { ...few, trigger: rows.trigger.slice(0, 8) },
    { ...rows, calls: rows.calls.map((column) => new Float64Array(column.length)) },
    { ...rows, growth: new Float64Array(rows.count) },
  ]) {
    assert.deepEqual([...steadyFit(odd).leaked], [0, 0, 0]);
  }
});

test('weights after Cauchy: half at the limit, nothing for rows that do not count', () => {
  const weights = cauchyWeights(Float64Array.of(0, 6, 6), Float64Array.of(2, 2, Number.POSITIVE_INFINITY), 3);
  assert.deepEqual([...weights], [1 / 4, 1 / 8, 0]);
});
