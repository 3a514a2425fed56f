/** One route of the report, from its sums and its finding. */
import type { RouteEvidence } from '../attribute/evidence.ts';
import type { LargestGrowth } from '../attribute/route-sums.ts';
import type { Finding } from '../estimate/finding.ts';
import { reason } from '../estimate/reason.ts';
import type { GrowthReport, RouteReport } from '../report/report.ts';

const PEAK_REASON = 'its lines say how much memory was in use at most, which cannot show what a call keeps';

/** Whether most of its lines hold a peak instead of a size. */
function isOfPeaks({ peakCalls, calls }: RouteEvidence): boolean {
  return peakCalls * 2 > calls;
}

/** @param names of all routes, by number. */
export function routeReport(route: RouteEvidence, finding: Finding, names: readonly string[]): RouteReport {
  return {
    rank: 0,
    route: route.name,
    calls: route.calls,
    verdict: isOfPeaks(route) ? 'unclear' : finding.verdict,
    reason: isOfPeaks(route) ? PEAK_REASON : reason(finding, names),
    leakedBytes: finding.leakedBytes,
    leakedBytesPerCall: finding.leakedBytesPerCall,
    leakedBytesPerCallLow: finding.leakedBytesPerCallLow,
    leakedBytesPerCallHigh: finding.leakedBytesPerCallHigh,
    plateauBytes: finding.plateauBytes,
    detectableBytesPerCall: finding.detectableBytesPerCall,
    estimatedBytesPerCall: finding.unselected && Math.round(finding.unselected.value),
    // An error of 0 would say that nothing could be surer.
    standardErrorBytesPerCall: finding.unselected && Math.max(1, Math.round(finding.unselected.error)),
    workersAgreeing: finding.workersAgreeing,
    workersJudged: finding.workersJudged,
    grossGrowthBytes: route.grossBytes,
    netGrowthBytes: route.netBytes,
    highWaterBytes: route.highWaterBytes,
    growthCalls: route.growthCalls,
    largestGrowthBytes: route.largest[0]?.growthBytes ?? 0,
    largestPeakBytes: route.peakCalls > 0 ? route.largestPeakBytes : null,
    meanPeakBytes: route.peakCalls > 0 ? Math.round(route.peakSumBytes / route.peakCalls) : null,
    largestGrowth: route.largest[0] ? growthReport(route.largest[0]) : null,
    examples: route.examples,
    split: null,
  };
}

export function growthReport({
  file,
  line,
  time,
  worker,
  method,
  uri,
  status,
  beforeBytes,
  afterBytes,
}: LargestGrowth): GrowthReport {
  return { file, line, time: wallClock(time), worker, method, uri, status, beforeBytes, afterBytes };
}

/** ISO 8601 without a zone, since the log names none. */
export function wallClock(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().slice(0, 19);
}
