/** What one reading says beside the one before it: growth, and how it is booked to a worker and the route of a request. */
import { ABSENT, type Reading } from '../parse/reading.ts';
import type { LargestGrowth, RouteSums } from './route-sums.ts';
import type { Worker } from './worker.ts';

/** Longer URIs and methods are cut where one is kept. */
const LONGEST_URI = 2048;
const LONGEST_METHOD = 64;

/** The first size of a worker that is known. */
export function begin(worker: Worker, memory: number): void {
  worker.firstBytes = worker.lastBytes = worker.peakBytes = memory;
}

/** @returns by how much `memory` is above every earlier reading of the worker. */
export function raisePeak(worker: Worker, memory: number): number {
  const rise = memory - worker.peakBytes;
  if (rise <= 0) return 0;
  worker.peakBytes = memory;
  return rise;
}

/** The worker has this size after a request of the route. */
export function addGrowth(routes: RouteSums, worker: Worker, memory: number, route: number): void {
  const growth = memory - worker.lastBytes;
  routes.netBytes[route]! += growth;
  if (growth > 0) {
    routes.grossBytes[route]! += growth;
    routes.growthCalls[route]!++;
    routes.highWaterBytes[route]! += raisePeak(worker, memory);
  }
  worker.lastBytes = memory;
}

/** The growth up to `memory`, to look it up in the log; before it is added. */
export function describeGrowth(
  reading: Reading,
  worker: Worker,
  memory: number,
  place: Pick<LargestGrowth, 'file' | 'line' | 'order'>,
): LargestGrowth {
  const end = Math.min(reading.uriEnd, reading.uriStart + LONGEST_URI);
  const cut = end < reading.uriEnd ? '…' : '';
  return {
    growthBytes: memory - worker.lastBytes,
    beforeBytes: worker.lastBytes - worker.baseBytes,
    afterBytes: memory - worker.baseBytes,
    ...place,
    time: reading.time === ABSENT ? null : reading.time,
    worker: worker.name,
    method: reading.method().slice(0, LONGEST_METHOD),
    uri: reading.bytes.toString('utf8', reading.uriStart, end) + cut,
    status: reading.status === ABSENT ? null : reading.status,
  };
}
