/**
 * gunicorn's error log about its processes. Wordings from gunicorn/arbiter.py, workers/base.py, sync.py, gthread.py and
 * ggevent.py of 19.9 to 26.1. A sentence counts when it reaches to the end of the line and little stands before it: the
 * formatter's time, pid and level, whichever they are.
 */

import { constants } from 'node:os';
import type { Mark } from '../../lines/mark.ts';
import type { Archive, Archived } from '../../state/archive.ts';
import type { WorkerEvent } from '../worker-event.ts';

const LONGEST_PREFIX = 160;

/** Requests of one process follow each other in this kind of worker only. */
const ONE_AT_A_TIME = 'sync';

/** `[15807] ` with or without a level behind it, right before the sentence. */
const PID_BEFORE = /\[(\d{1,10})\] (?:\[[A-Z]{1,10}\] )?$/;

interface Sentence {
  /** Text to look for before the expression is tried; it begins with it. */
  needle: string;
  expression: RegExp;
  /** Undefined when it is about no process by itself, null when it says too little without what stands before it. */
  event: (groups: string[], told: Told) => WorkerEvent | undefined | null;
}

/** What earlier lines and the beginning of this one said. */
interface Told {
  /** The process that wrote the line, or undefined. */
  writer: number | undefined;
  /** The last signal that the master handled. */
  signal: string;
  /** Processes whose last request is under way. */
  leaving: Set<number>;
}

/** Processes that announced their end and did not say good-bye; more are forgotten. */
const MOST_LEAVING = 1024;

const SENTENCES: readonly Sentence[] = [
  { needle: 'Starting gunicorn ', expression: /Starting gunicorn \S+$/y, event: () => ({ kind: 'instance-start' }) },
  {
    needle: 'Using worker: ',
    expression: /Using worker: ([\w.]+)$/y,
    event: ([, worker]) => (worker === ONE_AT_A_TIME ? undefined : { kind: 'concurrent' }),
  },
  {
    needle: 'Booting worker with pid: ',
    expression: /Booting worker with pid: (\d+)$/y,
    event: ([, pid]) => ({ kind: 'booted', pid: Number(pid) }),
  },
  {
    // Before the last request's own line: the process ends when it says good-bye.
    needle: 'Autorestarting worker after current request.',
    expression: /Autorestarting worker after current request\.$/y,
    event: (_, { writer, leaving }) => {
      if (writer === undefined) return null;
      if (leaving.size < MOST_LEAVING) leaving.add(writer);
      return undefined;
    },
  },
  {
    needle: 'Worker exiting (pid: ',
    expression: /Worker exiting \(pid: (\d+)\)$/y,
    event: ([, text], { signal, leaving }) => {
      const pid = Number(text);
      const reason = leaving.delete(pid)
        ? 'max-requests'
        : signal === 'hup'
          ? 'reload'
          : signal === ''
            ? 'exit'
            : 'stop';
      return { kind: 'finished', pid, reason };
    },
  },
  {
    needle: 'WORKER TIMEOUT (pid:',
    expression: /WORKER TIMEOUT \(pid: ?(\d+)\)$/y,
    event: ([, pid]) => ({ kind: 'finished', pid: Number(pid), reason: 'timeout' }),
  },
  {
    needle: 'Worker with pid ',
    expression: /Worker with pid (\d+) was terminated due to signal (\d+)$/y,
    event: ([, pid, signal]) => ({ kind: 'died', pid: Number(pid), signal: Number(signal) }),
  },
  {
    needle: 'Worker (pid:',
    expression: /Worker \(pid: ?(\d+)\) was sent (SIG[A-Z\d]+|\d+)!(?: Perhaps out of memory\?)?$/y,
    event: ([, pid, signal]) => ({ kind: 'died', pid: Number(pid), signal: signalNumber(signal!) }),
  },
  {
    needle: 'Worker (pid:',
    expression: /Worker \(pid: ?(\d+)\) exited with code (-?\d+)\.?$/y,
    event: ([, pid, code]) => ({ kind: 'finished', pid: Number(pid), reason: `exit code ${code}` }),
  },
  { needle: 'Shutting down: Master', expression: /Shutting down: Master$/y, event: () => ({ kind: 'instance-stop' }) },
];

/** On each line that tells something. */
export const GUNICORN_MARKS: readonly Mark[] = [...SENTENCES.map(({ needle }) => needle), 'Handling signal: '];

/** Some of these words are in each sentence: one search tells most lines of an application apart. */
const MAY_BE = /[Ww]orker|WORKER|gunicorn|Shutting down|Handling signal/;
const HANDLING = /Handling signal: ([a-z\d]+)$/;

/** Reads the lines of one input, in their order. */
export class GunicornLifecycle implements Archived {
  #leaving = new Set<number>();
  #signal = '';

  transfer(archive: Archive): void {
    this.#leaving = archive.value(this.#leaving);
    this.#signal = archive.value(this.#signal);
  }

  /** What the line tells; `heard` for one that says nothing about processes by itself, undefined for other lines. */
  read(line: string): WorkerEvent | 'heard' | undefined {
    if (!MAY_BE.test(line)) return undefined;
    for (const { needle, expression, event } of SENTENCES) {
      const at = line.indexOf(needle);
      if (at < 0 || at > LONGEST_PREFIX) continue;
      expression.lastIndex = at;
      const groups = expression.exec(line);
      if (!groups) continue;
      const writer = PID_BEFORE.exec(line.slice(0, at))?.[1];
      const told = {
        writer: writer === undefined ? undefined : Number(writer),
        signal: this.#signal,
        leaving: this.#leaving,
      };
      const found = event(groups, told);
      if (found === null) return undefined;
      if (found?.kind === 'instance-start') this.#forget();
      return found ?? 'heard';
    }
    const handling = line.length > LONGEST_PREFIX * 2 ? null : HANDLING.exec(line);
    if (!handling) return undefined;
    this.#signal = handling[1]!;
    return 'heard';
  }

  #forget(): void {
    this.#signal = '';
    this.#leaving.clear();
  }
}

function signalNumber(name: string): number | null {
  if (/^\d+$/.test(name)) return Number(name);
  return (constants.signals as Record<string, number>)[name] ?? null;
}
