/** Weighted least squares as its normal equations: matrix = XᵀWX, vector = XᵀWy. */
import { type Column, dots, product } from './columns.ts';

export interface NormalEquations {
  /** Unknowns. */
  order: number;
  /** Row-major, symmetric, `order` squared numbers. */
  matrix: Float64Array;
  vector: Float64Array;
}

export function normalEquations(columns: readonly Column[], target: Column, weights: Column): NormalEquations {
  const order = columns.length;
  const matrix = new Float64Array(order * order);
  const vector = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    const weighted = product(columns[i]!, weights);
    dots([target], 1, weighted, vector, i);
    dots(columns, i + 1, weighted, matrix, i * order);
    for (let j = 0; j < i; j++) matrix[j * order + i] = matrix[i * order + j]!;
  }
  return { order, matrix, vector };
}

/** Makes the diagonal larger by this share, in place, so that equal columns share what they explain. */
export const RIDGE = 1e-6;

export function addRidge({ order, matrix }: NormalEquations): void {
  for (let i = 0; i < order; i++) matrix[i * order + i]! *= 1 + RIDGE;
}
