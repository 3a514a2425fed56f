/** Holds a report against the limits. Pure: what is printed and the exit status follow from what this says. */

import type { GateReport, Report } from '../report/report.ts';
import { baselineGate } from './baseline-gate.ts';
import type { Limits } from './limits.ts';
import { routeGates } from './route-gates.ts';
import { workerGate } from './worker-gate.ts';

/** The gates of a report: one for every limit, also those that were kept. @throws UserError where the baseline is another application's. */
export function gatesOf(report: Report, limits: Limits): GateReport[] {
  return [
    ...routeGates('max-leak-per-call', report.routes, limits),
    ...routeGates('max-leaked', report.routes, limits),
    ...(limits.maxWorkerGrowth === undefined ? [] : [workerGate(report.workers, limits.maxWorkerGrowth, limits)]),
    ...(limits.baseline === undefined ? [] : [baselineGate(report, limits.baseline, limits)]),
  ];
}

/** Whether the command may say that all is well. */
export function allPassed({ gates }: Pick<Report, 'gates'>): boolean {
  return gates.every(({ passed }) => passed);
}
