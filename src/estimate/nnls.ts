/**
 * Non-negative least squares: Lawson & Hanson, Solving Least Squares Problems (1974), chapter 23, on the normal equations.
 * Unknowns enter one at a time, the one with the steepest (scaled) gradient first; one that would turn negative leaves again.
 */
import { GrowingFactor } from './growing-factor.ts';
import type { NormalEquations } from './normal-equations.ts';

/** Gradients below this share of the right side are rounding. */
const ROUNDING = 1e-9;

/** @param allowed the unknowns that may be positive. Answers for all of them, 0 for the others. */
export function nonNegativeLeastSquares(equations: NormalEquations, allowed: ArrayLike<number>): Float64Array {
  const { order } = equations;
  const solution = new Float64Array(order);
  const target = new Float64Array(order);
  const positive = new GrowingFactor(equations);
  // In the solution; or came in and turned out negative at once: rounding would let it come in for ever.
  const isBarred = new Uint8Array(order);

  for (let round = 0; round < 3 * order + 10; round++) {
    const entering = steepest(equations, allowed, isBarred, positive, solution);
    if (entering < 0) break;
    positive.add(entering);
    isBarred[entering] = 1;
    let isFresh = true;
    while (positive.size > 0) {
      positive.solve(target);
      if (isFresh && !(target[positive.size - 1]! > 0)) {
        positive.size--;
        break;
      }
      isFresh = false;
      const { step, blocking } = longestStep(solution, target, positive);
      for (let i = 0; i < positive.size; i++) {
        const j = positive.unknown(i);
        if (blocking < 0) solution[j] = target[i]!;
        else solution[j]! += step * (target[i]! - solution[j]!);
      }
      if (blocking < 0) break;
      solution[blocking] = 0;
      positive.keepOnly((j) => {
        if (solution[j]! > 0) return true;
        solution[j] = 0;
        isBarred[j] = 0;
        return false;
      });
    }
  }
  return solution;
}

/** The unknown to let in next, or -1. */
function steepest(
  { matrix, vector, order }: NormalEquations,
  allowed: ArrayLike<number>,
  isBarred: Uint8Array,
  positive: GrowingFactor,
  solution: Float64Array,
): number {
  let best = -1;
  let bestGradient = 0;
  for (let i = 0; i < allowed.length; i++) {
    const j = allowed[i]!;
    const start = j * order;
    if (isBarred[j] === 1 || !(matrix[start + j]! > 0)) continue;
    let gradient = vector[j]!;
    for (let k = 0; k < positive.size; k++) {
      const unknown = positive.unknown(k);
      gradient -= matrix[start + unknown]! * solution[unknown]!;
    }
    const norm = Math.sqrt(matrix[start + j]!);
    gradient /= norm;
    if (gradient > bestGradient && gradient > (ROUNDING * Math.abs(vector[j]!)) / norm) {
      bestGradient = gradient;
      best = j;
    }
  }
  return best;
}

/** How far one may go from the solution to the target, as a share, until the first unknown gets 0; -1: all the way. */
function longestStep(
  solution: Float64Array,
  target: Float64Array,
  positive: GrowingFactor,
): { step: number; blocking: number } {
  let step = 1;
  let blocking = -1;
  for (let i = 0; i < positive.size; i++) {
    if (target[i]! > 0) continue;
    const j = positive.unknown(i);
    const share = solution[j]! / (solution[j]! - target[i]! || 1e-300);
    if (blocking < 0 || share < step) {
      step = share;
      blocking = j;
    }
  }
  return { step, blocking };
}
