/** Which figure of a worker's lines is followed, what a line says by it, and how many lines say what. */
import { ABSENT, METRIC_ORDER, type Metric, type Reading } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { DELTA_BASE, type Worker } from './worker.ts';

export class Measures implements Archived {
  /** Request lines whose memory figure is 0: the server did not measure. */
  zeroReadings = 0;
  /** Request lines without the chosen memory figure. */
  absentReadings = 0;
  measuredReadings = 0;
  /** Readings that say by how much a request changed the memory, not how large it is. */
  deltaReadings = 0;
  /** Readings that say how much memory was in use at most. */
  peakReadings = 0;
  /** The largest step in which a figure that was followed is logged; see {@link Reading.quantumBytes}. */
  coarsestQuantumBytes = 0;

  /** The figure that is followed; undefined: in each worker the first one that its lines hold. */
  readonly metric: Metric | undefined;
  readonly #onWorker: (metric: Metric) => void;

  /** @param onWorker hears which figure is followed in a worker, once for each. */
  constructor(metric: Metric | undefined, onWorker: (metric: Metric) => void) {
    this.metric = metric;
    this.#onWorker = onWorker;
  }

  /**
   * The memory figure (with deltas the level that they add up to), or ABSENT when the next growth spans this request too.
   */
  measure(reading: Reading, worker: Worker): number {
    const metric = this.metricOf(reading, worker);
    if (reading.kind === 'delta') return this.#level(reading, worker);
    const memory = metric === undefined || worker.kind !== reading.kind ? ABSENT : reading.memory(metric);
    if (memory > 0) {
      this.measuredReadings++;
      if (worker.kind === 'level' && reading.quantumBytes > this.coarsestQuantumBytes)
        this.coarsestQuantumBytes = reading.quantumBytes;
      return memory;
    }
    if (memory === 0) this.zeroReadings++;
    else this.absentReadings++;
    worker.gap = true;
    return ABSENT;
  }

  /** The figure of a worker's lines to follow; it is fixed with the first that was measured. Undefined where the line has none. */
  metricOf(reading: Reading, worker: Worker): Metric | undefined {
    if (worker.metric !== undefined) return worker.metric;
    const isDelta = reading.kind === 'delta' && !Number.isNaN(reading.deltaBytes);
    const held = METRIC_ORDER.find((one) => reading.memory(one) !== ABSENT);
    const chosen = this.metric ?? held ?? (isDelta ? METRIC_ORDER[0] : undefined);
    // 0 is what a server writes that did not measure.
    if (chosen === undefined || (!isDelta && reading.memory(chosen) <= 0)) return chosen;
    worker.follow(chosen, reading.kind);
    this.#onWorker(chosen);
    return chosen;
  }

  transfer(archive: Archive): void {
    this.zeroReadings = archive.value(this.zeroReadings);
    this.absentReadings = archive.value(this.absentReadings);
    this.measuredReadings = archive.value(this.measuredReadings);
    this.deltaReadings = archive.value(this.deltaReadings);
    this.peakReadings = archive.value(this.peakReadings);
    this.coarsestQuantumBytes = archive.value(this.coarsestQuantumBytes);
  }

  #level(reading: Reading, worker: Worker): number {
    if (worker.kind !== 'delta' || Number.isNaN(reading.deltaBytes)) {
      this.absentReadings++;
      return ABSENT;
    }
    this.measuredReadings++;
    this.deltaReadings++;
    return (worker.lastBytes === ABSENT ? DELTA_BASE : worker.lastBytes) + reading.deltaBytes;
  }
}
