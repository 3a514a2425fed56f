/**
 * uWSGI's lines about its processes. Wordings from core/uwsgi.c, core/master.c, core/master_checks.c, core/master_utils.c
 * and core/utils.c of 2.0.9 to 2.0.30 and 2.1-dev.
 *
 * Applications print into the same stream, so a sentence counts only when it reaches to the end of the line and little
 * stands before it (log-date's prefix, a container's name).
 */
import type { Mark } from '../../lines/mark.ts';
import type { WorkerEvent } from '../worker-event.ts';

const LONGEST_PREFIX = 160;

interface Sentence {
  /** Text to look for before the expression is tried. */
  needle: string;
  /** Begins with the needle and ends at the line's end. No part of it can match in two ways. */
  expression: RegExp;
  event: (groups: string[]) => WorkerEvent;
  /** Another text of the sentence, which other lines hold more seldom than the needle. */
  mark: string;
}

const sentence = (
  needle: string,
  expression: RegExp,
  event: (groups: string[]) => WorkerEvent,
  mark = needle,
): Sentence => ({ needle, expression, event, mark });

const SENTENCES: Sentence[] = [
  sentence('*** Starting uWSGI ', /\*\*\* Starting uWSGI [^[]*\[[^\]]*\] \*\*\*$/y, () => ({ kind: 'instance-start' })),
  sentence(
    'gracefully (RE)spawned uWSGI master',
    /gracefully \(RE\)spawned uWSGI master process \(pid: \d+\)$/y,
    () => ({
      kind: 'instance-start',
    }),
  ),
  sentence(
    'spawned uWSGI worker ',
    /spawned uWSGI worker (\d+) (?:\(and the only\) )?\(pid: (\d+), cores: (\d+)\)$/y,
    (g) => ({
      kind: 'spawned',
      slot: Number(g[1]),
      pid: Number(g[2]),
      cores: Number(g[3]),
    }),
  ),
  sentence('Respawned uWSGI worker ', /Respawned uWSGI worker (\d+) \(new pid: (\d+)\)$/y, (g) => ({
    kind: 'respawned',
    slot: Number(g[1]),
    pid: Number(g[2]),
  })),
  sentence(
    '...The work of process ',
    /\.\.\.The work of process (\d+) is done(?: \((?:reason: )?(?:([a-z -]+) reached \(\d+ >= \d+\)|[a-z ]+)\))?\. Seeya!$/y,
    (g) => ({
      kind: 'finished',
      pid: Number(g[1]),
      reason: finishReason(g[2]),
    }),
  ),
  sentence(
    'DAMN ! worker ',
    /DAMN ! worker (\d+) \(pid: (\d+)\) (?:died|M[IY]STERIOUSLY|died, )[^:]*?(?:killed by signal (\d+) )?:\( trying respawn \.\.\.$/y,
    (g) => ({
      kind: 'died',
      pid: Number(g[2]),
      signal: g[3] === undefined ? null : Number(g[3]),
    }),
  ),
  sentence(
    'worker ',
    /worker (\d+) lifetime reached, it was running for \d+ second\(s\)$/y,
    ended('max-worker-lifetime'),
    ' lifetime reached, it was running for ',
  ),
  sentence(
    'worker ',
    /worker (\d+) killed successfully \(pid: \d+\)$/y,
    ended('reload'),
    ' killed successfully (pid: ',
  ),
  sentence('worker ', /worker (\d+) buried after \d+ seconds$/y, ended('stop'), ' buried after '),
  sentence('uWSGI worker ', /uWSGI worker (\d+) cheaped\.$/y, ended('cheaped')),
  sentence('Gracefully killing worker ', /Gracefully killing worker (\d+) \(pid: \d+\)\.\.\.$/y, ended('reload')),
  sentence('Brutally killing worker ', /Brutally killing worker (\d+) \(pid: \d+\)\.\.\.$/y, ended('stop')),
  sentence(
    '*** EVIL RELOAD ON WORKER ',
    /\*\*\* EVIL RELOAD ON WORKER (\d+) RSS: -?\d+ \(pid: \d+\) \*\*\*$/y,
    ended('evil-reload-on-rss'),
  ),
  sentence(
    '*** EVIL RELOAD ON WORKER ',
    /\*\*\* EVIL RELOAD ON WORKER (\d+) ADDRESS SPACE: -?\d+ \(pid: \d+\) \*\*\*$/y,
    ended('evil-reload-on-as'),
  ),
  sentence(
    '*** HARAKIRI ON WORKER ',
    /\*\*\* HARAKIRI ON WORKER (\d+) \(pid: \d+(?:, try: \d+)?(?:, graceful: (?:yes|no))?\) \*\*\*$/y,
    ended('harakiri'),
  ),
  sentence('SIGINT/SIG', /SIGINT\/SIG(?:TERM|QUIT) received\.\.\.killing workers\.\.\.$/y, () => ({
    kind: 'instance-stop',
  })),
  sentence('goodbye to uWSGI.', /goodbye to uWSGI\.$/y, () => ({ kind: 'instance-stop' })),
  sentence('*** Operational MODE: ', /\*\*\* Operational MODE: (?:preforking\+)?(?:threaded|async) \*\*\*$/y, () => ({
    kind: 'concurrent',
  })),
  sentence('*** running gevent loop', /\*\*\* running gevent loop engine \[addr:[^\]]*\] \*\*\*$/y, () => ({
    kind: 'concurrent',
  })),
  sentence(
    '[WARNING] non-numeric value "',
    /\[WARNING\] non-numeric value "[^"]*" for option "memory-report" - using 0 !$/y,
    () => ({
      kind: 'memory-report-off',
    }),
  ),
];

/** On each line that tells of an event. */
export const UWSGI_MARKS: readonly Mark[] = SENTENCES.map(({ mark }) => mark);

/** What the sentences end with: most lines of an application do not. */
const ENDINGS: ReadonlySet<number> = new Set([...'*)!.s'].map((character) => character.charCodeAt(0)));

function ended(reason: string): (groups: string[]) => WorkerEvent {
  return (groups) => ({ kind: 'ended', slot: Number(groups[1]), reason });
}

/** uWSGI 2.1 says which limit was reached, 2.0 does not. */
function finishReason(limit: string | undefined): string {
  if (limit === undefined) return 'recycled';
  return limit === 'max requests' ? 'max-requests' : limit.replace(/ limit$/, '');
}

/** The event a line tells of, or undefined when it is some other line. */
export function parseLifecycle(line: string): WorkerEvent | undefined {
  if (!ENDINGS.has(line.charCodeAt(line.length - 1))) return undefined;
  for (const { needle, expression, event } of SENTENCES) {
    const at = line.indexOf(needle);
    if (at < 0 || at > LONGEST_PREFIX) continue;
    expression.lastIndex = at;
    const groups = expression.exec(line);
    if (groups) return event(groups);
  }
  return undefined;
}
