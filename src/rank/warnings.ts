/** What a reader of the report has to know before believing it, each with what to do about it. */
import type { Attributor } from '../attribute/attributor.ts';
import type { Warning } from '../report/report.ts';
import { OTHER_ROUTES, type Router } from '../route/router.ts';
import { formatCount, plural } from '../term/units.ts';

export interface WarningFacts {
  attributor: Attributor;
  router: Router;
  lines: number;
  readings: number;
  malformedLines: number;
  maxRoutes: number;
  leftOut: number;
  /** Inputs that could not be read to their end. */
  problems: number;
  interrupted: boolean;
}

/** A few unannounced restarts under one pid happen; more mean that the pid is used by several machines. */
const SUSPICIOUS_LIVES = 20;

export function warningsOf(facts: WarningFacts): Warning[] {
  const { attributor, router } = facts;
  const { unattributed, workers } = attributor;
  const warnings: Warning[] = [];
  const warn = (condition: boolean, code: Warning['code'], message: () => string) => {
    if (condition) warnings.push({ code, message: message() });
  };
  warn(facts.lines === 0, 'empty-input', () => 'The input is empty.');
  warn(
    facts.readings > 0 && attributor.requests === 0,
    'nothing-selected',
    () => `None of ${plural(facts.readings, 'request')} is in the chosen times; see --since and --until.`,
  );
  warn(facts.interrupted || facts.problems > 0, 'incomplete-input', () =>
    facts.interrupted
      ? 'Reading was interrupted; the report is about what was read so far.'
      : `${plural(facts.problems, 'input')} could not be read to the end; the report is about the rest.`,
  );
  warn(
    workers.concurrent,
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
  const unmeasured = attributor.zeroReadings + attributor.absentReadings;
  warn(
    unmeasured > 0,
    'unmeasured-requests',
    () =>
      `${plural(unmeasured, 'request line')} of ${formatCount(attributor.requests)} ${unmeasured === 1 ? 'holds' : 'hold'} no memory figure, or 0; growth across them counts as unattributed. Set memory-report = 1 in uWSGI for every instance that logs here.`,
  );
  warn(
    unattributed.withoutUri > 0,
    'requests-without-uri',
    () =>
      `${plural(unattributed.withoutUri, 'request')} had a line over 4096 bytes, of which uWSGI logs memory but no URI; their growth counts as unattributed.`,
  );
  warn(
    facts.malformedLines > 0,
    'malformed-lines',
    () =>
      `${plural(facts.malformedLines, 'request line')} ${facts.malformedLines === 1 ? 'is' : 'are'} damaged and ${facts.malformedLines === 1 ? 'was' : 'were'} not read; growth up to ${facts.malformedLines === 1 ? 'it' : 'them'} counts as unattributed.`,
  );
  warn(
    workers.mostUnannouncedLives > SUSPICIOUS_LIVES,
    'reused-pids',
    () =>
      `One pid began anew ${workers.mostUnannouncedLives} times by its counters: logs of several machines or containers may be mixed here. Analyze each apart.`,
  );
  warn(
    router.has(OTHER_ROUTES),
    'too-many-routes',
    () =>
      `More than ${plural(facts.maxRoutes, 'route')}: those that came later share the row "${OTHER_ROUTES}". Raise --max-routes, or group more (leave out --no-group).`,
  );
  return warnings;
}
