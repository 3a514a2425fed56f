/**
 * Follows the memory of every worker from reading to reading, in the order of the log, and adds each difference to the
 * route of the request behind it, or to "unattributed" where no single request stands behind it.
 */
import { ABSENT, type Metric, type Reading } from '../parse/reading.ts';
import type { WorkerEvent } from '../parse/worker-event.ts';
import { MAX_EXAMPLES } from '../route/examples.ts';
import { FIRST_ERROR } from '../route/parts.ts';
import { statusKey } from '../route/variants.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { LAYOUT } from '../wasm/scan-memory.ts';
import type { Unattributed } from './evidence.ts';
import { FollowedLives } from './followed-lives.ts';
import { addGrowth, begin, describeGrowth, raisePeak } from './growth.ts';
import { Measures } from './measures.ts';
import { RouteSums } from './route-sums.ts';
import { DELTA_BASE, type Worker } from './worker.ts';
import { Workers } from './workers.ts';

/** The route of a request whose line holds no URI, or only a part of it. */
export const NO_ROUTE = -1;

/** Columns of a record; see src/wasm/assembly/layout.ts. */
const [PID, APP, OWN_COUNT, TOTAL_COUNT, TIME, STATUS, CORE] = [4, 5, 6, 7, 8, 9, 10];

/** What is known of routes. */
export interface KnownRoutes {
  /** Per route, 1 where the part of a request depends on more than its status. */
  watched: Uint8Array;
  /** Per route, how many of its requests gave an example; the first ones have to. */
  shown: Uint8Array;
  /** The parts that error statuses are, by `statusKey`. */
  partsOfStatus: ReadonlyMap<number, number>;
}

export class Attributor implements Archived {
  readonly routes: RouteSums = new RouteSums();
  readonly workers: Workers = new Workers();
  unattributed: Unattributed = { netBytes: 0, highWaterBytes: 0, withoutUri: 0, torn: 0, unlogged: 0 };
  /** Requests attributed or not, without those outside the chosen times. */
  requests = 0;
  readonly measures: Measures;
  firstTime: number = Number.POSITIVE_INFINITY;
  lastTime: number = Number.NEGATIVE_INFINITY;

  readonly #lives = new FollowedLives();
  #file = '';

  /** See {@link Measures}. */
  constructor(metric: Metric | undefined, onWorker: (metric: Metric) => void = () => {}) {
    this.measures = new Measures(metric, onWorker);
  }

