/**
 * Cholesky's factor of a system picked out of a larger one, to which unknowns are added one by one: only the new row has to be
 * computed. One at a time: its parts lie where `begin` was told to put them.
 */
import { pivotOf } from './cholesky';
import { at, indexAt, put } from './numbers';

/** How many unknowns are in it. */
export let size: usize = 0;

let matrix: usize = 0;
let vector: usize = 0;
let order: usize = 0;
/** Row-major, as wide as the equations. */
let factor: usize = 0;
/** What the first triangular solve gives. */
let halfway: usize = 0;
let picked: usize = 0;

/** @param scratch room for a matrix and two rows of the equations. */
export function begin(equations: usize, right: usize, unknowns: usize, scratch: usize): void {
  matrix = equations;
  vector = right;
  order = unknowns;
  factor = scratch;
  halfway = factor + order * order * 8;
  picked = halfway + order * 8;
  size = 0;
}

@inline
export function unknownAt(i: usize): usize {
  return indexAt(picked, i);
}

export function add(unknown: usize): void {
  const last = size++;
  const start = factor + last * order * 8;
  const row = matrix + unknown * order * 8;
  put(picked, last, <f64>(<u32>unknown));
  for (let column: usize = 0; column < last; column++) {
    const top = factor + column * order * 8;
    let sum = at(row, unknownAt(column));
    for (let k: usize = 0; k < column; k++) sum -= at(start, k) * at(top, k);
    put(start, column, sum / at(top, column));
  }
  const diagonal = at(row, unknown);
  let pivot = diagonal;
  let right = at(vector, unknown);
  for (let k: usize = 0; k < last; k++) {
    const entry = at(start, k);
    pivot -= entry * entry;
    right -= entry * at(halfway, k);
  }
  const root = pivotOf(pivot, diagonal);
  put(start, last, root);
  put(halfway, last, right / root);
}

export function removeLast(): void {
  size--;
}

/** Takes out the unknowns whose value is not above 0; those behind the first of them are added again. */
export function keepPositive(solution: usize): void {
  const before = size;
  let same: usize = 0;
  while (same < before && at(solution, unknownAt(same)) > 0) same++;
  size = same;
  for (let i = same; i < before; i++) {
    const unknown = unknownAt(i);
    if (at(solution, unknown) > 0) add(unknown);
  }
}

/** In the order in which they were added, into `values`. */
export function solveGrowing(values: usize): void {
  for (let row = size; row-- > 0; ) {
    let sum = at(halfway, row);
    for (let k = row + 1; k < size; k++) sum -= at(factor, k * order + row) * at(values, k);
    put(values, row, sum / at(factor, row * order + row));
  }
}
