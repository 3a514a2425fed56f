import { mergeExamples } from '../route/examples.ts';
import type { RouteEvidence } from './evidence.ts';
import { mergeLargest } from './route-sums.ts';

/** Adds the sums of a route to those of another. */
export function addRoute(into: RouteEvidence, from: RouteEvidence): void {
  into.given ||= from.given;
  into.calls += from.calls;
  into.grossBytes += from.grossBytes;
  into.netBytes += from.netBytes;
  into.highWaterBytes += from.highWaterBytes;
  into.growthCalls += from.growthCalls;
  into.peakCalls += from.peakCalls;
  into.peakSumBytes += from.peakSumBytes;
  into.largestPeakBytes = Math.max(into.largestPeakBytes, from.largestPeakBytes);
  into.examples = mergeExamples(into.examples, from.examples);
  into.largest = mergeLargest(into.largest, from.largest);
}
