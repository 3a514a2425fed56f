/** Why there is nothing to report on, as a sentence with what to do; a non-empty log without an answer is an error. */
import type { Evidence } from '../attribute/evidence.ts';
import { formatsOf, lineCount } from '../attribute/input-counts.ts';
import type { ReadingOptions } from '../options.ts';
import { formatNamed, formatsFor } from '../parse/formats.ts';
import type { Metric } from '../parse/reading.ts';
import { plural } from '../term/units.ts';
import { sum } from './sum.ts';

/** Where the memory is logged, though not by this figure. */
const OTHER_FIGURE: Partial<Record<Metric, string>> = {
  uss: 'uWSGI 2.1 logs it with memory-report = 2; use --metric rss for logs of uWSGI 2.0',
  pss: 'uWSGI 2.1 logs it with memory-report = 2; use --metric rss for logs of uWSGI 2.0',
  heap: 'log it per request, or leave out --metric to follow the figure that these lines hold',
};
const ANY_SERVER =
  "log the memory of the worker's process in each request's line (memory-report = 1 in uWSGI, also for its log-format)";

/** The sentence, or undefined when there is something to report on (an empty log included). */
export function explainNothing(evidence: Evidence, reading: ReadingOptions): string | undefined {
  const { inputs } = evidence;
  const metric = evidence.metric ?? 'rss';
  const lines = sum(inputs, lineCount);
  const readings = sum(inputs, (input) => input.readings);
  if (lines === 0) return undefined;
  const names = inputs.map(({ name }) => name).join(', ');
  if (readings === 0 && evidence.notices.dynoSamples > 0)
    return `${names}: ${plural(evidence.notices.dynoSamples, 'line')} of Heroku's log-runtime-metrics, which tell the memory of a whole dyno, and no request line with memory; let the application log its RSS with each request`;
  if (readings === 0) {
    const damaged = sum(inputs, (input) => input.malformedLines);
    return `${names}: no request line in ${plural(lines, 'line')}${damaged > 0 ? ` (${damaged} damaged)` : ''}; ${lookedFor(reading)}; see where lines stop matching with: leakrank inspect ${nameForShell(evidence)}`;
  }
  if (evidence.measuredReadings > 0 || evidence.requests === 0) return undefined;
  const off = evidence.memoryReportOff
    ? ' (the log says that "memory-report = true" had no effect: uWSGI 2.1 wants a number)'
    : '';
  const what = evidence.zeroReadings > 0 ? `all ${metric} readings are 0` : `no ${metric} in these lines`;
  return `${names}: ${plural(readings, 'request line')}, but ${what}${off}; ${OTHER_FIGURE[metric] ?? adviceOf(evidence)}`;
}

function lookedFor(reading: ReadingOptions): string {
  const formats = formatsFor(reading);
  if (reading.format === undefined) return `looked for ${formats.map(({ name }) => name).join(', ')}`;
  return `looked for ${formats.map(({ name, recognisedBy }) => `${name}: ${recognisedBy}`).join('; ')}`;
}

/** Of the format that most of the readings are in. */
function adviceOf({ inputs }: Evidence): string {
  const most = inputs.flatMap(formatsOf).sort((a, b) => b.readings - a.readings)[0];
  return (most && formatNamed(most.format)?.memoryAdvice) ?? ANY_SERVER;
}

/** The first input as an argument; standard input has no name. */
function nameForShell({ inputs }: Evidence): string {
  const name = inputs.find((input) => lineCount(input) > 0)?.name ?? '';
  return /^[\w./@%+:,=-]+$/.test(name) ? name : 'FILE';
}
