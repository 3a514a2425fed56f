/** Weighted least squares as its normal equations: matrix = XᵀWX, vector = XᵀWy. */
import { gram } from '../wasm/gram.ts';
import type { Column } from './columns.ts';

export interface NormalEquations {
  /** Unknowns. */
  order: number;
  /** Row-major, symmetric, `order` squared numbers. */
  matrix: Float64Array;
  vector: Float64Array;
}

export function normalEquations(columns: readonly Column[], target: Column, weights: Column): NormalEquations {
  return equationsOf(gram([...columns, target], weights), columns.length);
}

/** @param products scalar products of `order` columns, then the target, with each other. */
export function equationsOf(products: Float64Array, order: number): NormalEquations {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    matrix.set(products.subarray(i * (order + 1), i * (order + 1) + order), i * order);
  }
  return { order, matrix, vector: products.slice(order * (order + 1), order * (order + 1) + order) };
}

/** Makes the diagonal larger by this share, in place, so that equal columns share what they explain. */
export const RIDGE = 1e-6;

export function addRidge({ order, matrix }: NormalEquations): void {
  for (let i = 0; i < order; i++) matrix[i * order + i]! *= 1 + RIDGE;
}
