/**
 * PHP-FPM's error log about its processes. Wordings from sapi/fpm/fpm/fpm_children.c, fpm_process_ctl.c and fpm.c of PHP 7.4
 * to 8.4.
 */
import type { Mark } from '../../lines/mark.ts';
import type { WorkerEvent } from '../worker-event.ts';

const LINE =
  /^\[\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d{1,6})?\] (?:DEBUG|NOTICE|WARNING|ERROR|ALERT): (?:pid \d+, [\w()]{1,80}, line \d+: )?/;
const STARTED = /^\[pool [^\]]{1,128}\] child (\d{1,10}) started$/;
const EXITED = /^\[pool [^\]]{1,128}\] child (\d{1,10}) exited with code (\d{1,3}) after [\d.]+ seconds from start$/;
const KILLED =
  /^\[pool [^\]]{1,128}\] child (\d{1,10}) exited on signal (\d{1,3})(?: \([A-Z][\w-]{1,20}(?: - core dumped)?\))? after [\d.]+ seconds from start$/;
const RUNNING = /^fpm is running, pid \d{1,10}$/;

/** On each line that tells of an event. */
export const PHP_FPM_MARKS: readonly Mark[] = ['] child ', 'fpm is running, pid ', 'exiting, bye-bye!'];

/** The event a line tells of, or undefined when it is some other line. */
export function parseLifecycle(line: string): WorkerEvent | undefined {
  const prefix = line.charCodeAt(0) === 0x5b ? LINE.exec(line) : null;
  if (!prefix) return undefined;
  const message = line.slice(prefix[0].length);
  const started = STARTED.exec(message);
  if (started) return { kind: 'booted', pid: Number(started[1]) };
  const exited = EXITED.exec(message);
  if (exited) {
    // pm.max_requests reached, or too many idle children: both end well.
    const reason = exited[2] === '0' ? 'recycled' : `exit code ${exited[2]}`;
    return { kind: 'finished', pid: Number(exited[1]), reason };
  }
  const killed = KILLED.exec(message);
  if (killed) return { kind: 'died', pid: Number(killed[1]), signal: Number(killed[2]) };
  if (RUNNING.test(message)) return { kind: 'instance-start' };
  return message === 'exiting, bye-bye!' ? { kind: 'instance-stop' } : undefined;
}
