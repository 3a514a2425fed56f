/**
 * Symmetric systems of a few dozen unknowns: Cholesky's factorisation and its two triangular solves (Golub & Van Loan,
 * Matrix Computations, 4.2). Matrices are row-major.
 */
import { at, put } from './numbers';

/** A pivot below this share of its diagonal means: this column repeats the ones before it. */
const VANISHING: f64 = 1e-10;

/** Turns the lower triangle into the factor L with L Lᵀ = matrix, in place. The upper triangle is not looked at. */
export function factorise(matrix: usize, order: usize): void {
  for (let column: usize = 0; column < order; column++) {
    const top = matrix + column * order * 8;
    const diagonal = at(top, column);
    let pivot = diagonal;
    for (let k: usize = 0; k < column; k++) pivot -= at(top, k) * at(top, k);
    pivot = pivotOf(pivot, diagonal);
    put(top, column, pivot);
    for (let row = column + 1; row < order; row++) {
      const start = matrix + row * order * 8;
      let sum = at(start, column);
      for (let k: usize = 0; k < column; k++) sum -= at(start, k) * at(top, k);
      put(start, column, sum / pivot);
    }
  }
}

/** The root of what is left of a diagonal number; a huge one, which makes the unknown 0, where nothing is left. */
export function pivotOf(left: f64, diagonal: f64): f64 {
  if (left > VANISHING * diagonal) return sqrt(left);
  return sqrt(diagonal > 0 ? diagonal / VANISHING : 1e300);
}

/** Solves L Lᵀ x = right, in place of the right side. */
export function solve(factor: usize, order: usize, right: usize): void {
  for (let row: usize = 0; row < order; row++) {
    const start = factor + row * order * 8;
    let sum = at(right, row);
    for (let k: usize = 0; k < row; k++) sum -= at(start, k) * at(right, k);
    put(right, row, sum / at(start, row));
  }
  for (let row = order; row-- > 0; ) {
    let sum = at(right, row);
    for (let k = row + 1; k < order; k++) sum -= at(factor, k * order + row) * at(right, k);
    put(right, row, sum / at(factor, row * order + row));
  }
}
