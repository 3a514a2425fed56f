/** Takes out of columns what others explain of them: see src/estimate/partial-out.ts. */
import { factorise, solve } from './cholesky';
import { at, put } from './numbers';

/**
 * @param products row-major, `size` squared numbers: of `others` columns, then of those to keep.
 * @param ridge by what share the diagonal of the others is made larger.
 * @param factor room for `others` squared numbers, @param taken for `others`.
 * @param coefficients `others` numbers per column to keep, one column behind the other.
 * @param reduced the products of what is left of the columns to keep.
 */
export function partialOut(
  products: usize,
  size: usize,
  others: usize,
  ridge: f64,
  factor: usize,
  taken: usize,
  coefficients: usize,
  reduced: usize,
): void {
  for (let i: usize = 0; i < others; i++) {
    for (let j: usize = 0; j <= i; j++) put(factor, i * others + j, at(products, i * size + j));
    put(factor, i * others + i, at(factor, i * others + i) * (1 + ridge));
  }
  factorise(factor, others);
  const left = size - others;
  for (let i: usize = 0; i < left; i++) {
    const start = products + (others + i) * size * 8;
    const own = coefficients + i * others * 8;
    memory.copy(own, start, others * 8);
    solve(factor, others, own);
    // The ridge leaves a little of what they explain.
    for (let k: usize = 0; k < others; k++) put(taken, k, at(start, k) + ridge * at(products, k * size + k) * at(own, k));
    for (let j: usize = 0; j <= i; j++) {
      const other = coefficients + j * others * 8;
      let sum = at(start, others + j);
      for (let k: usize = 0; k < others; k++) sum -= at(taken, k) * at(other, k);
      put(reduced, i * left + j, sum);
      put(reduced, j * left + i, sum);
    }
  }
}
