/** What a reader of the report has to know before believing it, each with what to do about it. */
import type { Evidence, RouteEvidence } from '../attribute/evidence.ts';
import { MAX_LIVES } from '../attribute/followed-lives.ts';
import { lineCount } from '../attribute/input-counts.ts';
import type { Options } from '../options.ts';
import type { Warning } from '../report/report.ts';
import { OTHER_ROUTES } from '../route/router.ts';
import { selectsRoute } from '../select.ts';
import { formatBytes, formatCount, plural } from '../term/units.ts';
import { sum } from './sum.ts';

export interface Incomplete {
  /** Inputs that could not be read to their end. */
  problems: number;
  interrupted: boolean;
}

/** Different paths in place of names; fewer are not worth a word. */
const CROWDED = 1000;

/** Pages are 4 to 64 KiB; figures of whole MiB are another matter. */
const COARSE_BYTES = 2 ** 19;

/** A few unannounced restarts under one pid happen; more mean that the pid is used by several machines. */
const SUSPICIOUS_LIVES = 20;

export function warningsOf(
  evidence: Evidence,
  routes: readonly RouteEvidence[],
  options: Options,
  incomplete: Incomplete,
): Warning[] {
  const { unattributed, inputs, workers } = evidence;
  const lines = sum(inputs, lineCount);
  const readings = sum(inputs, (input) => input.readings);
  const malformedLines = sum(inputs, (input) => input.malformedLines);
  const warnings: Warning[] = [];
  const warn = (condition: boolean, code: Warning['code'], message: () => string) => {
    if (condition) warnings.push({ code, message: message() });
  };
  warn(lines === 0, 'empty-input', () => 'The input is empty.');
  warn(
    readings > 0 && evidence.requests === 0,
    'nothing-selected',
    () => `None of ${plural(readings, 'request')} is in the chosen times; see --since and --until.`,
  );
  const called = routes.filter(({ calls }) => calls > 0);
  warn(
    called.length > 0 && !called.some(({ hidden, name }) => !hidden && selectsRoute(options.selection, name)),
    'nothing-selected',
    () =>
      `None of ${plural(evidence.requests, 'request')} on ${plural(new Set(called.map(({ name }) => name)).size, 'route')} is chosen; see --match, --exclude, --status and --method. leakrank routes lists the routes.`,
  );
  warn(incomplete.interrupted || incomplete.problems > 0, 'incomplete-input', () =>
    incomplete.interrupted
      ? 'Reading was interrupted; the report is about what was read so far.'
      : `${plural(incomplete.problems, 'input')} could not be read to the end; the report is about the rest.`,
  );
  warn(
    evidence.concurrent,
    'threads',
    () =>
      'Several requests ran in one worker at a time (threads or async cores), so a growth may belong to a neighbour of the request it is counted for; log one run with one thread per worker to be sure.',
  );
  warn(
    unattributed.unlogged > 0,
    'unlogged-requests',
    () =>
      `${plural(unattributed.unlogged, 'request')} ran without a log line, by the gaps in the counters; growth across a gap counts as unattributed. Log every request (no disable-logging, log-drain or lost lines).`,
  );
  warn(
    evidence.peakReadings > 0,
    'peaks-only',
    () =>
      `${plural(evidence.peakReadings, 'line')} ${evidence.peakReadings === 1 ? 'says' : 'say'} how much memory was in use at most (in one request, or in the life of the process so far), not how much the process holds after it: that cannot show leaks, so routes are ranked by their peaks. Log the size of the process after each request (RSS) to find leaks.`,
  );
  warn(
    evidence.deltaReadings > 0,
    'deltas',
    () =>
      `${plural(evidence.deltaReadings, 'line')} ${evidence.deltaReadings === 1 ? 'says' : 'say'} by how much a request changed the memory, not how large the process is: they are added up per worker, so what changes between requests is not seen, and what overlapping requests share counts twice. Log the size itself to be sure.`,
  );
  const { dynoSamples, implausible } = evidence.notices;
  warn(
    dynoSamples > 0,
    'dyno-samples',
    () =>
      `${plural(dynoSamples, 'line')} of Heroku's log-runtime-metrics ${dynoSamples === 1 ? 'tells' : 'tell'} the memory of a whole dyno at some moment; no request stands behind it, so it is not used. Let the application log its RSS with each request.`,
  );
  warn(
    implausible !== null,
    'implausible-memory',
    () =>
      `The field ${implausible?.field} has no unit and holds ${implausible?.value}, too little for the bytes of a process; it was read as bytes. If it is KiB or MiB, say so: --field rss=${implausible?.field}:KiB.`,
  );
  warn(
    evidence.unnamedReadings > 0 && evidence.unnamedReadings > evidence.peakReadings,
    'no-pid',
    () =>
      `${plural(evidence.unnamedReadings, 'request line')} ${evidence.unnamedReadings === 1 ? 'names' : 'name'} no process: all of one host or file are taken for one. With several workers that is wrong; log the pid.`,
  );
  const unmeasured = evidence.zeroReadings + evidence.absentReadings;
  warn(
    unmeasured > 0,
    'unmeasured-requests',
    () =>
      `${plural(unmeasured, 'request line')} of ${formatCount(evidence.requests)} ${unmeasured === 1 ? 'holds' : 'hold'} no memory figure, or 0; growth across them counts as unattributed. Set memory-report = 1 in uWSGI for every instance that logs here.`,
  );
  warn(
    evidence.coarsestQuantumBytes >= COARSE_BYTES,
    'coarse-readings',
    () =>
      `Memory is logged in steps of ${formatBytes(evidence.coarsestQuantumBytes)}: a leak shows only once it has added up to that, and is charged to the request that crosses the step. Log bytes: %(rss) beside %(rssM) in uWSGI's log-format, or its default line with memory-report.`,
  );
  for (const note of options.reading.notes) warn(true, 'config-includes', () => note);
  warn(
    unattributed.withoutUri > 0,
    'requests-without-uri',
    () =>
      `${plural(unattributed.withoutUri, 'request')} had a line over 4096 bytes, of which uWSGI logs memory but no URI; their growth counts as unattributed.`,
  );
  warn(
    malformedLines > 0,
    'malformed-lines',
    () =>
      `${plural(malformedLines, 'request line')} ${malformedLines === 1 ? 'is' : 'are'} damaged and ${malformedLines === 1 ? 'was' : 'were'} not read; growth up to ${malformedLines === 1 ? 'it' : 'them'} counts as unattributed.`,
  );
  warn(
    evidence.mostUnannouncedLives > SUSPICIOUS_LIVES,
    'reused-pids',
    () =>
      `One pid began anew ${evidence.mostUnannouncedLives} times by its counters: logs of several machines or containers may be mixed here. Analyze each apart.`,
  );
  warn(
    routes.some(({ name }) => name === OTHER_ROUTES),
    'too-many-routes',
    () =>
      `More than ${plural(options.maxRoutes, 'route')}: those that came later share the row "${OTHER_ROUTES}". Raise --max-routes, or group more (leave out --no-group).`,
  );
  warn(
    evidence.crowdedPaths >= CROWDED,
    'crowded-paths',
    () =>
      `About ${formatCount(evidence.crowdedPaths)} different paths share routes that begin with /{name}: there were too many first segments to keep apart. That is what scanners and made-up addresses look like; name the application's own routes with --route or --routes-from.`,
  );
  const followed = workers.filter(({ life }) => life !== null).length;
  warn(
    followed === MAX_LIVES && followed < workers.length,
    'sampled-workers',
    () =>
      `The estimates are made from ${formatCount(followed)} of ${plural(workers.length, 'worker')}, drawn by a hash of their names.`,
  );
  return warnings;
}
