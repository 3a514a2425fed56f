/** The solvers against naive ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dots, without } from '../src/estimate/columns.ts';
import { solvePicked } from '../src/estimate/linear-algebra.ts';
import { nonNegativeLeastSquares } from '../src/estimate/nnls.ts';
import { normalEquations } from '../src/estimate/normal-equations.ts';
import { partialOut } from '../src/estimate/partial-out.ts';
import { gram } from '../src/wasm/gram.ts';
import { gauss, isClose, normal, randomColumns, subset } from './support/naive-algebra.ts';
import { seededRandom } from './support/random.ts';

const cases = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), size: fc.integer({ min: 1, max: 6 }) });

function problem({ seed, size }: { seed: number; size: number }) {
  const random = seededRandom(seed);
  const columns = randomColumns(random, size, 30);
  const target = randomColumns(random, 1, 30)[0]!;
  const weights = Array.from({ length: 30 }, () => 0.1 + random.next());
  const every = target.map((_, row) => row);
  const typed = columns.map((column) => Float64Array.from(column));
  const equations = normalEquations(typed, Float64Array.from(target), Float64Array.from(weights));
  return { columns, target, weights, every, typed, equations, naive: normal(columns, target, weights, every) };
}

test('weighted scalar products of any number of columns and rows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), (seed, count, rows) => {
      const random = seededRandom(seed);
      const columns = randomColumns(random, count, rows);
      const weights = Array.from({ length: rows }, () => random.next());
      const products = gram(
        columns.map((column) => Float64Array.from(column)),
        Float64Array.from(weights),
      );
      const naive = normal(columns, weights, weights, [...weights.keys()]).matrix.flat();
      assert.equal(products.length, naive.length);
      naive.forEach((value, i) => {
        assert.ok(isClose(value, products[i]!));
      });
    }),
  );
});

test('normal equations are the sums they are defined by', () => {
  fc.assert(
    fc.property(cases, (c) => {
      const { equations, naive } = problem(c);
      naive.matrix.flat().forEach((value, i) => {
        assert.ok(isClose(value, equations.matrix[i]!));
      });
      naive.vector.forEach((value, i) => {
        assert.ok(isClose(value, equations.vector[i]!));
      });
    }),
  );
});

test('Cholesky solves what Gaussian elimination solves, also for some of the unknowns', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 63 }), (c, bits) => {
      const { equations, naive } = problem(c);
      const { matrix, vector, order } = equations;
      const solution = solvePicked(matrix, order, vector, [...vector.keys()]);
      gauss(naive.matrix, naive.vector).forEach((value, i) => {
        assert.ok(isClose(value, solution[i]!));
      });
      const picked = subset([...naive.vector.keys()], bits);
      const part = solvePicked(matrix, order, vector, picked);
      const naivePart = gauss(
        picked.map((i) => picked.map((j) => naive.matrix[i]![j]!)),
        picked.map((i) => naive.vector[i]!),
      );
      naivePart.forEach((value, i) => {
        assert.ok(isClose(value, part[i]!));
      });
    }),
  );
});

test('an unknown whose column is zero or repeats another becomes 0', () => {
  const column = Float64Array.from({ length: 9 }, (_, i) => (i % 4) + 1);
  const columns = [column, column, new Float64Array(9)];
  const { matrix, vector, order } = normalEquations(columns, column, new Float64Array(9).fill(1));
  const solution = solvePicked(matrix, order, vector, [0, 1, 2]);
  assert.ok(isClose(solution[0]!, 1));
  assert.ok(Math.abs(solution[1]!) < 1e-6 && solution[2] === 0);
});

test('NNLS finds the best of all subsets of positive unknowns', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 63 }), (c, bits) => {
      const { naive, equations } = problem(c);
      const allowed = subset([...naive.vector.keys()], bits);
      // Sum of squares less that of the target: xᵀAx - 2bᵀx.
      const loss = (x: readonly number[]) =>
        x.reduce(
          (sum, xi, i) =>
            sum - 2 * naive.vector[i]! * xi + x.reduce((inner, xj, j) => inner + naive.matrix[i]![j]! * xi * xj, 0),
          0,
        );
      let best = 0;
      for (let positive = 1; positive < 1 << allowed.length; positive++) {
        const chosen = subset(allowed, positive);
        const values = gauss(
          chosen.map((i) => chosen.map((j) => naive.matrix[i]![j]!)),
          chosen.map((i) => naive.vector[i]!),
        );
        if (values.some((value) => value < 0)) continue;
        const x = naive.vector.map((_, i) => (chosen.includes(i) ? values[chosen.indexOf(i)]! : 0));
        best = Math.min(best, loss(x));
      }
      const solution = [...nonNegativeLeastSquares(equations, allowed)];
      assert.ok(solution.every((value, i) => value >= 0 && (value === 0 || allowed.includes(i))));
      assert.ok(isClose(loss(solution), best, 1e-6), `${loss(solution)} ${best}`);
    }),
  );
});

test('many scalar products at once are those of each', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 11 }), (seed, count) => {
      const [vector, ...columns] = randomColumns(seededRandom(seed), count + 1, 7).map((c) => Float64Array.from(c));
      const sums = new Float64Array(count);
      dots(columns, count, vector!, sums);
      columns.forEach((column, i) => {
        assert.equal(
          sums[i],
          column.reduce((sum, value, row) => sum + value * vector![row]!, 0),
        );
      });
      const rest = without(vector!, columns, sums);
      rest.forEach((value, row) => {
        const naive = columns.reduce((left, column, i) => left - sums[i]! * column[row]!, vector![row]!);
        assert.equal(value, naive);
      });
    }),
  );
});

test('fitting what partialling out leaves gives the coefficients of the whole fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const { typed, naive, target, weights } = problem({ seed, size: 5 });
      const [a, b, ...others] = typed as [Float64Array, Float64Array, ...Float64Array[]];
      const columns = [...others, a, b, Float64Array.from(target)];
      const { equations, coefficients } = partialOut(gram(columns, Float64Array.from(weights)), columns.length, 3);
      const solution = solvePicked(equations.matrix, 2, equations.vector, [0, 1]);
      const whole = gauss(naive.matrix, naive.vector);
      assert.ok(isClose(solution[0]!, whole[0]!, 1e-4) && isClose(solution[1]!, whole[1]!, 1e-4));
      // The equations are those of the rows that are left.
      const left = columns.slice(3).map((column, i) => [...without(column, others, coefficients[i]!)]);
      const rest = normal(left.slice(0, 2), left[2]!, weights, [...target.keys()]);
      rest.matrix.flat().forEach((value, i) => {
        assert.ok(isClose(value, equations.matrix[i]!));
      });
      rest.vector.forEach((value, i) => {
        assert.ok(isClose(value, equations.vector[i]!));
      });
    }),
  );
});
