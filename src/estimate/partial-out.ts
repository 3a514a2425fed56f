/**
 * Takes out of columns what other columns explain of them by weighted least squares, with coefficients of either sign
 * (Frisch & Waugh 1933, Lovell 1963): fitting what is left gives the same coefficients as fitting all columns together. All
 * this is done to their scalar products, which are much fewer than their rows.
 */
import { layOut } from '../wasm/algebra.ts';
import { equationsOf, type NormalEquations, RIDGE } from './normal-equations.ts';

export interface PartialledOut {
  /** Of what is left of the columns and the target. */
  equations: NormalEquations;
  /** Per column, then of the target: the coefficients that take out the others, so column - sum of others * coefficient is left. */
  coefficients: Float64Array[];
}

/** @param products scalar products of `others` columns to take out, then of the columns to keep and of the target, `size` in all. */
export function partialOut(products: Float64Array, size: number, others: number): PartialledOut {
  const left = size - others;
  const layout = layOut(size * size + others * others + others + left * others + left * left + 5);
  const productsAt = layout.copy(products);
  const factor = layout.room(others * others);
  const taken = layout.room(others);
  const coefficientsAt = layout.room(left * others);
  const reduced = layout.room(left * left);
  layout.functions.partialOut(productsAt, size, others, RIDGE, factor, taken, coefficientsAt, reduced);
  const all = layout.read(coefficientsAt, left * others);
  const coefficients = Array.from({ length: left }, (_, i) => all.subarray(i * others, (i + 1) * others));
  return { equations: equationsOf(layout.read(reduced, left * left), left - 1), coefficients };
}
