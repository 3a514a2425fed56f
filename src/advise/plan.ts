/** What the settings of every server start from, and words for their arithmetic. */
import { formatBytes, formatCount } from '../term/units.ts';
import type { AdviceWarning, Budget, Figure, Rate, WorkerSize } from './advice.ts';

export interface Plan {
  budget: Budget;
  worker: WorkerSize;
  rate: Rate | null;
  /** The most requests in a worker's life. */
  cap: Figure;
}

/** Settings of one server, before their cost. */
export interface Warned<T> {
  advice: T;
  warnings: AdviceWarning[];
}

/** Of what a worker may serve, this share is given away so that workers do not restart all at once. */
export const SPREAD = 0.2;

/** Requests until the largest worker, at the upper end of the interval, reaches its target; below 1 where there is no room. */
export function capOf({ targetBytes }: Budget, worker: WorkerSize): Figure {
  const { largestSettledBytes, peakAboveLineBytes, growthBytesPerRequestHigh } = worker;
  const value = Math.floor((targetBytes - largestSettledBytes - peakAboveLineBytes) / growthBytesPerRequestHigh);
  const peak = peakAboveLineBytes > 0 ? ` - ${formatBytes(peakAboveLineBytes)} borrowed` : '';
  return {
    value,
    arithmetic: `(${formatBytes(targetBytes)} - ${formatBytes(largestSettledBytes)} settled${peak}) / ${formatBytes(growthBytesPerRequestHigh)} per request = ${formatCount(Math.max(0, value))}`,
  };
}

/** Three significant digits. */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond)}/s`;
}

export function formatNumber(value: number): string {
  return value >= 999.5 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(3)));
}

export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `40 s`, `12 min`, `5.5 h`, `3.2 days`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${formatNumber(seconds)} s`;
  if (seconds < 5400) return `${formatNumber(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${formatNumber(seconds / 3600)} h`;
  return `${formatNumber(seconds / 86_400)} days`;
}
