/** From evidence to the report: routes gathered, estimated, put in order; totals, accounting and warnings added. */
import type { Evidence, WorkerEvidence } from '../attribute/evidence.ts';
import { type InputCounts, metricOf } from '../attribute/input-counts.ts';
import { estimate } from '../estimate/estimate.ts';
import type { Options } from '../options.ts';
import type { Report, RouteReport, WorkerReport } from '../report/report.ts';
import { selectsRoute } from '../select.ts';
import { compareFiles } from '../source/rotation.ts';
import { compareTexts } from '../term/compare-texts.ts';
import { VERSION } from '../version.ts';
import { type Accounting, accountFor } from './accounting.ts';
import { explain } from './explain.ts';
import { gatherRoutes } from './gather-routes.ts';
import { inputReport } from './input-report.ts';
import { comparators } from './order.ts';
import { routeReport, wallClock } from './route-report.ts';
import { seriesOf } from './series.ts';
import { splitHints, splitReason } from './split-hints.ts';
import { sum } from './sum.ts';
import { type Incomplete, warningsOf } from './warnings.ts';

export function rank(evidence: Evidence, options: Options, incomplete: Incomplete): Report {
  const gathered = gatherRoutes(evidence, options.group);
  const { routes, lives } = gathered;
  const { findings, lives: fitted } = estimate(
    lives.map(({ life }) => life),
    routes.length,
    evidence.concurrent,
  );
  const accounting = accountFor(
    evidence,
    findings,
    lives.map((life, i) => ({ ...life, fitted: fitted[i]! })),
  );
  const names = routes.map(({ name }) => name);
  const reports: RouteReport[] = [];
  const numberOf = new Map<RouteReport, number>();
  let left = { calls: 0, netBytes: 0, highWaterBytes: 0 };
  for (const [number, route] of routes.entries()) {
    if (route.calls === 0) continue;
    if (route.hidden || !selectsRoute(options.selection, route.name)) {
      left = {
        calls: left.calls + route.calls,
        netBytes: left.netBytes + route.netBytes,
        highWaterBytes: left.highWaterBytes + route.highWaterBytes,
      };
    } else {
      const report = routeReport(route, findings[number]!, names);
      numberOf.set(report, number);
      reports.push(report);
    }
  }
  reports.sort(comparators[options.sort]);
  for (const [i, route] of reports.entries()) route.rank = i + 1;
  const numbersWith = (wanted: RouteReport['verdict']) =>
    reports.filter(({ verdict }) => verdict === wanted).map((report) => numberOf.get(report)!);
  const hints = splitHints(evidence, gathered, findings, {
    leak: numbersWith('leak'),
    unclear: numbersWith('unclear'),
  });
  for (const report of reports) {
    const split = hints.get(numberOf.get(report)!);
    if (split) Object.assign(report, { split, reason: `${report.reason}; ${splitReason(split, report.verdict)}` });
  }
  const numbered = (report: RouteReport) => ({ name: report.route, number: numberOf.get(report)! });
  const { unattributed } = evidence;
  return {
    schemaVersion: 1,
    tool: { name: 'leakrank', version: VERSION },
    inputs: inOrderOfNames(evidence.inputs).map((input) =>
      inputReport(input, evidence.metric ?? metricOf([input]) ?? metricOf(evidence.inputs) ?? 'rss'),
    ),
    span: { from: wallClock(evidence.firstTime), to: wallClock(evidence.lastTime) },
    totals: {
      requests: evidence.requests - left.calls,
      workers: evidence.workers.length,
      restarts: evidence.restarts,
      growthBytes: accounting.growthBytes,
      leakedBytes: accounting.leakedBytes,
      plateauBytes: accounting.plateauBytes,
      unexplainedBytes: accounting.unexplainedBytes,
      unattributedBytes: unattributed.netBytes,
      leftOutBytes: left.netBytes,
      highWaterBytes: sum(evidence.workers, (worker) =>
        worker.lastBytes < 0 ? 0 : worker.peakBytes - worker.firstBytes,
      ),
      unattributedHighWaterBytes: unattributed.highWaterBytes,
      leftOutHighWaterBytes: left.highWaterBytes,
    },
    routes: reports,
    workers: [...evidence.workers]
      .sort((a, b) => compareTexts(a.name, b.name))
      .map((worker) => workerReport(worker, accounting)),
    gates: [],
    warnings: warningsOf(evidence, routes, options, incomplete),
    ...(options.explain === undefined ? {} : { explanation: explain(options.explain, routes, findings, lives) }),
    ...(options.curves > 0
      ? { series: seriesOf(reports.slice(0, options.curves).map(numbered), findings, lives) }
      : {}),
  };
}

/** Rotated files as they were written. The report does not depend on the order in which parts of a log were read. */
function inOrderOfNames(inputs: readonly InputCounts[]): InputCounts[] {
  const names = [...new Set(inputs.map(({ name }) => name))].sort(compareFiles);
  const places = new Map(names.map((name, place) => [name, place]));
  const place = ({ name }: InputCounts) => places.get(name) ?? 0;
  return [...inputs].sort((a, b) => place(a) - place(b) || compareTexts(JSON.stringify(a), JSON.stringify(b)));
}

function workerReport(worker: WorkerEvidence, accounting: Accounting): WorkerReport {
  const known = (bytes: number) => (bytes < 0 ? null : bytes - worker.baseBytes);
  const account = accounting.workers.get(worker.name);
  return {
    worker: worker.name,
    requests: worker.requests,
    firstBytes: known(worker.firstBytes),
    lastBytes: known(worker.lastBytes),
    peakBytes: known(worker.peakBytes),
    leakedBytes: account?.leakedBytes ?? null,
    plateauBytes: account?.plateauBytes ?? null,
    unexplainedBytes: account?.unexplainedBytes ?? null,
    ended: worker.ended,
  };
}
