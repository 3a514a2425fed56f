/**
 * celery's and billiard's lines about their processes. Wordings from celery/concurrency/asynpool.py and apps/worker.py (5.2 to
 * 5.6) and billiard/pool.py (3.6 to 4.2).
 */
import type { Mark } from '../../lines/mark.ts';
import type { Archive, Archived } from '../../state/archive.ts';
import type { WorkerEvent } from '../worker-event.ts';

/** Restarts are rare; more names than this are forgotten, the oldest first. */
const MOST_NAMES = 4096;

const BEGINS = /^child process (\d{1,10}) calling self\.run\(\)$/;
const MEMORY_LIMIT = /^child process exiting after exceeding memory limit \(\d+KiB \/ \d+KiB\)$/;
const EXITED =
  /^Process '?([\w.:-]{1,100})'? pid:(\d{1,10}) exited with (?:['"]signal (\d{1,3}) \(\w+\)['"]|['"]?exitcode (\d{1,5})['"]?|(\d{1,5}))$/;
/** billiard's EX_RECYCLE: the child did its number of tasks, or took more memory than it may. */
const RECYCLED = 155;

/** On each line that tells something. */
export const CELERY_MARKS: readonly Mark[] = [
  ' ready.',
  ' calling self.run',
  ' exceeding memory limit',
  ' exited with ',
];

export class CeleryLifecycle implements Archived {
  /** Of the pool's children: the lines in which they end have names in some cases and pids in others. */
  #pids = new Map<string, number>();

  transfer(archive: Archive): void {
    this.#pids = archive.value(this.#pids);
  }

  /** That lines of the child `name` come from `pid`. */
  learn(name: string, pid: number): void {
    if (this.#pids.get(name) === pid) return;
    const [oldest] = this.#pids.keys();
    if (this.#pids.size >= MOST_NAMES && oldest !== undefined) this.#pids.delete(oldest);
    this.#pids.set(name, pid);
  }

  /** What a message tells; several events where the child may be known by name or by pid. */
  events(processName: string, message: string): WorkerEvent[] {
    if (message.endsWith(' ready.') && /^[^\s@]{1,200}@\S{1,200} ready\.$/.test(message)) {
      this.#pids.clear();
      return [{ kind: 'instance-start' }];
    }
    const begins = BEGINS.exec(message);
    if (begins) {
      this.learn(processName, Number(begins[1]));
      return [{ kind: 'booted', pid: Number(begins[1]) }];
    }
    if (MEMORY_LIMIT.test(message)) return this.#ended(processName, undefined, 'max-memory-per-child');
    const exited = EXITED.exec(message);
    if (!exited) return [];
    const [, name, pid, signal, exitCode, code] = exited;
    const reason =
      signal !== undefined
        ? `signal ${signal}`
        : Number(exitCode ?? code) === RECYCLED
          ? 'max-tasks-per-child'
          : `exit code ${exitCode ?? code}`;
    return this.#ended(name!, Number(pid), reason);
  }

  #ended(name: string, pid: number | undefined, reason: string): WorkerEvent[] {
    const known = pid ?? this.#pids.get(name);
    const byName: WorkerEvent = { kind: 'ended-by-name', name, reason };
    return known === undefined ? [byName] : [{ kind: 'finished', pid: known, reason }, byName];
  }
}
