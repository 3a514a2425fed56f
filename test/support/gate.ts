/** A gate of a report, for tests of what is printed about it. */
import type { GateReport } from '../../src/index.ts';

export function gateReport(gate: string, limitBytes: number, routes: string[]): GateReport {
  const passed = routes.length === 0;
  return {
    gate,
    match: null,
    limitBytes,
    passed,
    outcome: passed ? 'passed' : 'failed',
    measuredBytes: passed ? null : 2 * limitBytes,
    routes,
    workers: [],
    undecidedRoutes: [],
    message: passed ? 'nothing is above it' : `${routes.join(', ')} above it`,
  };
}
