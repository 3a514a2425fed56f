/** Windows gathered by the calls in them: none, then bins that hold about as many windows each. */
import type { ExplainedBin } from '../report/report.ts';
import type { Windows } from './windows.ts';

const BINS = 6;

export function binsOf({ calls, restBytes }: Windows, leakedBytesPerCall: number): ExplainedBin[] {
  const order = byCalls(calls);
  let called = 0;
  while (called < order.length && calls[order[called]!] === 0) called++;
  const bins = [order.subarray(0, called)];
  const size = Math.max(1, Math.ceil((order.length - called) / BINS));
  for (let from = called; from < order.length; ) {
    let to = Math.min(order.length, from + size);
    // Windows with the same number of calls stay together.
    while (to < order.length && calls[order[to]!] === calls[order[to - 1]!]) to++;
    bins.push(order.subarray(from, to));
    from = to;
  }
  return bins
    .filter((bin) => bin.length > 0)
    .map((bin) => {
      const meanCalls = mean(bin, calls);
      return {
        fewestCalls: calls[bin[0]!]!,
        mostCalls: calls[bin.at(-1)!]!,
        windows: bin.length,
        meanGrowthBytes: Math.round(mean(bin, restBytes)),
        fittedBytes: Math.round(meanCalls * leakedBytesPerCall),
      };
    });
}

/** The numbers of the windows, those with the fewest calls first. A sort of plain numbers needs no calls of a comparison. */
function byCalls(calls: Float64Array): Float64Array {
  const { length } = calls;
  return calls
    .map((count, window) => count * length + window)
    .sort()
    .map((key) => key % length);
}

function mean(windows: Float64Array, column: Float64Array): number {
  let sum = 0;
  for (const window of windows) sum += column[window]!;
  return sum / windows.length;
}
