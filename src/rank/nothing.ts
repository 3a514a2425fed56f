/** Why there is nothing to report on, as a sentence with what to do; a non-empty log without an answer is an error. */
import type { Evidence } from '../attribute/evidence.ts';
import { lineCount } from '../attribute/input-counts.ts';
import type { Metric } from '../parse/reading.ts';
import { plural } from '../term/units.ts';

const TURN_ON: Record<Metric, string> = {
  rss: 'turn it on in uWSGI with memory-report = 1 (--memory-report on the command line) and analyze the log written from then on',
  vsz: 'turn it on in uWSGI with memory-report = 1 (--memory-report on the command line) and analyze the log written from then on',
  uss: 'uWSGI 2.1 logs it with memory-report = 2; use --metric rss for logs of uWSGI 2.0',
  heap: 'log it per request, or leave out --metric to follow the figure that these lines hold',
  pss: 'uWSGI 2.1 logs it with memory-report = 2; use --metric rss for logs of uWSGI 2.0',
};

const READS =
  'leakrank reads uWSGI\'s default log line, "{address space usage: …} {rss usage: …} [pid: …|app: …|req: …] …", JSON, logfmt and LTSV lines with a memory figure ("rss") and a URL, a route or a task, and the formats that the README lists';

/** The sentence, or undefined when there is something to report on (an empty log included). */
export function explainNothing(evidence: Evidence): string | undefined {
  const { inputs } = evidence;
  const metric = evidence.metric ?? 'rss';
  const lines = inputs.reduce((sum, input) => sum + lineCount(input), 0);
  const readings = inputs.reduce((sum, input) => sum + input.readings, 0);
  if (lines === 0) return undefined;
  const names = inputs.map(({ name }) => name).join(', ');
  if (readings === 0 && evidence.notices.dynoSamples > 0)
    return `${names}: ${plural(evidence.notices.dynoSamples, 'line')} of Heroku's log-runtime-metrics, which tell the memory of a whole dyno, and no request line with memory; let the application log its RSS with each request`;
  if (readings === 0) {
    const damaged = inputs.reduce((sum, input) => sum + input.malformedLines, 0);
    return `${names}: no request line in ${plural(lines, 'line')}${damaged > 0 ? ` (${damaged} damaged)` : ''}; ${READS}`;
  }
  if (evidence.measuredReadings > 0 || evidence.requests === 0) return undefined;
  const off = evidence.memoryReportOff
    ? ' (the log says that "memory-report = true" had no effect: uWSGI 2.1 wants a number)'
    : '';
  const what = evidence.zeroReadings > 0 ? `all ${metric} readings are 0` : `no ${metric} in these lines`;
  return `${names}: ${plural(readings, 'request line')}, but ${what}${off}; ${TURN_ON[metric]}`;
}
