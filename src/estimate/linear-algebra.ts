/**
 * Symmetric systems of a few dozen unknowns: Cholesky's factorisation and its two triangular solves (Golub & Van Loan,
 * Matrix Computations, 4.2). Matrices are row-major Float64Arrays of `order` squared numbers.
 *
 * Own code and no library: the estimate solves tens of thousands of systems that are picked out of one larger matrix, with
 * columns that may be zero or repeat each other. Libraries copy such a part into their matrix objects first, and stop or
 * answer with garbage where a pivot vanishes; here that unknown just becomes 0.
 */

/** A pivot below this share of its diagonal means: this column repeats the ones before it. */
const VANISHING = 1e-10;

/** Turns the lower triangle into the factor L with L Lᵀ = matrix, in place. The upper triangle is not looked at. */
export function factorise(matrix: Float64Array, order: number): Float64Array {
  for (let column = 0; column < order; column++) {
    const top = column * order;
    const diagonal = matrix[top + column]!;
    let pivot = diagonal;
    for (let k = 0; k < column; k++) pivot -= matrix[top + k]! * matrix[top + k]!;
    pivot = pivotOf(pivot, diagonal);
    matrix[top + column] = pivot;
    for (let row = column + 1; row < order; row++) {
      const start = row * order;
      let sum = matrix[start + column]!;
      for (let k = 0; k < column; k++) sum -= matrix[start + k]! * matrix[top + k]!;
      matrix[start + column] = sum / pivot;
    }
  }
  return matrix;
}

/** The root of what is left of a diagonal number; a huge one, which makes the unknown 0, where nothing is left. */
export function pivotOf(left: number, diagonal: number): number {
  if (left > VANISHING * diagonal) return Math.sqrt(left);
  return Math.sqrt(diagonal > 0 ? diagonal / VANISHING : 1e300);
}

/** Solves L Lᵀ x = right. */
export function solveFactorised(factor: Float64Array, order: number, right: Float64Array): Float64Array {
  const solution = Float64Array.from(right);
  for (let row = 0; row < order; row++) {
    const start = row * order;
    let sum = solution[row]!;
    for (let k = 0; k < row; k++) sum -= factor[start + k]! * solution[k]!;
    solution[row] = sum / factor[start + row]!;
  }
  for (let row = order - 1; row >= 0; row--) {
    let sum = solution[row]!;
    for (let k = row + 1; k < order; k++) sum -= factor[k * order + row]! * solution[k]!;
    solution[row] = sum / factor[row * order + row]!;
  }
  return solution;
}

/** Solves the system that remains when only the unknowns `picked` may differ from 0. Answers in the order of `picked`. */
export function solvePicked(
  matrix: Float64Array,
  order: number,
  right: Float64Array,
  picked: readonly number[],
): Float64Array {
  const size = picked.length;
  const part = new Float64Array(size * size);
  const partRight = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const start = picked[i]! * order;
    partRight[i] = right[picked[i]!]!;
    for (let j = 0; j <= i; j++) part[i * size + j] = matrix[start + picked[j]!]!;
  }
  return solveFactorised(factorise(part, size), size, partRight);
}
