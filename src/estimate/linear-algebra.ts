/**
 * Symmetric systems of a few dozen unknowns. Matrices are row-major Float64Arrays of `order` squared numbers.
 *
 * Own code (src/wasm/assembly/algebra/) and no library: the estimate solves tens of thousands of systems that are picked out
 * of one larger matrix, with columns that may be zero or repeat each other. Libraries copy such a part into their matrix
 * objects first, and stop or answer with garbage where a pivot vanishes; here that unknown just becomes 0.
 */
import { layOut } from '../wasm/algebra.ts';

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
  const layout = layOut(size * size + size + 2);
  const factor = layout.copy(part);
  const solution = layout.copy(partRight);
  layout.functions.factorise(factor, size);
  layout.functions.solve(factor, size, solution);
  return layout.read(solution, size);
}
