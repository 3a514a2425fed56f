/** Reports made by hand, for functions of the report. */
import type { Report, RouteReport, WorkerReport } from '../../src/index.ts';

/** A route that was called 100 times and shows nothing. */
export function madeRoute(route: string, figures: Partial<RouteReport> = {}): RouteReport {
  return {
    rank: 1,
    route,
    calls: 100,
    verdict: 'clean',
    reason: 'no leak above 1.00 KiB per call',
    leakedBytes: 0,
    leakedBytesPerCall: 0,
    leakedBytesPerCallLow: 0,
    leakedBytesPerCallHigh: 2048,
    plateauBytes: 0,
    detectableBytesPerCall: 1024,
    estimatedBytesPerCall: 0,
    standardErrorBytesPerCall: 200,
    workersAgreeing: 0,
    workersJudged: 2,
    grossGrowthBytes: 0,
    netGrowthBytes: 0,
    highWaterBytes: 0,
    growthCalls: 0,
    largestGrowthBytes: 0,
    largestGrowth: null,
    largestPeakBytes: null,
    meanPeakBytes: null,
    examples: [route],
    split: null,
    ...figures,
  };
}

/** One that leaks so many bytes in each of its 100 calls. */
export function leakingRoute(route: string, perCall: number, figures: Partial<RouteReport> = {}): RouteReport {
  return madeRoute(route, {
    verdict: 'leak',
    reason: 'grows with every call, in 2 of 2 workers',
    leakedBytes: perCall * 100,
    leakedBytesPerCall: perCall,
    leakedBytesPerCallLow: perCall * 0.8,
    leakedBytesPerCallHigh: perCall * 1.4,
    estimatedBytesPerCall: perCall,
    standardErrorBytesPerCall: Math.max(1, perCall * 0.05),
    ...figures,
  });
}

/** One with too few calls for an estimate. */
export function rareRoute(route: string, figures: Partial<RouteReport> = {}): RouteReport {
  return madeRoute(route, {
    calls: 2,
    verdict: 'unclear',
    reason: 'called twice: too few to say',
    leakedBytesPerCallLow: null,
    leakedBytesPerCallHigh: null,
    detectableBytesPerCall: null,
    estimatedBytesPerCall: null,
    standardErrorBytesPerCall: null,
    ...figures,
  });
}

export function madeWorker(worker: string, growthBytes: number | null): WorkerReport {
  const last = growthBytes === null ? null : 50_000_000 + growthBytes;
  return {
    worker,
    requests: 100,
    firstBytes: growthBytes === null ? null : 50_000_000,
    lastBytes: last,
    peakBytes: last,
    leakedBytes: 0,
    plateauBytes: 0,
    unexplainedBytes: growthBytes,
    ended: null,
  };
}

export function madeReport(routes: RouteReport[], workers: WorkerReport[] = []): Report {
  const calls = routes.reduce((sum, route) => sum + route.calls, 0);
  return {
    schemaVersion: 1,
    tool: { name: 'leakrank', version: '0.0.0' },
    inputs: [
      {
        name: 'log',
        format: 'uwsgi',
        metric: 'rss',
        lines: calls,
        readings: calls,
        otherLines: 0,
        malformedLines: 0,
        formats: [],
        wrappers: [],
        recognisedBy: null,
        matchRate: null,
      },
    ],
    span: { from: '2026-11-23T20:50:26', to: '2026-11-23T20:51:11' },
    totals: {
      requests: calls,
      workers: workers.length,
      restarts: 0,
      growthBytes: 0,
      leakedBytes: routes.reduce((sum, route) => sum + route.leakedBytes, 0),
      plateauBytes: 0,
      unexplainedBytes: 0,
      unattributedBytes: 0,
      leftOutBytes: 0,
      highWaterBytes: 0,
      unattributedHighWaterBytes: 0,
      leftOutHighWaterBytes: 0,
    },
    routes,
    workers,
    gates: [],
    warnings: [],
  };
}