  /** The name of the file that the next lines come from. */
  startFile(name: string): void {
    if (name === this.#file) return;
    this.#file = name;
    this.routes.startFile(name);
  }

  /** @param origin where the line stood that told it; see {@link Reading.origin}. */
  event(event: WorkerEvent, origin: number): void {
    this.workers.apply(event, origin);
  }

  /**
   * Counts requests of living workers, up to the first for which there is more to do than to add up: whose growth is among the
   * largest ones of its route, for example.
   * @param records of ScanMemory; those before `to` are looked at, from number `from` on.
   * @returns how many it took.
   */
  usual(
    records: Float64Array,
    from: number,
    to: number,
    origin: number,
    { watched, shown, partsOfStatus }: KnownRoutes,
  ): number {
    const { workers, routes } = this;
    const { calls } = routes;
    let i = from;
    for (; i < to; i++) {
      const at = i * LAYOUT.record;
      const worker = workers.recent(records[at + PID]!, origin);
      const route = records[at + LAYOUT.route]!;
      if (
        worker === undefined ||
        worker.place.concurrent ||
        worker.column < 0 ||
        route < 0 ||
        route >= calls.length ||
        records[at + CORE]! > 0
      )
        break;
      if (watched[route] !== 0 || shown[route]! < MAX_EXAMPLES) break;
      const status = records[at + STATUS]!;
      const part = status < FIRST_ERROR ? NO_ROUTE : partsOfStatus.get(statusKey(route, status));
      if (part === undefined || (part >= 0 && shown[part]! < MAX_EXAMPLES)) break;
      const memory = records[at + worker.column]!;
      if (!(memory > 0) || worker.gap || !worker.inside || worker.life === undefined) break;
      const growth = memory - worker.lastBytes;
      if (worker.lastBytes === ABSENT || growth > routes.notableBytes[route]!) break;
      const time = records[at + TIME]!;
      if (
        time === ABSENT ||
        !worker.countNext(records[at + APP]!, records[at + OWN_COUNT]!, records[at + TOTAL_COUNT]!)
      )
        break;
      worker.requests++;
      worker.lastTime = time;
      if (time < this.firstTime) this.firstTime = time;
      if (time > this.lastTime) this.lastTime = time;
      calls[route]!++;
      if (part >= 0) calls[part]!++;
      if (growth !== 0) addGrowth(routes, worker, memory, route);
      if (worker.life !== null) worker.life.add(route, memory, part);
    }
    const taken = i - from;
    this.requests += taken;
    this.measures.measuredReadings += taken;
    return taken;
  }

  /**
   * A request of `route`, or of {@link NO_ROUTE}.
   * @param part see Router.partOf.
   */
  request(reading: Reading, route: number, lineNumber: number, part: number = NO_ROUTE): void {
    const worker = this.workers.workerOf(reading);
    const unlogged = worker.count(reading);
    worker.inside = true;
    worker.requests++;
    this.requests++;
    if (reading.time !== ABSENT) {
      if (worker.firstTime === ABSENT) worker.firstTime = reading.time;
      worker.lastTime = reading.time;
      if (reading.time < this.firstTime) this.firstTime = reading.time;
      if (reading.time > this.lastTime) this.lastTime = reading.time;
    }
    if (route === NO_ROUTE) this.unattributed.withoutUri++;
    else {
      this.routes.reserve(route);
      this.routes.calls[route]!++;
    }
    if (part >= 0) {
      this.routes.reserve(part);
      this.routes.calls[part]!++;
    }
    if (unlogged > 0) {
      this.unattributed.unlogged += unlogged;
      worker.gap = true;
    }
    const memory = this.measures.measure(reading, worker);
    if (memory === ABSENT) return;
    if (worker.kind !== 'level') {
      if (worker.kind === 'delta') this.#addDelta(worker, route, memory, reading, lineNumber);
      else this.#addPeak(worker, route, memory);
      return;
    }
    this.#follow(worker, route, memory, part);
    if (worker.lastBytes === ABSENT) begin(worker, memory);
    else if (route === NO_ROUTE || worker.gap) this.#addUnattributed(worker, memory);
    else this.#addToRoute(worker, memory, route, reading, lineNumber);
    worker.gap = false;
  }

  /** A damaged line: the worker's memory is known, the request is not. */
  torn(reading: Reading): void {
    const worker = this.workers.workerOf(reading);
    worker.count(reading);
    worker.inside = true;
    this.unattributed.torn++;
    const memory = this.measures.measure(reading, worker);
    if (memory === ABSENT) return;
    if (worker.kind !== 'level') {
      if (worker.kind === 'delta') this.#addDelta(worker, NO_ROUTE, memory, reading, 0);
      return;
    }
    this.#follow(worker, NO_ROUTE, memory);
    if (worker.lastBytes === ABSENT) begin(worker, memory);
    else this.#addUnattributed(worker, memory);
    worker.gap = false;
  }

  /** A request before the chosen times: it only sets what the worker's growth is counted from. */
  before(reading: Reading): void {
    const worker = this.workers.workerOf(reading);
    worker.count(reading);
    const metric = this.measures.metricOf(reading, worker);
    if (metric === undefined || reading.kind !== 'level' || worker.kind !== 'level') return;
    const memory = reading.memory(metric);
    if (memory <= 0) return;
    // A slow request is logged after later ones, and clocks are set back: then the growth is behind the first reading.
    if (worker.inside && worker.lastBytes !== ABSENT) this.#addUnattributed(worker, memory);
    else begin(worker, memory);
  }

  /** A request after the chosen times. Where the clock was set back, later lines lie within them again: behind a gap. */
  after(reading: Reading): void {
    const worker = this.workers.workerOf(reading);
    worker.count(reading);
    worker.gap = true;
  }

  transfer(archive: Archive): void {
    this.routes.transfer(archive);
    this.workers.transfer(archive);
    this.#lives.transfer(archive, this.workers.all);
    this.unattributed = archive.value(this.unattributed);
    this.requests = archive.value(this.requests);
    this.measures.transfer(archive);
    this.firstTime = archive.value(this.firstTime);
    this.lastTime = archive.value(this.lastTime);
    this.#file = archive.value(this.#file);
  }

  /** No more requests will come. */
  finish(): void {
    this.#lives.finish();
  }

  /** The evidence is taken: the memory of lives is given back. */
  forgetLives(): void {
    this.#lives.forget();
  }

  #follow(worker: Worker, route: number, memory: number, part: number = NO_ROUTE): void {
    if (worker.life === undefined) worker.life = this.#lives.begin(worker);
    if (worker.life !== null) worker.life.add(route, memory, part);
  }

  #addDelta(worker: Worker, route: number, memory: number, reading: Reading, lineNumber: number): void {
    if (worker.lastBytes === ABSENT) {
      begin(worker, DELTA_BASE);
      this.#follow(worker, NO_ROUTE, DELTA_BASE);
    }
    this.#follow(worker, route, memory);
    if (route === NO_ROUTE) this.#addUnattributed(worker, memory);
    else this.#addToRoute(worker, memory, route, reading, lineNumber);
    // Requests that are not in the log have no part in what this one says of itself.
    worker.gap = false;
  }

  /** What a request took at most says nothing of what it kept. */
  #addPeak(worker: Worker, route: number, memory: number): void {
    this.measures.peakReadings++;
    worker.peakBytes = Math.max(worker.peakBytes, memory);
    if (route !== NO_ROUTE) this.routes.addPeak(route, memory);
  }

  #addUnattributed(worker: Worker, memory: number): void {
    this.unattributed.netBytes += memory - worker.lastBytes;
    this.unattributed.highWaterBytes += raisePeak(worker, memory);
    worker.lastBytes = memory;
  }

  #addToRoute(worker: Worker, memory: number, route: number, reading: Reading, lineNumber: number): void {
    const growth = memory - worker.lastBytes;
    // Nine of ten requests change nothing.
    if (growth === 0) return;
    const { routes } = this;
    if (growth > routes.notableBytes[route]!)
      routes.keep(
        route,
        describeGrowth(reading, worker, memory, { file: this.#file, line: lineNumber, order: this.requests }),
      );
    addGrowth(routes, worker, memory, route);
  }
}
