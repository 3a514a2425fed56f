/**
 * Annotations of a GitHub Actions run, as workflow commands: an error per failed gate, a warning per undecided one, the answer, then a
 * warning per leaking route.
 * GitHub shows ten of each level per step; ten in all are printed. The escapes are those of the toolkit
 * (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
 */
import { printable, shortenMiddle } from '../term/text.ts';
import { formatBytes, plural } from '../term/units.ts';
import { accounting, answer } from './answer.ts';
import { gateOutcome, gateTitle } from './gate-text.ts';
import type { PrintContext } from './printer.ts';
import type { Report, RouteReport } from './report.ts';

const MOST_ANNOTATIONS = 10;
const LONGEST_ROUTE = 200;
const LONGEST_SENTENCE = 600;

export function printGithub(report: Report, { style: { units } }: Pick<PrintContext, 'style'>): string {
  const told = [
    ...report.gates.filter(({ passed }) => !passed),
    ...report.gates.filter(({ passed, outcome }) => passed && outcome === 'inconclusive'),
  ];
  const leaking = report.routes.filter(({ verdict }) => verdict === 'leak');
  const annotations = [
    ...told.map((gate) =>
      command(
        gate.passed ? 'warning' : 'error',
        `leakrank: ${short(gateTitle(gate, units))}`,
        cut(gateOutcome(gate, units)),
      ),
    ),
    command('notice', 'leakrank', `${answer(report, units)} ${accounting(report, units)}`),
    ...leaking.map((route) => {
      const { leakedBytesPerCall, leakedBytes, calls, reason } = route;
      const sizes = `keeps ${formatBytes(leakedBytesPerCall, units)} per call, ${formatBytes(leakedBytes, units)} in ${plural(calls, 'call')}`;
      return command('warning', 'leakrank: a route leaks', `${short(route.route)} ${sizes}: ${reason}${place(route)}`);
    }),
  ];
  return annotations.slice(0, MOST_ANNOTATIONS).join('');
}

function short(route: string): string {
  return shortenMiddle(printable(route), LONGEST_ROUTE, '…');
}

function cut(sentence: string): string {
  return shortenMiddle(printable(sentence), LONGEST_SENTENCE, '…');
}

function place({ largestGrowth }: RouteReport): string {
  return largestGrowth ? ` (largest growth: ${largestGrowth.file}:${largestGrowth.line})` : '';
}

function command(level: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${level} title=${escapeProperty(printable(title))}::${escapeData(printable(message))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
