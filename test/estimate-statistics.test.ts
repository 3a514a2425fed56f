/** Medians, filters, weights, standard errors against naive ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { agreement } from '../src/estimate/agreement.ts';
import { difference, fadingSum } from '../src/estimate/filter.ts';
import { blockGroups, GROUPS, groupedEquations, jackknifeErrors } from '../src/estimate/jackknife.ts';
import { regress } from '../src/estimate/own-step-regression.ts';
import { huberWeights, localScale } from '../src/estimate/robust-scale.ts';
import { mean, median, standardDeviation } from '../src/estimate/statistics.ts';
import { VarianceModel } from '../src/estimate/variance-model.ts';
import { gauss, isClose, normal, randomColumns } from './support/naive-algebra.ts';
import { seededRandom } from './support/random.ts';

const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 });
/** Lives of some rows each. */
const lives = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
  .map((lengths) => Int32Array.from(lengths.flatMap((length, life) => Array<number>(length).fill(life))));

test('mean, median, standard deviation', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      const below = sorted[Math.floor((values.length - 1) / 2)] ?? 0;
      const above = sorted[Math.ceil((values.length - 1) / 2)] ?? 0;
      assert.equal(median(values), (below + above) / 2);
      const center = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
      assert.ok(isClose(mean(values), center));
      const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length || 1);
      assert.ok(isClose(standardDeviation(values) ** 2, variance));
    }),
  );
});

test('a fading sum is the sum of all earlier values of the life, each times a power of theta', () => {
  fc.assert(
    fc.property(lives, fc.double({ min: 0, max: 0.95, noNaN: true }), (life, theta) => {
      const values = Float64Array.from(life, (_, row) => ((row * 37) % 11) - 4);
      const sums = fadingSum(values, life, theta);
      const differences = difference(values, life);
      life.forEach((thisLife, row) => {
        let sum = 0;
        for (let k = 0; k <= row; k++) if (life[k] === thisLife) sum += values[k]! * theta ** (row - k);
        assert.ok(isClose(sums[row]!, sum));
        const before = life[row - 1] === thisLife ? values[row - 1]! : 0;
        assert.equal(differences[row], values[row]! - before);
      });
    }),
  );
});

test('the local scale is the median of 31 neighbours of the life, never below the median of all', () => {
  fc.assert(
    fc.property(lives, fc.integer({ min: 1, max: 1e6 }), (life, seed) => {
      const random = seededRandom(seed);
      const residuals = Float64Array.from(life, (_, row) => (random.next() - 0.5) * (row + 10));
      const scale = localScale(residuals, life);
      const all = median(residuals.map(Math.abs));
      life.forEach((thisLife, row) => {
        const first = life.indexOf(thisLife);
        const last = life.lastIndexOf(thisLife);
        const width = Math.min(31, last - first + 1);
        const from = Math.max(first, Math.min(row - 15, last + 1 - width));
        const local = median([...residuals].slice(from, from + width).map(Math.abs));
        assert.equal(scale[row], Math.max(1, 1.4826 * Math.max(all, local)));
      });
      huberWeights(residuals, scale, 1.5).forEach((weight, row) => {
        const distance = Math.abs(residuals[row]!) / scale[row]!;
        assert.ok(isClose(weight * scale[row]! ** 2, Math.min(1, 1.5 / distance)));
      });
    }),
  );
});

test('the variance model finds the noisy rows by their calls', () => {
  const random = seededRandom(5);
  const rows = 2000;
  const calls = Float64Array.from({ length: rows }, () => (random.next() < 0.3 ? 1 : 0));
  const normalNoise = () => Array.from({ length: 12 }, () => random.next()).reduce((sum, value) => sum + value, -6);
  const residuals = calls.map((called) => normalNoise() * (called ? 50 : 20));
  const noGroups = { of: new Int32Array(0), count: 0 };
  const scale = new VarianceModel([new Float64Array(rows).fill(1), calls], noGroups).scale(residuals);
  const quiet = scale[calls.indexOf(0)]!;
  const noisy = scale[calls.indexOf(1)]!;
  assert.ok(Math.abs(noisy - 50) < 5, String(noisy));
  assert.ok(quiet >= 20 && quiet < 42, String(quiet));
  const flat = new VarianceModel([], noGroups).scale(new Float64Array(3));
  assert.deepEqual(flat, new Float64Array([1, 1, 1]));
});

