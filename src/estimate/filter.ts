/**
 * Filters along a worker's life. The noise of RSS is nearly stationary in levels, so differences of it bounce back: what one
 * row grows too much the next grows too little. A sum over the recent past with fading memory evens that out.
 */
import type { Column } from './columns.ts';

/** u[t] = v[t] + theta u[t-1], from 0 at the beginning of every life. theta 0 changes nothing, 1 would give levels. */
export function fadingSum(values: Column, life: Int32Array, theta: number): Column {
  if (theta === 0) return values;
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    if (row > 0 && life[row] !== life[row - 1]) sum = 0;
    sum = values[row]! + theta * sum;
    sums[row] = sum;
  }
  return sums;
}

/** v[t] - v[t-1], from 0 at the beginning of every life. Of calls: the growth they trigger now and give back later. */
export function difference(values: Column, life: Int32Array): Column {
  const differences = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const before = row > 0 && life[row] === life[row - 1] ? values[row - 1]! : 0;
    differences[row] = values[row]! - before;
  }
  return differences;
}
