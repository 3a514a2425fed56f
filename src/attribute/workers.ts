/** The processes of a server: which worker a reading belongs to, when a worker ends and why. */
import type { Reading } from '../parse/reading.ts';
import type { WorkerEvent } from '../parse/worker-event.ts';
import { Worker } from './worker.ts';

export class Workers {
  /** Every worker that had a request, in the order of their first. */
  readonly all: Worker[] = [];
  /** Requests of one process overlap: seen in a core's number, or told by the server. */
  concurrent = false;
  /** The server said that its memory-report option has no effect. */
  memoryReportOff = false;
  /** Workers that took the place of another one. */
  restarts = 0;
  /** The most lives that began under one pid because its counters fell, without a word of the server. */
  mostUnannouncedLives = 0;

  readonly #live = new Map<number, Worker>();
  readonly #pidOfSlot = new Map<number, number>();
  /** For pids that were announced and have no request yet, and those that have. */
  readonly #slotOfPid = new Map<number, number>();
  /** Of this and of earlier instances of the server. */
  readonly #usedSlots = new Set<number>();
  readonly #workersOfPid = new Map<number, number>();
  readonly #unannounced = new Map<number, number>();
  #last: Worker | undefined;

  /** The worker of a reading; a new one when its counters show that the process is not the one of before. */
  workerOf(reading: Reading): Worker {
    if (reading.core > 0) this.concurrent = true;
    const last = this.#last;
    const worker = last !== undefined && last.pid === reading.pid ? last : this.#live.get(reading.pid);
    if (worker === undefined) return this.#begin(reading.pid);
    if (worker.isOtherLife(reading, this.concurrent)) {
      if (worker.ended === null) {
        this.restarts++;
        this.#unannouncedLife(reading.pid);
      }
      worker.ended ??= 'restart';
      return this.#begin(reading.pid);
    }
    // What was said to have ended goes on: its last lines came late, or the news was of another instance.
    worker.ended = null;
    this.#last = worker;
    return worker;
  }

  apply(event: WorkerEvent): void {
    switch (event.kind) {
      case 'instance-start':
        this.#endAll('restart');
        this.#pidOfSlot.clear();
        this.#slotOfPid.clear();
        break;
      case 'instance-stop':
        this.#endAll('stop');
        break;
      case 'spawned':
        if (event.cores > 1) this.concurrent = true;
        if (this.#usedSlots.has(event.slot)) this.restarts++;
        this.#occupy(event.slot, event.pid);
        break;
      case 'respawned':
        this.restarts++;
        this.#end(this.#inSlot(event.slot), 'respawn');
        this.#occupy(event.slot, event.pid);
        break;
      case 'finished':
        this.#end(this.#live.get(event.pid), event.reason);
        break;
      case 'ended':
        this.#end(this.#inSlot(event.slot), event.reason);
        break;
      case 'died':
        this.#end(this.#live.get(event.pid), event.signal === null ? 'died' : `signal ${event.signal}`);
        break;
      case 'concurrent':
        this.concurrent = true;
        break;
      case 'memory-report-off':
        this.memoryReportOff = true;
        break;
    }
  }

  /** A process begins its life in a slot; whatever had its pid before is gone. */
  #occupy(slot: number, pid: number): void {
    const before = this.#live.get(pid);
    if (before) {
      this.#end(before, 'respawn');
      this.#live.delete(pid);
      if (this.#last === before) this.#last = undefined;
    }
    this.#usedSlots.add(slot);
    this.#pidOfSlot.set(slot, pid);
    this.#slotOfPid.set(pid, slot);
  }

  #begin(pid: number): Worker {
    const number = (this.#workersOfPid.get(pid) ?? 0) + 1;
    this.#workersOfPid.set(pid, number);
    const worker = new Worker(pid, number, this.#slotOfPid.get(pid) ?? null);
    this.#live.set(pid, worker);
    this.all.push(worker);
    this.#last = worker;
    return worker;
  }

  #inSlot(slot: number): Worker | undefined {
    const pid = this.#pidOfSlot.get(slot);
    return pid === undefined ? undefined : this.#live.get(pid);
  }

  /** The first reason given is the cause, the later ones its consequences. */
  #end(worker: Worker | undefined, reason: string): void {
    if (worker) worker.ended ??= reason;
  }

  #endAll(reason: string): void {
    for (const worker of this.#live.values()) this.#end(worker, reason);
  }

  #unannouncedLife(pid: number): void {
    const lives = (this.#unannounced.get(pid) ?? 0) + 1;
    this.#unannounced.set(pid, lives);
    this.mostUnannouncedLives = Math.max(this.mostUnannouncedLives, lives);
  }
}
