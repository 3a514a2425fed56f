/** What a log lacks, for which feature, and the server's setting that adds it. */
import { formatCount, plural } from '../term/units.ts';
import { FIELDS } from './field.ts';
import type { Inspection } from './inspection.ts';
import { type Need, settingFor } from './settings.ts';

export interface Finding {
  code: FindingCode;
  /** What is missing, and what cannot be done without it. */
  message: string;
  /** What to write into the server's configuration; null where none helps. */
  setting: string | null;
}

export type FindingCode =
  | 'no-requests'
  | 'no-memory'
  | 'zero-memory'
  | 'memory-report-off'
  | 'no-worker'
  | 'no-time'
  | 'no-zone'
  | 'no-route'
  | 'no-counters'
  | 'threads'
  | 'unlogged-requests'
  | 'coarse-memory'
  | 'peaks-only'
  | 'damaged-lines'
  | 'lost-lines';

const MEBIBYTE = 2 ** 20;

/** @param format of most of its request lines; null when there are none. */
export function findingsOf(seen: Inspection, format: string | null): Finding[] {
  const findings: Finding[] = [];
  const add = (condition: boolean, code: FindingCode, need: Need | null, message: string) => {
    if (condition) findings.push({ code, message, setting: need === null ? null : settingFor(need, format) });
  };
  const { readings } = seen;
  const without = (...names: string[]) => readings - Math.max(...names.map((name) => countOf(seen, name)));
  const lack = (count: number) =>
    count < readings
      ? `${formatCount(count)} of ${plural(readings, 'request line')} ${count === 1 ? 'lacks' : 'lack'}`
      : readings === 1
        ? 'The one request line lacks'
        : `All ${formatCount(readings)} request lines lack`;

  add(readings === 0, 'no-requests', 'format', 'No line is a request of a known format: there is nothing to rank.');
  add(
    seen.memoryReportOff,
    'memory-report-off',
    'memory',
    'The server says that "memory-report = true" has no effect: uWSGI 2.1 wants a number.',
  );
  if (readings === 0) return findings;
  add(
    seen.unmeasuredReadings > 0,
    'no-memory',
    'memory',
    `${lack(seen.unmeasuredReadings)} a memory figure: no growth can be seen in them.`,
  );
  add(
    seen.zeroReadings > 0,
    'zero-memory',
    'memory',
    `The memory figure is 0 in ${formatCount(seen.zeroReadings)} of ${plural(readings, 'request line')}: the server did not measure.`,
  );
  const nameless = without('pid', 'worker name');
  add(
    nameless > 0,
    'no-worker',
    'pid',
    `${lack(nameless)} a pid or a worker's name: all workers are taken for one process, and their growth is not told apart.`,
  );
  const timeless = without('time');
  add(timeless > 0, 'no-time', 'time', `${lack(timeless)} a time: no --since, no --until, no span.`);
  const routeless = readings - countOf(seen, 'uri') - countOf(seen, 'route name');
  add(
    routeless > 0,
    'no-route',
    'route',
    `${lack(routeless)} a URI or a route's name: their growth belongs to no route.`,
  );
  add(
    countOf(seen, 'own counter') === 0,
    'no-counters',
    'counters',
    "The lines do not count the worker's requests: those that were not logged cannot be noticed, nor a pid that is used again.",
  );
  add(
    seen.concurrent,
    'threads',
    'one-thread',
    'Several requests run in one worker at a time: a growth may belong to a neighbour of the request it is counted for.',
  );
  add(
    !seen.concurrent && seen.gaps.requests > 0,
    'unlogged-requests',
    'every-request',
    `${plural(seen.gaps.requests, 'request')} ran without a log line, by the gaps in the counters: growth across a gap belongs to no route.`,
  );
  add(
    seen.coarsestBytes >= MEBIBYTE,
    'coarse-memory',
    'fine-memory',
    'Memory is logged in whole MiB: smaller growth shows late, and on other requests.',
  );
  add(
    !seen.kinds.has('level') && !seen.kinds.has('delta'),
    'peaks-only',
    null,
    'The figures are peaks of requests or of the process, not its size after each request: leaks cannot be seen in them.',
  );
  add(
    timeless < readings && countOf(seen, 'zone') === 0,
    'no-zone',
    'zone',
    "The times name no zone: they are the server's wall clock, and those of several hosts may not compare.",
  );
  const damaged = seen.tornLines + seen.malformedLines - seen.lostLines;
  add(
    damaged > 0,
    'damaged-lines',
    null,
    `${plural(damaged, 'request line')} ${damaged === 1 ? 'is' : 'are'} damaged.`,
  );
  add(
    seen.lostLines > 0,
    'lost-lines',
    'all-bytes',
    `Of ${plural(seen.lostLines, 'line')} journald printed the sender only: they hold bytes that are no UTF-8, or over 4096 of them.`,
  );
  return findings;
}

export function countOf(seen: Inspection, name: string): number {
  return seen.counts[FIELDS.findIndex((field) => field.name === name)] ?? 0;
}
