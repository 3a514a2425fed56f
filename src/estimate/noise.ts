/** What leak the noise alone would hide, for routes without a standard error of their own. */
import type { Analysis } from './analysis.ts';
import { LEAST_ROWS } from './fit.ts';
import { DETECTABLE_ERRORS } from './model.ts';

/** Kernels since 6.2 add the pages of a process up in batches: growth below shows late. */
const READING_STEP_BYTES = 128 * 1024;
/** Standard deviation of a size that is rounded to whole pages. */
const PAGE_ERROR_BYTES = 4096 / Math.sqrt(12);
/** What the filter adds to the squares of the calls, roughly. */
const FILTER_GAIN = 1.5;

/** In bytes per call; null when there are too few rows, or no calls in them. */
export function detectableByNoise({ fits, rows, totals }: Analysis, route: number): number | null {
  const squares = totals.squaredCalls[route]!;
  if (rows.count < LEAST_ROWS || !(squares > 0)) return null;
  // Where nothing grew at all, the noise is what the reading may have kept to itself.
  const isFlat = rows.growth.every((growth) => growth === 0);
  const deviation = isFlat ? READING_STEP_BYTES / Math.sqrt(12) : fits[0]!.residualDeviation;
  if (!(deviation > 0)) return null;
  return (DETECTABLE_ERRORS * Math.max(deviation, PAGE_ERROR_BYTES)) / Math.sqrt(squares * FILTER_GAIN);
}

/** The same where nothing but the size of a page hides it: no evidence can show less. */
export function detectableByPages({ totals }: Analysis, route: number): number {
  return (DETECTABLE_ERRORS * PAGE_ERROR_BYTES) / Math.sqrt(Math.max(1, totals.squaredCalls[route]!) * FILTER_GAIN);
}

/** The standard error of bytes per call by noise alone, which no estimate is better than; 0 where it is not known. */
export function errorByNoise({ fits, rows, totals }: Analysis, route: number): number {
  const squares = totals.squaredCalls[route]!;
  if (rows.count < LEAST_ROWS || !(squares > 0)) return 0;
  // A reading that does not move hides growth up to its step.
  const deviation = Math.max(fits[0]!.residualDeviation, READING_STEP_BYTES / Math.sqrt(12));
  return deviation / Math.sqrt(squares * FILTER_GAIN);
}
