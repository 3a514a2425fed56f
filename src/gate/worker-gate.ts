/** The limit of each worker's growth, from its first to its last reading. It is measured, not estimated. */
import type { GateReport, WorkerReport } from '../report/report.ts';
import { formatBytes, plural } from '../term/units.ts';
import type { Limits } from './limits.ts';
import { listed } from './listed.ts';
import { outcome } from './outcome.ts';

export function workerGate(
  workers: readonly WorkerReport[],
  limitBytes: number,
  { inconclusive }: Pick<Limits, 'inconclusive'>,
): GateReport {
  const grown = workers
    .flatMap(({ worker, firstBytes, lastBytes }) =>
      firstBytes === null || lastBytes === null ? [] : [{ worker, growthBytes: lastBytes - firstBytes }],
    )
    .sort((a, b) => b.growthBytes - a.growthBytes);
  const above = grown.filter(({ growthBytes }) => growthBytes > limitBytes);
  const limit = formatBytes(limitBytes);
  const message =
    above.length > 0
      ? `${plural(above.length, 'worker')} of ${workers.length} grew by more than ${limit}: ${listed(above.map(({ worker, growthBytes }) => `${worker} (${formatBytes(growthBytes)})`))}`
      : grown.length > 0
        ? `no worker grew by more than ${limit}`
        : 'of no worker was the memory measured';
  return {
    gate: 'max-worker-growth',
    match: null,
    limitBytes,
    ...outcome(above.length > 0, grown.length === 0, inconclusive),
    measuredBytes: grown[0]?.growthBytes ?? null,
    routes: [],
    workers: above.map(({ worker }) => worker),
    undecidedRoutes: [],
    message,
  };
}
