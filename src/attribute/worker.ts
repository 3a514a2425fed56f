/** One life of one server process: what its log lines said so far. A reused pid is another worker. */
import { ABSENT, type Reading } from '../parse/reading.ts';

/** Apps whose request counters are followed; a process with more mounted apps is rare. */
const MAX_APPS = 64;
/** Overlapping requests log their counters out of order, by no more than what runs at a time. */
const CONCURRENT_DISORDER = 64;

export class Worker {
  readonly pid: number;
  /** 1 for the first life under this pid. */
  readonly life: number;
  /** uWSGI's worker id where a life-cycle line told it. */
  readonly slot: number | null;
  requests = 0;
  firstBytes: number = ABSENT;
  lastBytes: number = ABSENT;
  peakBytes: number = ABSENT;
  /** Why it ended; null while it lives, or when the log does not say. */
  ended: string | null = null;
  /** The next growth spans requests that are not in the log, or not measured. */
  gap = false;
  #ownCounts: number[] = [];
  #totalCount: number = ABSENT;

  constructor(pid: number, life: number, slot: number | null) {
    this.pid = pid;
    this.life = life;
    this.slot = slot;
  }

  /** Unique in a log: the pid, with the number of the life behind it from the second on. */
  get name(): string {
    return this.life === 1 ? String(this.pid) : `${this.pid}#${this.life}`;
  }

  /** Whether a reading belongs to another life of the same pid: its request counters have fallen. */
  isOtherLife(reading: Reading, concurrent: boolean): boolean {
    const own = this.#lastOwnCount(reading);
    if (own === ABSENT || reading.ownCount === ABSENT) {
      return this.ended !== null && reading.totalCount <= this.#totalCount;
    }
    if (this.ended !== null) return reading.ownCount <= own || this.#fell(this.#totalCount, reading.totalCount);
    if (!concurrent) return reading.ownCount < own;
    return this.#fell(own, reading.ownCount) || this.#fell(this.#totalCount, reading.totalCount);
  }

  /** How many requests ran between the last logged one and this one without a line of their own. */
  unloggedBefore(reading: Reading, concurrent: boolean): number {
    const own = this.#lastOwnCount(reading);
    if (concurrent || own === ABSENT || reading.ownCount === ABSENT) return 0;
    return Math.max(0, reading.ownCount - own - 1);
  }

  /** Remembers the counters of a reading. */
  count(reading: Reading): void {
    if (reading.app >= 0 && reading.app < MAX_APPS && reading.ownCount !== ABSENT) {
      const last = this.#ownCounts[reading.app];
      // Under concurrency the counters come out of order; the highest is the one to compare with.
      if (last === undefined || reading.ownCount > last) this.#ownCounts[reading.app] = reading.ownCount;
    }
    if (reading.totalCount > this.#totalCount) this.#totalCount = reading.totalCount;
  }

  #lastOwnCount(reading: Reading): number {
    return reading.app >= 0 && reading.app < MAX_APPS ? (this.#ownCounts[reading.app] ?? ABSENT) : ABSENT;
  }

  #fell(from: number, to: number): boolean {
    return from !== ABSENT && to !== ABSENT && to * 2 < from && from - to > CONCURRENT_DISORDER;
  }
}
