/** The processes of all servers in a log: which worker a reading belongs to, when a worker ends and why. */
import { ABSENT, type Reading } from '../parse/reading.ts';
import type { WorkerEvent } from '../parse/worker-event.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { firstOf, type Notices } from './notices.ts';
import { Origins } from './origins.ts';
import { Processes } from './processes.ts';
import { Worker } from './worker.ts';

/** A power of two. */
const RECENT = 64;

export class Workers implements Archived {
  /** Every worker that had a request, in the order of their first. */
  readonly all: Worker[] = [];
  readonly origins: Origins = new Origins();
  /** The server said that its memory-report option has no effect. */
  memoryReportOff = false;
  /** Workers that took the place of another one. */
  restarts = 0;
  /** The most lives that began under one pid because its counters fell, without a word of the server. */
  mostUnannouncedLives = 0;
  /** Readings that name neither a pid nor a worker: each origin is taken for one process. */
  unnamed = 0;
  notices: Notices = { dynoSamples: 0, implausible: null };

  /** Pids are unique in one place only. */
  readonly #processes: (Processes | undefined)[] = [];
  /** Workers of the last readings, by the lowest bits of their pids: nearly every reading is of one of them. */
  readonly #recent: (Worker | undefined)[] = new Array(RECENT).fill(undefined);

  /** Requests of one process overlap, in some place: seen in a core's number, or told by the server. */
  get concurrent(): boolean {
    return this.#processes.some((processes) => processes?.concurrent);
  }

  /** The worker of a reading; a new one when its counters show that the process is not the one of before. */
  workerOf(reading: Reading): Worker {
    if (reading.core > 0) this.#in(reading.origin).concurrent = true;
    const { pid, origin } = reading;
    if (pid === ABSENT) return this.#find(reading, reading.workerName);
    const recent = this.#recent[pid & (RECENT - 1)];
    if (
      recent !== undefined &&
      recent.key === pid &&
      recent.origin === origin &&
      recent.ended === null &&
      !recent.isOtherLife(reading)
    )
      return recent;
    const worker = this.#find(reading, pid);
    this.#recent[pid & (RECENT - 1)] = worker;
    return worker;
  }

  /** The living worker of this pid, where one of the last readings was of it. */
  recent(pid: number, origin: number): Worker | undefined {
    const recent = this.#recent[pid & (RECENT - 1)];
    return recent !== undefined && recent.key === pid && recent.origin === origin && recent.ended === null
      ? recent
      : undefined;
  }

  #find(reading: Reading, key: number | string): Worker {
    if (key === '') this.unnamed++;
    const processes = this.#in(reading.origin);
    const worker = processes.live.get(key);
    if (worker === undefined) return this.#begin(processes, key);
    if (worker.isOtherLife(reading)) {
      if (worker.ended === null) {
        this.restarts++;
        this.mostUnannouncedLives = Math.max(this.mostUnannouncedLives, processes.unannouncedLife(key));
      }
      worker.ended ??= 'restart';
      return this.#begin(processes, key);
    }
    // What was said to have ended goes on: its last lines came late, or the news was of another instance.
    worker.ended = null;
    return worker;
  }

  /** @param origin of the line that told the event: it is about the processes of the same place. */
  apply(event: WorkerEvent, origin: number): void {
    if (event.kind === 'concurrent' || (event.kind === 'spawned' && event.cores > 1))
      this.#in(origin).concurrent = true;
    if (event.kind === 'dyno-sample') this.notices.dynoSamples++;
    if (event.kind === 'implausible-memory')
      this.notices.implausible = firstOf(this.notices.implausible, {
        field: Buffer.from(event.field).toString('utf8'),
        value: event.value,
      });
    if (event.kind === 'memory-report-off') this.memoryReportOff = true;
    this.restarts += this.#in(origin).apply(event);
    // They may be none of the living any more.
    this.#recent.fill(undefined);
  }

  transfer(archive: Archive): void {
    this.origins.transfer(archive);
    this.memoryReportOff = archive.value(this.memoryReportOff);
    this.restarts = archive.value(this.restarts);
    this.mostUnannouncedLives = archive.value(this.mostUnannouncedLives);
    this.unnamed = archive.value(this.unnamed);
    this.notices = archive.value(this.notices);
    const made = archive.value(this.all.map(({ key, origin, name, slot }) => ({ key, origin, name, slot })));
    if (archive.isReading) {
      for (const { key, origin, name, slot } of made)
        this.all.push(new Worker(this.#in(origin), key, origin, name, slot));
    }
    for (const worker of this.all) worker.transfer(archive);
    const places = new Map(this.all.map((worker, place) => [worker, place]));
    for (const origin of archive.value([...this.#processes.keys()].filter((key) => this.#processes[key]))) {
      this.#in(origin).transfer(archive, this.all, places);
    }
    this.#recent.fill(undefined);
  }

  #in(origin: number): Processes {
    let processes = this.#processes[origin];
    if (processes === undefined) {
      processes = new Processes(origin, this.origins.name(origin));
      this.#processes[origin] = processes;
    }
    return processes;
  }

  #begin(processes: Processes, key: number | string): Worker {
    const worker = processes.begin(key);
    this.all.push(worker);
    return worker;
  }
}
