/**
 * Weights that keep single wild rows from deciding: Huber, Robust Estimation of a Location Parameter (1964). A residual counts
 * fully up to `limit` times its scale, and from there on only in proportion to its distance, not to its square.
 */
import type { Column } from './columns.ts';
import { mean, median } from './statistics.ts';

/** Makes a median of distances comparable to a standard deviation, for normal noise. */
export const MEDIAN_TO_DEVIATION = 1.4826;
/** Neighbouring rows to either side. */
const NEIGHBOURS = 15;

/** @param scale of the residual in each row, in bytes, above 0. */
export function huberWeights(residuals: Column, scale: Column, limit: number): Column {
  return residuals.map((residual, row) => {
    const distance = Math.abs(residual) / scale[row]!;
    return (distance > limit ? limit / distance : 1) / scale[row]! ** 2;
  });
}

/**
 * The scale of residuals by their running median over the neighbouring rows of the same life: young workers are noisier. It
 * is never below the global one, or flat stretches would rule.
 */
export function localScale(residuals: Column, life: Int32Array): Column {
  const distances = residuals.map(Math.abs);
  const global = median(distances) || mean(distances);
  const scale = new Float64Array(residuals.length);
  for (let start = 0, end = 0; start < residuals.length; start = end) {
    while (end < residuals.length && life[end] === life[start]) end++;
    const width = Math.min(2 * NEIGHBOURS + 1, end - start);
    for (let row = start; row < end; row++) {
      const first = Math.max(start, Math.min(row - NEIGHBOURS, end - width));
      const local = median(distances.subarray(first, first + width));
      scale[row] = Math.max(1, MEDIAN_TO_DEVIATION * Math.max(global, local));
    }
  }
  return scale;
}
