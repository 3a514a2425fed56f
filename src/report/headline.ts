/** The answer in a few sentences, before any table. */
import type { Paint } from '../term/colour.ts';
import { wrap } from '../term/text.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import type { Report } from './report.ts';

export interface HeadlineStyle {
  /** Columns of the terminal. */
  width: number;
  ascii: boolean;
  units: UnitSystem;
}

export function headline(report: Report, style: HeadlineStyle, paint: Paint): string[] {
  if (report.totals.requests === 0) return ['No requests to report on.'];
  return [
    ...wrap(what(report, style), style.width),
    ...wrap(answer(report, style), style.width).map((line) => paint('bold', line)),
    ...wrap(accounting(report, style), style.width),
  ];
}

/** What was read: `20,000 requests, 4 workers, 2026-11-23 20:50:26–20:51:11`. */
function what({ totals, span }: Report, { ascii }: HeadlineStyle): string {
  const dash = ascii ? '-' : '–';
  const restarts = totals.restarts > 0 ? `, ${plural(totals.restarts, 'restart')}` : '';
  const when = span.from === null ? '' : `, ${spanText(span.from, span.to ?? span.from, dash)}`;
  return `${plural(totals.requests, 'request')}, ${plural(totals.workers, 'worker')}${restarts}${when}`;
}

function answer(report: Report, { units }: HeadlineStyle): string {
  const leaking = report.routes.filter(({ verdict }) => verdict === 'leak');
  const unclear = report.routes.filter(({ verdict }) => verdict === 'unclear').length;
  const more = unclear > 0 ? `; ${formatCount(unclear)} ${unclear === 1 ? 'is' : 'are'} unclear` : '';
  if (leaking.length === 0) return `No route is shown to leak${more}.`;
  const leaked = formatBytes(shownToLeak(report), units);
  return `${plural(leaking.length, 'route leaks', 'routes leak')}, ${leaked} in all${more}.`;
}

/** growth = leaked + plateau + unexplained + unattributed, in words. */
function accounting(report: Report, { units }: HeadlineStyle): string {
  const { totals } = report;
  const leaked = shownToLeak(report);
  const parts = [
    [leaked, 'leaked'],
    [totals.leakedBytes - leaked, 'perhaps leaked'],
    [totals.plateauBytes, 'levelled off'],
    [totals.unexplainedBytes, 'unexplained'],
    [totals.unattributedBytes, 'by no route listed'],
  ] as const;
  const sum = parts.filter(([bytes]) => bytes !== 0).map(([bytes, name]) => `${formatBytes(bytes, units)} ${name}`);
  const equation = sum.length > 0 ? ` = ${sum.join(' + ').replaceAll('+ -', '- ')}` : '';
  return `The workers grew by ${formatBytes(totals.growthBytes, units)}${equation}.`;
}

/** Without what the unclear routes may have leaked. */
function shownToLeak({ routes }: Report): number {
  return routes.reduce((sum, { verdict, leakedBytes }) => sum + (verdict === 'leak' ? leakedBytes : 0), 0);
}

function spanText(from: string, to: string, dash: string): string {
  const [fromDay, fromTime] = from.split('T');
  const [toDay, toTime] = to.split('T');
  return fromDay === toDay
    ? `${fromDay} ${fromTime}${dash}${toTime}`
    : `${fromDay} ${fromTime} ${dash} ${toDay} ${toTime}`;
}
