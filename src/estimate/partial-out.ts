/**
 * Takes out of columns what other columns explain of them by weighted least squares, with coefficients of either sign
 * (Frisch & Waugh 1933, Lovell 1963): fitting what is left gives the same coefficients as fitting all columns together. All
 * this is done to their scalar products, which are much fewer than their rows.
 */
import { factorise, solveFactorised } from './linear-algebra.ts';
import { equationsOf, type NormalEquations, RIDGE } from './normal-equations.ts';

export interface PartialledOut {
  /** Of what is left of the columns and the target. */
  equations: NormalEquations;
  /** Per column, then of the target: the coefficients that take out the others, so column - sum of others * coefficient is left. */
  coefficients: Float64Array[];
}

/** @param products scalar products of `others` columns to take out, then of the columns to keep and of the target, `size` in all. */
export function partialOut(products: Float64Array, size: number, others: number): PartialledOut {
  const factor = new Float64Array(others * others);
  for (let i = 0; i < others; i++) {
    for (let j = 0; j <= i; j++) factor[i * others + j] = products[i * size + j]!;
    factor[i * others + i]! *= 1 + RIDGE;
  }
  factorise(factor, others);
  const left = size - others;
  const reduced = new Float64Array(left * left);
  const coefficients: Float64Array[] = [];
  for (let i = 0; i < left; i++) {
    const start = (others + i) * size;
    const own = solveFactorised(factor, others, products.subarray(start, start + others));
    coefficients.push(own);
    // The ridge leaves a little of what they explain.
    const taken = own.map((coefficient, k) => products[start + k]! + RIDGE * products[k * size + k]! * coefficient);
    for (let j = 0; j <= i; j++) {
      const other = coefficients[j]!;
      let sum = products[start + others + j]!;
      for (let k = 0; k < others; k++) sum -= taken[k]! * other[k]!;
      reduced[i * left + j] = sum;
      reduced[j * left + i] = sum;
    }
  }
  return { equations: equationsOf(reduced, left - 1), coefficients };
}
