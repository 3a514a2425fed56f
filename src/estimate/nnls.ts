/** Non-negative least squares on the normal equations, by the method of src/wasm/assembly/algebra/nnls.ts. */
import { layOut } from '../wasm/algebra.ts';
import type { NormalEquations } from './normal-equations.ts';

/** Rows of the scratch beside its matrix. */
const SCRATCH_ROWS = 4;

/** @param allowed the unknowns that may be positive. Answers for all of them, 0 for the others. */
export function nonNegativeLeastSquares(
  { order, matrix, vector }: NormalEquations,
  allowed: ArrayLike<number>,
): Float64Array {
  const scratch = order * order + SCRATCH_ROWS * order;
  const layout = layOut(order * order + 2 * order + allowed.length + scratch + 5);
  const matrixAt = layout.copy(matrix);
  const vectorAt = layout.copy(vector);
  const allowedAt = layout.copy(allowed);
  const scratchAt = layout.room(scratch);
  const solution = layout.room(order);
  layout.functions.nonNegativeLeastSquares(matrixAt, vectorAt, order, allowedAt, allowed.length, scratchAt, solution);
  return layout.read(solution, order);
}
