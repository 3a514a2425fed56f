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
  const weights = new Float64Array(residuals.length);
  for (let row = 0; row < weights.length; row++) {
    const distance = Math.abs(residuals[row]!) / scale[row]!;
    weights[row] = (distance > limit ? limit / distance : 1) / (scale[row]! * scale[row]!);
  }
  return weights;
}

/**
 * The scale of residuals by their running median over the neighbouring rows of the same life: young workers are noisier. It
 * is never below the global one, or flat stretches would rule.
 */
export function localScale(residuals: Column, life: Int32Array): Column {
  const distances = absolute(residuals);
  const global = median(distances) || mean(distances);
  const scale = new Float64Array(residuals.length);
  for (let start = 0, end = 0; start < residuals.length; start = end) {
    while (end < residuals.length && life[end] === life[start]) end++;
    const width = Math.min(2 * NEIGHBOURS + 1, end - start);
    const sorted = distances.slice(start, start + width).sort();
    const half = width >> 1;
    for (let row = start, first = start; row < end; row++) {
      if (row - NEIGHBOURS > first && first + width < end) {
        exchange(sorted, distances[first]!, distances[first + width]!);
        first++;
      }
      const local = width % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
      scale[row] = Math.max(1, MEDIAN_TO_DEVIATION * Math.max(global, local));
    }
  }
  return scale;
}

export function absolute(values: Column): Column {
  const distances = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) distances[row] = Math.abs(values[row]!);
  return distances;
}

/** Puts a number in the place of another one that is among the sorted ones. */
function exchange(sorted: Column, old: number, fresh: number): void {
  let at = 0;
  while (sorted[at]! < old) at++;
  for (; at + 1 < sorted.length && sorted[at + 1]! < fresh; at++) sorted[at] = sorted[at + 1]!;
  for (; at > 0 && sorted[at - 1]! > fresh; at--) sorted[at] = sorted[at - 1]!;
  sorted[at] = fresh;
}
