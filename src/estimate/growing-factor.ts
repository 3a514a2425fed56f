/**
 * Cholesky's factor of a system picked out of a larger one, to which unknowns are added one by one: only the new row has to be
 * computed. The numbers are those of linear-algebra.ts, to the bit.
 */
import { pivotOf } from './linear-algebra.ts';
import type { NormalEquations } from './normal-equations.ts';

export class GrowingFactor {
  readonly #equations: NormalEquations;
  /** Row-major, as wide as the equations. */
  readonly #factor: Float64Array;
  /** What the first triangular solve gives. */
  readonly #halfway: Float64Array;
  readonly #picked: Int32Array;
  size = 0;

  constructor(equations: NormalEquations) {
    const { order } = equations;
    this.#equations = equations;
    this.#factor = new Float64Array(order * order);
    this.#halfway = new Float64Array(order);
    this.#picked = new Int32Array(order);
  }

  unknown(i: number): number {
    return this.#picked[i]!;
  }

  add(unknown: number): void {
    const { order, matrix, vector } = this.#equations;
    const factor = this.#factor;
    const picked = this.#picked;
    const halfway = this.#halfway;
    const size = this.size++;
    const start = size * order;
    const row = unknown * order;
    picked[size] = unknown;
    for (let column = 0; column < size; column++) {
      const top = column * order;
      let sum = matrix[row + picked[column]!]!;
      for (let k = 0; k < column; k++) sum -= factor[start + k]! * factor[top + k]!;
      factor[start + column] = sum / factor[top + column]!;
    }
    const diagonal = matrix[row + unknown]!;
    let pivot = diagonal;
    let right = vector[unknown]!;
    for (let k = 0; k < size; k++) {
      const entry = factor[start + k]!;
      pivot -= entry * entry;
      right -= entry * halfway[k]!;
    }
    const root = pivotOf(pivot, diagonal);
    factor[start + size] = root;
    halfway[size] = right / root;
  }

  /** Takes unknowns out; those behind the first of them are added again. */
  keepOnly(isKept: (unknown: number) => boolean): void {
    const picked = this.#picked.slice(0, this.size);
    let same = 0;
    while (same < picked.length && isKept(picked[same]!)) same++;
    this.size = same;
    for (let i = same; i < picked.length; i++) if (isKept(picked[i]!)) this.add(picked[i]!);
  }

  /** In the order in which they were added, into `solution`. */
  solve(solution: Float64Array): void {
    const { order } = this.#equations;
    const factor = this.#factor;
    for (let row = this.size - 1; row >= 0; row--) {
      let sum = this.#halfway[row]!;
      for (let k = row + 1; k < this.size; k++) sum -= factor[k * order + row]! * solution[k]!;
      solution[row] = sum / factor[row * order + row]!;
    }
  }
}
