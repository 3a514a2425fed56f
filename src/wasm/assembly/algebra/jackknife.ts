/** Fits without each group of rows in turn: see src/estimate/jackknife.ts. */
import { factorise, solve } from './cholesky';
import { at, indexAt, put } from './numbers';

/**
 * @param matrix of all rows, row-major, `order` squared numbers, and the right side.
 * @param groups so many matrices, then as many right sides, of the groups' own rows.
 * @param kept numbers of the unknowns that may differ from 0, `size` of them; `values` are theirs with all rows.
 * @param scratch room for a matrix and a right side of the kept ones.
 * @param squares the sums of the squared differences, one per kept unknown.
 */
export function jackknife(
  matrix: usize,
  vector: usize,
  order: usize,
  groups: usize,
  groupCount: usize,
  kept: usize,
  size: usize,
  values: usize,
  scratch: usize,
  squares: usize,
): void {
  const right = scratch + size * size * 8;
  const groupVectors = groups + groupCount * order * order * 8;
  for (let i: usize = 0; i < size; i++) put(squares, i, 0);
  for (let group: usize = 0; group < groupCount; group++) {
    const own = groups + group * order * order * 8;
    const ownVector = groupVectors + group * order * 8;
    for (let i: usize = 0; i < size; i++) {
      const unknown = indexAt(kept, i);
      const start = unknown * order;
      put(right, i, at(vector, unknown) - at(ownVector, unknown));
      for (let j: usize = 0; j <= i; j++) {
        const entry = start + indexAt(kept, j);
        put(scratch, i * size + j, at(matrix, entry) - at(own, entry));
      }
    }
    factorise(scratch, size);
    solve(scratch, size, right);
    for (let i: usize = 0; i < size; i++) {
      const difference = at(right, i) - at(values, i);
      put(squares, i, at(squares, i) + difference * difference);
    }
  }
}
