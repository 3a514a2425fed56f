/** The processes of one place (a host, a container): who is alive under which pid, and in which of the server's slots. */
import type { WorkerEvent } from '../parse/worker-event.ts';
import type { Archive } from '../state/archive.ts';
import { Worker, type WorkerPlace } from './worker.ts';

/** Processes that ended without another one in their place; servers that give their slots numbers never use them. */
const MOST_PLACES = 1024;

/** A pid, or a worker's name where the log has no pids. */
export type WorkerKey = number | string;

export class Processes implements WorkerPlace {
  concurrent = false;
  readonly live: Map<WorkerKey, Worker> = new Map();
  readonly #origin: number;
  readonly #originName: string;
  #pidOfSlot = new Map<number, number>();
  /** For pids that were announced and have no request yet, and those that have. */
  #slotOfPid = new Map<WorkerKey, number>();
  /** Processes whose end was told, and no other one has begun since: the next one takes the place of one of them. */
  #gone = new Set<WorkerKey>();
  /** Of this and of earlier instances of the server. */
  #usedSlots = new Set<number>();
  #workersOfKey = new Map<WorkerKey, number>();
  #unannounced = new Map<WorkerKey, number>();

  constructor(origin: number, originName: string) {
    this.#origin = origin;
    this.#originName = originName;
  }

  /** A worker that has its first request. */
  begin(named: WorkerKey): Worker {
    // A string of its own: a slice would keep the whole line alive.
    const key = typeof named === 'string' ? Buffer.from(named, 'utf8').toString('utf8') : named;
    const number = (this.#workersOfKey.get(key) ?? 0) + 1;
    this.#workersOfKey.set(key, number);
    const name = nameOf(this.#originName, key, number);
    const worker = new Worker(this, key, this.#origin, name, this.#slotOfPid.get(key) ?? null);
    this.live.set(key, worker);
    return worker;
  }

  /** @param all workers of the analysis: the living are written as their places in it. */
  transfer(archive: Archive, all: readonly Worker[], places: ReadonlyMap<Worker, number>): void {
    this.concurrent = archive.value(this.concurrent);
    const living = archive.value([...this.live.values()].map((worker) => places.get(worker)!));
    if (archive.isReading) for (const place of living) this.live.set(all[place]!.key, all[place]!);
    this.#pidOfSlot = archive.value(this.#pidOfSlot);
    this.#slotOfPid = archive.value(this.#slotOfPid);
    this.#gone = archive.value(this.#gone);
    this.#usedSlots = archive.value(this.#usedSlots);
    this.#workersOfKey = archive.value(this.#workersOfKey);
    this.#unannounced = archive.value(this.#unannounced);
  }

  /** @returns how many lives began under this key, so far, without a word of the server. */
  unannouncedLife(key: WorkerKey): number {
    const lives = (this.#unannounced.get(key) ?? 0) + 1;
    this.#unannounced.set(key, lives);
    return lives;
  }

  /** @returns how many workers took the place of another one. */
  apply(event: WorkerEvent): number {
    switch (event.kind) {
      case 'instance-start':
        this.#endAll('restart');
        this.#pidOfSlot.clear();
        this.#slotOfPid.clear();
        this.#gone.clear();
        return 0;
      case 'instance-stop':
        this.#endAll('stop');
        return 0;
      case 'spawned': {
        const isRestart = this.#usedSlots.has(event.slot);
        this.#occupy(event.slot, event.pid);
        return isRestart ? 1 : 0;
      }
      case 'respawned':
        this.#end(this.#inSlot(event.slot), 'respawn');
        this.#occupy(event.slot, event.pid);
        return 1;
      case 'booted':
        return this.#makeRoom(event.pid) || this.#takePlace() ? 1 : 0;
      case 'finished':
        this.#leavePlace(event.pid);
        this.#end(this.live.get(event.pid), event.reason);
        return 0;
      case 'ended':
        this.#end(this.#inSlot(event.slot), event.reason);
        return 0;
      case 'ended-by-name':
        this.#end(this.live.get(event.name), event.reason);
        return 0;
      case 'died':
        this.#leavePlace(event.pid);
        this.#end(this.live.get(event.pid), event.signal === null ? 'died' : `signal ${event.signal}`);
        return 0;
      case 'lost-line':
        this.#loseReading(event.pid);
        return 0;
      case 'concurrent':
      case 'memory-report-off':
      case 'dyno-sample':
      case 'implausible-memory':
        return 0;
    }
  }

  #leavePlace(pid: number): void {
    if (this.#gone.size < MOST_PLACES) this.#gone.add(pid);
  }

  /** @returns whether a process has ended before, in whose place another one begins. */
  #takePlace(): boolean {
    for (const pid of this.#gone) return this.#gone.delete(pid);
    return false;
  }

  /** A process begins its life in a slot; whatever had its pid before is gone. */
  #occupy(slot: number, pid: number): void {
    this.#makeRoom(pid);
    this.#usedSlots.add(slot);
    this.#pidOfSlot.set(slot, pid);
    this.#slotOfPid.set(pid, slot);
  }

  /** @returns whether a worker had this pid before. */
  #makeRoom(pid: number): boolean {
    const before = this.live.get(pid);
    if (!before) return false;
    this.#end(before, 'respawn');
    return this.live.delete(pid);
  }

  /**
   * The next growth may span a request that is not in the log. Where the line's process is not known (a server's children
   * write through their parent), that is so for all but those whose counters will show it.
   */
  #loseReading(pid: number | null): void {
    const known = pid === null ? undefined : this.live.get(pid);
    if (known) known.gap = true;
    else for (const worker of this.live.values()) if (!worker.isCounted) worker.gap = true;
  }

  #inSlot(slot: number): Worker | undefined {
    const pid = this.#pidOfSlot.get(slot);
    return pid === undefined ? undefined : this.live.get(pid);
  }

  /** The first reason given is the cause, the later ones its consequences. */
  #end(worker: Worker | undefined, reason: string): void {
    if (worker) worker.ended ??= reason;
  }

  #endAll(reason: string): void {
    for (const worker of this.live.values()) this.#end(worker, reason);
  }
}

/** Unique in a log: place and pid, with a number behind them from the second worker of that pid on. */
function nameOf(originName: string, key: WorkerKey, number: number): string {
  const own = key === '' ? '' : String(key);
  const whole = [originName, own].filter((part) => part !== '').join('/') || 'the only worker';
  return number === 1 ? whole : `${whole}#${number}`;
}
