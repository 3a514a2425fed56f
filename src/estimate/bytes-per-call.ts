/**
 * How much a candidate leaks per call. Best are the fits of growth events, where they show anything, then the steady ones of
 * their levels. Else those of windows: estimates without selection are unbiased and noisy, selected ones steady and some
 * percent too small; their mean is better than either. Where these say next to nothing and jumps prove a leak, its calls take
 * the size of a jump: those that did not jump found a hole.
 */
import type { Analysis } from './analysis.ts';
import { unselectedMain } from './features.ts';
import type { Fit } from './fit.ts';
import { INTERVAL } from './model.ts';
import { mean, median, standardDeviation } from './statistics.ts';

/** Errors above zero that an unselected estimate needs to count. */
const SURE = 2;
/** Errors of a jump's size that are next to nothing known. */
const JUMP_SHARE = 0.25;
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
  const { fits, eventFits, steadyFits, livesAreShort, levelsAreUnsure } = analysis;
  const windows = unselectedOf(fits, column);
  const events = unselectedOf(eventFits, column);
  const selected = positive(fits.map(({ leaked }) => leaked[column]!));
  const usual = selected.length > 0 ? median(selected) : Math.max(0, mean(windows.values));
  const steady = steadyFits.flatMap(({ leaked, error }) =>
    leaked[column]! > SURE * error[column]! ? [leaked[column]!] : [],
  );
  const main = unselectedMain(analysis, column);
  const jump = analysis.jumping[column];
  let value = events.sure.length > 0 ? mean(events.sure) : mean([...windows.sure, usual]);
  if (jump && main.error > JUMP_SHARE * jump.bytes) value = steady.length > 0 ? mean(steady) : jump.bytes;
  else if (events.sure.length === 0 && steady.length === steadyFits.length && !levelsAreUnsure) value = mean(steady);
  const all = positive([
    ...selected,
    ...windows.values,
    ...eventFits.map(({ leaked }) => leaked[column]!),
    ...events.values,
    ...(levelsAreUnsure ? [] : steadyFits.map(({ leaked }) => leaked[column]!)),
  ]);
  const deviation = all.length > 1 ? standardDeviation(all) : LONE_DEVIATION * usual;
  const error = events.errors.length > 0 ? mean(events.errors) : value;
  const half = Math.hypot(INTERVAL.errors * error, INTERVAL.deviations * deviation, INTERVAL.share * value);
  const upward = livesAreShort ? INTERVAL.upwardInShortLives : INTERVAL.upward;
  return { value, low: Math.max(0, value - half), high: value + upward * half, unselected: main };
}

/** The estimates without selection, their errors, and the estimates that are surely above zero. */
function unselectedOf(fits: readonly Fit[], column: number) {
  const estimated = fits.filter(({ unselectedError }) => unselectedError[column]! > 0);
  const values = estimated.map(({ unselected }) => unselected[column]!);
  const errors = estimated.map(({ unselectedError }) => unselectedError[column]!);
  return { values, errors, sure: values.filter((value, i) => value > SURE * errors[i]!) };
}

function positive(values: readonly number[]): number[] {
  return values.filter((value) => value > 0);
}