test('groups of rows in the variance model are columns that are 1 in them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, count) => {
      const random = seededRandom(seed);
      const rows = 60;
      const columns = [new Float64Array(rows).fill(1), ...randomColumns(random, 3, rows).map((c) => c.map(Math.abs))];
      const typed = columns.map((column) => Float64Array.from(column));
      const of = Int32Array.from({ length: rows }, () => random.integer(count + 1) - 1);
      const residuals = Float64Array.from(of, (group) => (group + 1.5) * (random.next() - 0.5) * 1000);
      const ofGroups = Array.from({ length: count }, (_, group) =>
        Float64Array.from(of, (own) => (own === group ? 1 : 0)),
      );
      const grouped = new VarianceModel(typed, { of, count }).scale(residuals);
      const plain = new VarianceModel([...typed, ...ofGroups], { of: new Int32Array(0), count: 0 }).scale(residuals);
      plain.forEach((deviation, row) => {
        assert.ok(isClose(deviation, grouped[row]!, 1e-6), `${deviation} ${grouped[row]}`);
      });
    }),
  );
});

test('blocks are contiguous, within a life, and dealt in turn', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const groups = blockGroups(life);
      life.forEach((_, row) => {
        if (row === 0) {
          assert.equal(groups[0], 0);
          return;
        }
        const next = (groups[row - 1]! + 1) % GROUPS;
        assert.ok(groups[row] === next || (groups[row] === groups[row - 1] && life[row] === life[row - 1]));
        if (life[row] !== life[row - 1]) assert.equal(groups[row], next);
      });
    }),
  );
});

test('jackknife errors are those of explicit refits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (seed, some) => {
      const random = seededRandom(seed);
      const columns = randomColumns(random, 4, 120);
      const target = randomColumns(random, 1, 120)[0]!;
      const weights = Array.from({ length: 120 }, () => 0.1 + random.next());
      const groups = blockGroups(new Int32Array(120));
      const equations = groupedEquations(
        columns.map((column) => Float64Array.from(column)),
        Float64Array.from(target),
        Float64Array.from(weights),
        groups,
        false,
      );
      const kept = some ? [0, 2] : [0, 1, 2, 3];
      const fitWithout = (group: number) => {
        const rows = target.map((_, row) => row).filter((row) => groups[row] !== group);
        const { matrix, vector } = normal(
          kept.map((i) => columns[i]!),
          target,
          weights,
          rows,
        );
        return gauss(matrix, vector);
      };
      const all = fitWithout(-1);
      const errors = jackknifeErrors(equations, kept, all);
      const refits = Array.from({ length: GROUPS }, (_, group) => fitWithout(group));
      kept.forEach((_, i) => {
        const squares = refits.reduce((sum, refit) => sum + (refit[i]! - all[i]!) ** 2, 0);
        assert.ok(isClose(errors[i]!, Math.sqrt((squares * (GROUPS - 1)) / GROUPS)));
      });
    }),
    { numRuns: 30 },
  );
});

test('own steps: the line of least squares over the pause', () => {
  const random = seededRandom(3);
  const calls = Array.from({ length: 500 }, () => ({ pause: 1 + random.integer(100), noise: random.next() * 20 - 10 }));
  const points = calls.map(({ pause, noise }) => ({ pause, step: 1000 + 3 * pause + noise }));
  const sum = (f: (point: { pause: number; step: number }) => number) => points.reduce((s, p) => s + f(p), 0);
  const sums = [
    500,
    sum((p) => p.step),
    sum((p) => p.step ** 2),
    sum((p) => p.pause),
    sum((p) => p.pause ** 2),
    sum((p) => p.pause * p.step),
  ] as [number, number, number, number, number, number];
  const line = regress(sums, 0);
  const [intercept, slope] = gauss(
    [
      [500, sums[3]],
      [sums[3], sums[4]],
    ],
    [sums[1], sums[5]],
  );
  assert.ok(isClose(line.intercept, intercept!, 1e-6) && isClose(line.slope, slope!, 1e-6));
  assert.ok(Math.abs(line.intercept - 1000) < 3 && line.interceptZ > 100 && line.slopeZ > 100);
  // Without pauses that differ there is no line, and the mean stands for it: here 100 +- 50 each, of 25 calls.
  const flat = regress([25, 2500, 25 * 12_500, 50, 100, 5000], 0);
  assert.ok(flat.intercept === 100 && isClose(flat.interceptZ, 10, 1e-9) && flat.slope === 0 && flat.slopeZ === 0);
  // With few calls there is none at all.
  assert.deepEqual(regress([0, 0, 0, 0, 0, 0], 0).mean, 0);
  assert.equal(regress([4, 400, 4e4, 10, 30, 1000], 0).mean, 100);
});

test('workers agree when their own slope points the same way', () => {
  const life = Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
  const calls = Float64Array.from([1, 2, 3, 1, 2, 1, 3, 1, 1, 0, 0, 1]);
  const growth = calls.map((value, row) => (life[row] === 1 ? 0 : value * 100));
  const residuals = growth.map((value, row) => value - 80 * calls[row]!);
  // The last life has too few rows to say.
  const result = agreement(life, new Float64Array(12).fill(1), calls, calls, 80, residuals);
  assert.deepEqual(result, { agreeing: 1, judged: 2 });
});
