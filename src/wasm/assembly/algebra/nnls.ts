/**
 * Non-negative least squares: Lawson & Hanson, Solving Least Squares Problems (1974), chapter 23, on the normal equations.
 * Unknowns enter one at a time, the one with the steepest (scaled) gradient first; one that would turn negative leaves again.
 */
import { add, begin, keepPositive, removeLast, size, solveGrowing, unknownAt } from './growing-factor';
import { at, indexAt, put } from './numbers';

/** Gradients below this share of the right side are rounding. */
const ROUNDING: f64 = 1e-9;
const NONE: usize = usize.MAX_VALUE;

/**
 * @param matrix row-major, `order` squared numbers, and the right side.
 * @param allowed numbers of the unknowns that may be positive, `count` of them.
 * @param scratch room for a matrix and four rows.
 * @param solution one number per unknown.
 */
export function nonNegativeLeastSquares(
  matrix: usize,
  vector: usize,
  order: usize,
  allowed: usize,
  count: usize,
  scratch: usize,
  solution: usize,
): void {
  const target = scratch + (order * order + 2 * order) * 8;
  // In the solution; or came in and turned out negative at once: rounding would let it come in for ever.
  const barred = target + order * 8;
  begin(matrix, vector, order, scratch);
  for (let i: usize = 0; i < order; i++) {
    put(solution, i, 0);
    put(barred, i, 0);
  }
  for (let round: usize = 0; round < 3 * order + 10; round++) {
    const entering = steepest(matrix, vector, order, allowed, count, barred, solution);
    if (entering == NONE) return;
    add(entering);
    put(barred, entering, 1);
    let isFresh = true;
    while (size > 0) {
      solveGrowing(target);
      if (isFresh && !(at(target, size - 1) > 0)) {
        removeLast();
        break;
      }
      isFresh = false;
      if (!stepTo(target, solution, barred)) break;
    }
  }
}

/** The unknown to let in next, or NONE. */
function steepest(
  matrix: usize,
  vector: usize,
  order: usize,
  allowed: usize,
  count: usize,
  barred: usize,
  solution: usize,
): usize {
  let best = NONE;
  let bestGradient: f64 = 0;
  for (let i: usize = 0; i < count; i++) {
    const j = indexAt(allowed, i);
    const row = matrix + j * order * 8;
    if (at(barred, j) == 1 || !(at(row, j) > 0)) continue;
    let gradient = at(vector, j);
    for (let k: usize = 0; k < size; k++) {
      const unknown = unknownAt(k);
      gradient -= at(row, unknown) * at(solution, unknown);
    }
    const norm = sqrt(at(row, j));
    gradient /= norm;
    if (gradient > bestGradient && gradient > (ROUNDING * abs(at(vector, j))) / norm) {
      bestGradient = gradient;
      best = j;
    }
  }
  return best;
}

/** Goes from the solution to the target, or until the first unknown gets 0: then that leaves, and the answer is true. */
function stepTo(target: usize, solution: usize, barred: usize): bool {
  let step: f64 = 1;
  let blocking = NONE;
  for (let i: usize = 0; i < size; i++) {
    if (at(target, i) > 0) continue;
    const j = unknownAt(i);
    const way = at(solution, j) - at(target, i);
    const share = at(solution, j) / (way == 0 || way != way ? 1e-300 : way);
    if (blocking == NONE || share < step) {
      step = share;
      blocking = j;
    }
  }
  for (let i: usize = 0; i < size; i++) {
    const j = unknownAt(i);
    const now = at(solution, j);
    put(solution, j, blocking == NONE ? at(target, i) : now + step * (at(target, i) - now));
  }
  if (blocking == NONE) return false;
  put(solution, blocking, 0);
  for (let i: usize = 0; i < size; i++) {
    const j = unknownAt(i);
    if (at(solution, j) > 0) continue;
    put(solution, j, 0);
    put(barred, j, 0);
  }
  keepPositive(solution);
  return true;
}
