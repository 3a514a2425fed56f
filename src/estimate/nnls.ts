/**
 * Non-negative least squares: Lawson & Hanson, Solving Least Squares Problems (1974), chapter 23, on the normal equations.
 * Unknowns enter one at a time, the one with the steepest (scaled) gradient first; one that would turn negative leaves again.
 */
import { solvePicked } from './linear-algebra.ts';
import type { NormalEquations } from './normal-equations.ts';

/** Gradients below this share of the right side are rounding. */
const ROUNDING = 1e-9;

/** @param allowed the unknowns that may be positive. Answers for all of them, 0 for the others. */
export function nonNegativeLeastSquares(
  { matrix, vector, order }: NormalEquations,
  allowed: readonly number[],
): Float64Array {
  const solution = new Float64Array(order);
  const isPositive = new Uint8Array(order);
  // Came in and turned out negative at once: rounding would let it come in for ever.
  const isBarred = new Uint8Array(order);
  let positive: number[] = [];

  const steepest = (): number => {
    let best = -1;
    let bestGradient = 0;
    for (const j of allowed) {
      const start = j * order;
      if (isPositive[j] || isBarred[j] || !(matrix[start + j]! > 0)) continue;
      let gradient = vector[j]!;
      for (const k of positive) gradient -= matrix[start + k]! * solution[k]!;
      const norm = Math.sqrt(matrix[start + j]!);
      gradient /= norm;
      if (gradient > bestGradient && gradient > (ROUNDING * Math.abs(vector[j]!)) / norm) {
        bestGradient = gradient;
        best = j;
      }
    }
    return best;
  };

  for (let round = 0; round < 3 * order + 10; round++) {
    const entering = steepest();
    if (entering < 0) break;
    positive.push(entering);
    isPositive[entering] = 1;
    let isFresh = true;
    while (positive.length > 0) {
      const target = solvePicked(matrix, order, vector, positive);
      if (isFresh && !(target[positive.length - 1]! > 0)) {
        positive.pop();
        isPositive[entering] = 0;
        isBarred[entering] = 1;
        break;
      }
      isFresh = false;
      const { step, blocking } = longestStep(solution, target, positive);
      if (blocking < 0) {
        positive.forEach((j, i) => {
          solution[j] = target[i]!;
        });
        break;
      }
      positive.forEach((j, i) => {
        solution[j]! += step * (target[i]! - solution[j]!);
      });
      solution[blocking] = 0;
      positive = positive.filter((j) => {
        if (solution[j]! > 0) return true;
        solution[j] = 0;
        isPositive[j] = 0;
        return false;
      });
    }
  }
  return solution;
}

/** How far one may go from the solution to the target, as a share, until the first unknown gets 0; -1: all the way. */
function longestStep(
  solution: Float64Array,
  target: Float64Array,
  positive: readonly number[],
): { step: number; blocking: number } {
  let step = 1;
  let blocking = -1;
  positive.forEach((j, i) => {
    if (target[i]! > 0) return;
    const share = solution[j]! / (solution[j]! - target[i]! || 1e-300);
    if (blocking < 0 || share < step) {
      step = share;
      blocking = j;
    }
  });
  return { step, blocking };
}
