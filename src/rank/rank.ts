/** Puts findings in order, adds totals and warnings: one plain Report. */
import { lineCount } from '../attribute/input-counts.ts';
import type { LargestGrowth } from '../attribute/route-sums.ts';
import type { Worker } from '../attribute/worker.ts';
import type { Options, SortKey } from '../options.ts';
import { ABSENT } from '../parse/reading.ts';
import type { GrowthReport, Report, RouteReport, Totals, WorkerReport } from '../report/report.ts';
import type { Analysis } from '../run.ts';
import { VERSION } from '../version.ts';
import { warningsOf } from './warnings.ts';

export function rank(
  analysis: Analysis,
  options: Options,
  incomplete: { problems: number; interrupted: boolean },
): Report {
  const { attributor, router, inputs } = analysis;
  const routes = routeReports(analysis).sort(comparators[options.sort]);
  for (const [i, route] of routes.entries()) route.rank = i + 1;
  const count = (field: 'readings' | 'malformedLines') => inputs.reduce((sum, input) => sum + input[field], 0);
  return {
    schemaVersion: 1,
    tool: { name: 'leakrank', version: VERSION },
    inputs: inputs.map((input) => ({
      name: input.name,
      format: input.readings > 0 ? 'uwsgi' : null,
      metric: options.metric,
      lines: lineCount(input),
      readings: input.readings,
      otherLines: input.otherLines,
      malformedLines: input.malformedLines,
    })),
    span: { from: wallClock(attributor.firstTime), to: wallClock(attributor.lastTime) },
    totals: totalsOf(analysis),
    routes,
    workers: attributor.workers.all.filter(hadPart).map(workerReport),
    gates: [],
    warnings: warningsOf({
      attributor,
      router,
      lines: inputs.reduce((sum, input) => sum + lineCount(input), 0),
      readings: count('readings'),
      malformedLines: count('malformedLines'),
      maxRoutes: options.maxRoutes,
      leftOut: analysis.leftOut,
      ...incomplete,
    }),
  };
}

function routeReports({ attributor, router }: Analysis): RouteReport[] {
  const sums = attributor.routes;
  const reports: RouteReport[] = [];
  for (let route = 0; route < router.count; route++) {
    const calls = sums.calls[route] ?? 0;
    if (router.isHidden(route) || calls === 0) continue;
    reports.push({
      rank: 0,
      route: router.name(route),
      calls,
      verdict: null,
      leakedBytes: null,
      leakedBytesPerCall: null,
      leakedBytesPerCallLow: null,
      leakedBytesPerCallHigh: null,
      plateauBytes: null,
      detectableBytesPerCall: null,
      grossGrowthBytes: sums.grossBytes[route]!,
      netGrowthBytes: sums.netBytes[route]!,
      highWaterBytes: sums.highWaterBytes[route]!,
      growthCalls: sums.growthCalls[route]!,
      largestGrowthBytes: sums.largestBytes[route]!,
      largestGrowth: growthReport(sums.largest[route]),
      examples: [...router.examples(route)],
    });
  }
  return reports;
}

function totalsOf({ attributor, router }: Analysis): Totals {
  let growthBytes = 0;
  let highWaterBytes = 0;
  for (const worker of attributor.workers.all) {
    if (worker.lastBytes === ABSENT) continue;
    growthBytes += worker.lastBytes - worker.firstBytes;
    highWaterBytes += worker.peakBytes - worker.firstBytes;
  }
  const { routes: sums, unattributed } = attributor;
  const leftOut = { calls: 0, netBytes: 0, highWaterBytes: 0 };
  for (let route = 0; route < router.count; route++) {
    if (!router.isHidden(route)) continue;
    leftOut.calls += sums.calls[route] ?? 0;
    leftOut.netBytes += sums.netBytes[route] ?? 0;
    leftOut.highWaterBytes += sums.highWaterBytes[route] ?? 0;
  }
  return {
    requests: attributor.requests - leftOut.calls,
    workers: attributor.workers.all.filter(hadPart).length,
    restarts: attributor.workers.restarts,
    growthBytes,
    leakedBytes: null,
    plateauBytes: null,
    unexplainedBytes: null,
    unattributedBytes: unattributed.netBytes + leftOut.netBytes,
    highWaterBytes,
    unattributedHighWaterBytes: unattributed.highWaterBytes + leftOut.highWaterBytes,
  };
}

/** Whether a worker has to do with the report; those that only ran before the chosen times have not. */
function hadPart(worker: Worker): boolean {
  return worker.requests > 0 || worker.lastBytes !== worker.firstBytes;
}

function workerReport(worker: Worker): WorkerReport {
  const known = (bytes: number) => (bytes === ABSENT ? null : bytes);
  return {
    worker: worker.name,
    requests: worker.requests,
    firstBytes: known(worker.firstBytes),
    lastBytes: known(worker.lastBytes),
    peakBytes: known(worker.peakBytes),
    ended: worker.ended,
  };
}

function growthReport(growth: LargestGrowth | undefined): GrowthReport | null {
  if (growth === undefined) return null;
  const { file, line, time, worker, method, uri, status, beforeBytes, afterBytes } = growth;
  return {
    file,
    line,
    time: time === null ? null : wallClock(time),
    worker,
    method,
    uri,
    status,
    beforeBytes,
    afterBytes,
  };
}

/** ISO 8601 without a zone, since the log names none. */
function wallClock(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 19) : null;
}

type Comparator = (a: RouteReport, b: RouteReport) => number;

/** Equal rows stand in the order of their names, so that the same log gives the same report. */
const descending =
  (...keys: ((route: RouteReport) => number)[]): Comparator =>
  (a, b) => {
    for (const key of keys) {
      const difference = key(b) - key(a);
      if (difference !== 0) return difference;
    }
    return a.route < b.route ? -1 : 1;
  };

const triggered = (route: RouteReport) => route.highWaterBytes;
const gross = (route: RouteReport) => route.grossGrowthBytes;

const comparators: Record<SortKey, Comparator> = {
  leaked: descending((route) => route.leakedBytes ?? 0, triggered, gross),
  triggered: descending(triggered, gross),
  net: descending((route) => route.netGrowthBytes),
  gross: descending(gross),
  calls: descending((route) => route.calls),
  largest: descending((route) => route.largestGrowthBytes),
  route: descending(),
};
