/** One life of one server process: what its log lines said so far. A reused pid is another worker. */
import { ABSENT, type Metric, type Reading, type ReadingKind } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import type { Life } from './life.ts';

/** Apps whose request counters are followed; a process with more mounted apps is rare. */
const MAX_APPS = 64;
/** Overlapping requests log their counters out of order, by no more than what runs at a time. */
const CONCURRENT_DISORDER = 64;

/** What deltas are added to: sums of either sign stay above 0, which is what a size is. */
export const DELTA_BASE = 2 ** 40;

/** What is known of all processes of one place. */
export interface WorkerPlace {
  /** Their requests overlap. */
  concurrent: boolean;
}

const NO_COLUMN = -1;
const COLUMNS: Partial<Record<Metric, number>> = { vsz: 0, rss: 1, uss: 2, pss: 3 };

export class Worker implements Archived {
  readonly place: WorkerPlace;
  /** Its pid, or its name where the log has no pids. */
  readonly key: number | string;
  /** Where it runs; see {@link Reading.origin}. */
  readonly origin: number;
  /** Unique in a log. */
  readonly name: string;
  /** uWSGI's worker id where a life-cycle line told it. */
  readonly slot: number | null;
  requests = 0;
  /** The figure that is followed, from the first line on that holds one. */
  metric: Metric | undefined;
  kind: ReadingKind = 'level';
  /** Where a record of ScanMemory holds that figure. */
  column: number = NO_COLUMN;
  firstBytes: number = ABSENT;
  lastBytes: number = ABSENT;
  peakBytes: number = ABSENT;
  /** Of its first and its last request; milliseconds as in {@link Reading.time}, ABSENT where the log has no time. */
  firstTime: number = ABSENT;
  lastTime: number = ABSENT;
  /** Why it ended; null while it lives, or when the log does not say. */
  ended: string | null = null;
  /** The next growth spans requests that are not in the log, or not measured. */
  gap = false;
  /** It has a reading in the chosen times: what it measured first is no longer open. */
  inside = false;
  /** What is kept for the estimates; null when this worker is not in the sample, undefined before its first request. */
  life: Life | null | undefined;
  #ownCounts: number[] = [];
  #totalCount: number = ABSENT;

  constructor(place: WorkerPlace, key: number | string, origin: number, name: string, slot: number | null) {
    this.place = place;
    this.key = key;
    this.origin = origin;
    this.name = name;
    this.slot = slot;
  }

  /** All but what the constructor was given, and the life: see followed-lives.ts. */
  transfer(archive: Archive): void {
    this.requests = archive.value(this.requests);
    this.metric = archive.value(this.metric);
    this.kind = archive.value(this.kind);
    this.column = archive.value(this.column);
    this.firstBytes = archive.value(this.firstBytes);
    this.lastBytes = archive.value(this.lastBytes);
    this.peakBytes = archive.value(this.peakBytes);
    this.firstTime = archive.value(this.firstTime);
    this.lastTime = archive.value(this.lastTime);
    this.ended = archive.value(this.ended);
    this.gap = archive.value(this.gap);
    this.inside = archive.value(this.inside);
    this.#ownCounts = archive.value(this.#ownCounts);
    this.#totalCount = archive.value(this.#totalCount);
  }

  /** Whether its lines number its requests, so that a missing one shows. */
  get isCounted(): boolean {
    return this.#ownCounts.length > 0;
  }

  /** What its sizes begin at: not 0 where only differences are known. */
  get baseBytes(): number {
    return this.kind === 'delta' ? DELTA_BASE : 0;
  }

  /** Whether a reading belongs to another life of the same pid: its request counters have fallen. */
  isOtherLife(reading: Reading): boolean {
    const { concurrent } = this.place;
    const own = this.#ownCountOf(reading.app);
    const now = reading.ownCount;
    if (this.ended === null && !concurrent) return now !== ABSENT && now < own;
    if (own === ABSENT || now === ABSENT) return this.ended !== null && reading.totalCount <= this.#totalCount;
    if (this.ended !== null) return now <= own || fell(this.#totalCount, reading.totalCount);
    return fell(own, now) || fell(this.#totalCount, reading.totalCount);
  }

  follow(metric: Metric, kind: ReadingKind): void {
    this.metric = metric;
    this.kind = kind;
    this.column = (kind === 'level' ? COLUMNS[metric] : undefined) ?? NO_COLUMN;
  }

  /**
   * Remembers the counters of a reading if it comes right behind the one before, with no request between them.
   * @returns false when it does not, and nothing is remembered.
   */
  countNext(app: number, ownCount: number, totalCount: number): boolean {
    if (ownCount !== ABSENT) {
      if (app < 0 || app >= this.#ownCounts.length || this.#ownCounts[app] !== ownCount - 1) return false;
      this.#ownCounts[app] = ownCount;
    }
    if (totalCount > this.#totalCount) this.#totalCount = totalCount;
    return true;
  }

  /**
   * Remembers the counters of a reading.
   * @returns how many requests ran between the last logged one and this one without a line of their own.
   */
  count(reading: Reading): number {
    const { app, ownCount, totalCount } = reading;
    if (totalCount > this.#totalCount) this.#totalCount = totalCount;
    if (ownCount === ABSENT || app < 0 || app >= MAX_APPS) return 0;
    const own = this.#ownCountOf(app);
    // Under concurrency the counters come out of order; the highest is the one to compare with.
    if (ownCount <= own) return 0;
    this.#ownCounts[app] = ownCount;
    return own === ABSENT || this.place.concurrent ? 0 : ownCount - own - 1;
  }

  #ownCountOf(app: number): number {
    return app >= 0 && app < this.#ownCounts.length ? (this.#ownCounts[app] ?? ABSENT) : ABSENT;
  }
}

function fell(from: number, to: number): boolean {
  return from !== ABSENT && to !== ABSENT && to * 2 < from && from - to > CONCURRENT_DISORDER;
}
