/** Turns the running sums of an analysis into plain evidence. */
import { ABSENT } from '../parse/reading.ts';
import type { Router } from '../route/router.ts';
import type { Attributor } from './attributor.ts';
import { EVIDENCE_VERSION, type Evidence, type RouteEvidence, type WorkerEvidence } from './evidence.ts';
import { floorsPerLife } from './followed-lives.ts';
import type { InputCounts } from './input-counts.ts';
import type { Worker } from './worker.ts';

export function evidenceOf(
  attributor: Attributor,
  router: Router,
  inputs: readonly InputCounts[],
  leftOut: number,
): Evidence {
  attributor.finish();
  const { workers, measures } = attributor;
  const listed = workers.all.filter(hadPart);
  const mostFloors = floorsPerLife(listed.filter(({ life }) => life).length);
  const evidence: Evidence = {
    version: EVIDENCE_VERSION,
    metric: measures.metric ?? null,
    inputs: inputs.map((input) => ({ ...input })),
    firstTime: Number.isFinite(attributor.firstTime) ? attributor.firstTime : null,
    lastTime: Number.isFinite(attributor.lastTime) ? attributor.lastTime : null,
    routes: routesOf(attributor, router),
    workers: listed.map((worker) => workerEvidence(worker, mostFloors)),
    unattributed: { ...attributor.unattributed },
    requests: attributor.requests,
    measuredReadings: measures.measuredReadings,
    coarsestQuantumBytes: measures.coarsestQuantumBytes,
    zeroReadings: measures.zeroReadings,
    absentReadings: measures.absentReadings,
    deltaReadings: measures.deltaReadings,
    peakReadings: measures.peakReadings,
    unnamedReadings: workers.unnamed,
    notices: { ...workers.notices },
    crowdedPaths: router.crowdedPaths,
    leftOut,
    restarts: workers.restarts,
    concurrent: workers.concurrent,
    memoryReportOff: workers.memoryReportOff,
    mostUnannouncedLives: workers.mostUnannouncedLives,
  };
  attributor.forgetLives();
  return evidence;
}

function routesOf({ routes: sums }: Attributor, router: Router): RouteEvidence[] {
  return Array.from({ length: router.count }, (_, route) => ({
    name: router.name(route),
    hidden: router.isHidden(route),
    given: router.isGiven(route),
    key: router.key(route),
    part: router.part(route),
    examples: [...router.examples(route)],
    calls: sums.calls[route] ?? 0,
    grossBytes: sums.grossBytes[route] ?? 0,
    netBytes: sums.netBytes[route] ?? 0,
    highWaterBytes: sums.highWaterBytes[route] ?? 0,
    growthCalls: sums.growthCalls[route] ?? 0,
    peakCalls: sums.peakCalls[route] ?? 0,
    peakSumBytes: sums.peakSumBytes[route] ?? 0,
    largestPeakBytes: sums.largestPeakBytes[route] ?? 0,
    largest: [...(sums.largest[route] ?? [])],
  }));
}

/** Whether a worker has to do with the report; those that only ran before the chosen times have not. */
function hadPart(worker: Worker): boolean {
  return worker.requests > 0 || worker.lastBytes !== worker.firstBytes;
}

function workerEvidence(worker: Worker, mostFloors: number): WorkerEvidence {
  const { name, requests, baseBytes, firstBytes, lastBytes, peakBytes, ended } = worker;
  return {
    name,
    requests,
    baseBytes,
    firstBytes,
    lastBytes,
    peakBytes,
    firstTime: known(worker.firstTime),
    lastTime: known(worker.lastTime),
    ended,
    life: worker.life?.evidence(mostFloors) ?? null,
  };
}

function known(time: number): number | null {
  return time === ABSENT ? null : time;
}
