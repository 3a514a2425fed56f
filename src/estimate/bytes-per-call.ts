/**
 * How much a candidate leaks per call. Estimates without selection are unbiased and noisy, selected ones steady and some
 * percent too small; their mean is better than either.
 */
import type { Analysis } from './analysis.ts';
import { unselectedMain } from './features.ts';
import { INTERVAL } from './model.ts';
import { mean, median, standardDeviation } from './statistics.ts';

/** Errors above zero that an unselected estimate needs to count. */
const SURE = 2;
/** Deviation between fits as a share of the value, where there is one fit only. */
const LONE_DEVIATION = 0.3;

export interface BytesPerCall {
  /** Never negative. */
  value: number;
  low: number;
  high: number;
  /** Of the unselected estimates: value of either sign, and error (0: unknown). */
  unselected: { value: number; error: number };
}

export function bytesPerCall(analysis: Analysis, column: number): BytesPerCall {
  const selected = analysis.fits.map(({ leaked }) => leaked[column]!).filter((value) => value > 0);
  const estimated = analysis.fits.filter(({ unselectedError }) => unselectedError[column]! > 0);
  const unselected = estimated.map((fit) => fit.unselected[column]!);
  const sure = estimated
    .filter((fit) => fit.unselected[column]! > SURE * fit.unselectedError[column]!)
    .map((fit) => fit.unselected[column]!);
  const usual = selected.length > 0 ? median(selected) : Math.max(0, mean(unselected));
  const value = mean([...sure, usual]);
  const all = [...selected, ...unselected.filter((estimate) => estimate > 0)];
  const deviation = all.length > 1 ? standardDeviation(all) : LONE_DEVIATION * value;
  const main = unselectedMain(analysis, column);
  const half = Math.hypot(INTERVAL.errors * main.error, INTERVAL.deviations * deviation, INTERVAL.share * value);
  return { value, low: Math.max(0, value - half), high: value + INTERVAL.upward * half, unselected: main };
}
