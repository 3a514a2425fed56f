/**
 * For a pull request or a job summary: gates and the answer first, then at most 20 routes, what leaks before what does not.
 * Text from the log stands in code spans, in which GitHub knows no markup, mention or link.
 */
import { printable, shortenMiddle } from '../term/text.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import { accounting, answer, what } from './answer.ts';
import { gateOutcome, gateTitle } from './gate-text.ts';
import { areOfPeaks } from './peaks.ts';
import type { PrintContext } from './printer.ts';
import type { Report, RouteReport } from './report.ts';
import { isBelow } from './table-columns.ts';
import { byVerdict } from './verdict-order.ts';

const MOST_ROWS = 20;
const LONGEST_ROUTE = 120;
const LONGEST_SENTENCE = 600;

export function printMarkdown(report: Report, { style: { units, top } }: Pick<PrintContext, 'style'>): string {
  const { gates, routes, warnings } = report;
  const onlyPeaks = areOfPeaks(routes);
  const shown = byVerdict(routes).slice(0, Math.min(top, MOST_ROWS));
  const blocks = [
    `### ${answer(report, units).replace(/\.$/, '')}`,
    gates
      .map(
        (gate) =>
          `- **${escapeProse(shorten(gateTitle(gate, units)))}** ${escapeProse(shorten(gateOutcome(gate, units)))}`,
      )
      .join('\n'),
    report.totals.requests > 0
      ? `${what(report, { ascii: false })}.${onlyPeaks ? '' : ` ${accounting(report, units)}`}`
      : '',
    shown.length > 0 ? (onlyPeaks ? tableOfPeaks(shown, units) : table(shown, units)) : '',
    shown.length < routes.length ? `${plural(routes.length - shown.length, 'more route')} not shown.` : '',
    !onlyPeaks && shown.some(isBelow) ? 'Per call with < is the smallest leak that this log would have shown.' : '',
    warnings.map(({ message }) => `> **Warning:** ${escapeProse(message)}`).join('\n>\n'),
    `<sub>${report.tool.name} ${report.tool.version}</sub>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function table(routes: readonly RouteReport[], units: UnitSystem): string {
  const bytes = (value: number) => formatBytes(value, units);
  const row = (route: RouteReport) => {
    const {
      verdict,
      leakedBytes,
      leakedBytesPerCall,
      leakedBytesPerCallLow: low,
      leakedBytesPerCallHigh: high,
    } = route;
    const perCall = isBelow(route) ? `&lt; ${bytes(route.detectableBytesPerCall ?? 0)}` : bytes(leakedBytesPerCall);
    const leaks = leakedBytesPerCall > 0;
    return [
      verdict === 'leak' ? `**${verdict}**` : verdict,
      code(route.route),
      leaks ? bytes(leakedBytes) : '–',
      leaks || isBelow(route) ? perCall : '–',
      leaks && low !== null && high !== null ? `${bytes(low)} – ${bytes(high)}` : '',
      formatCount(route.calls),
      bytes(route.highWaterBytes),
    ];
  };
  const head = ['verdict', 'route', 'leaked', 'per call', '95 % interval', 'calls', 'triggered'];
  return rows(head, routes.map(row));
}

/** Where lines say only how much memory was in use at most. */
function tableOfPeaks(routes: readonly RouteReport[], units: UnitSystem): string {
  const bytes = (value: number | null) => (value === null ? '–' : formatBytes(value, units));
  return rows(
    ['verdict', 'route', 'peak', 'mean peak', 'calls'],
    routes.map(({ verdict, route, largestPeakBytes, meanPeakBytes, calls }) => [
      verdict,
      code(route),
      bytes(largestPeakBytes),
      bytes(meanPeakBytes),
      formatCount(calls),
    ]),
  );
}

/** Verdict and route are words, all behind them are figures. */
function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const align = head.map((_, column) => (column < 2 ? '---' : '--:'));
  return [head, align, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A code span that holds in a table too, where neither a backslash nor a backtick can be written for certain. */
function code(text: string): string {
  const short = shortenMiddle(printable(text) || '(empty path)', LONGEST_ROUTE, '…');
  if (/^[^`|\\<>&]+$/.test(short) && short.trim() === short) return `\`${short}\``;
  return `<code>${short.replace(/[^\p{L}\p{N}/]/gu, (c) => `&#${c.codePointAt(0)!};`)}</code>`;
}

function shorten(text: string): string {
  return shortenMiddle(printable(text), LONGEST_SENTENCE, '…');
}

/** Sentences of leakrank that may name a file or a route. */
function escapeProse(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#@|~&!]|(?<=www)\.|:(?=\/\/)/g, (c) => `&#${c.codePointAt(0)!};`);
}
