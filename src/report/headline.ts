/** The answer in a few sentences, before any table. */
import type { Paint } from '../term/colour.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import type { Report } from './report.ts';

export interface HeadlineStyle {
  ascii: boolean;
  units: UnitSystem;
}

export function headline(report: Report, style: HeadlineStyle, paint: Paint): string[] {
  const { totals } = report;
  if (totals.requests === 0) return ['No requests to report on.'];
  return [what(report, style), paint('bold', answer(report, style)), accounting(report, style)];
}

/** What was read: `20,000 requests, 4 workers, 2026-11-23 20:50:26–20:51:11`. */
function what({ totals, span }: Report, { ascii }: HeadlineStyle): string {
  const dash = ascii ? '-' : '–';
  const restarts = totals.restarts > 0 ? `, ${plural(totals.restarts, 'restart')}` : '';
  const when = span.from === null ? '' : `, ${spanText(span.from, span.to ?? span.from, dash)}`;
  return `${plural(totals.requests, 'request')}, ${plural(totals.workers, 'worker')}${restarts}${when}`;
}

function answer(report: Report, { units }: HeadlineStyle): string {
  const count = (verdict: string) => report.routes.filter((route) => route.verdict === verdict).length;
  const leaking = report.routes.filter(({ verdict }) => verdict === 'leak');
  const leaked = leaking.reduce((sum, { leakedBytes }) => sum + leakedBytes, 0);
  const unclear = count('unclear');
  const more = unclear > 0 ? `; ${formatCount(unclear)} ${leaking.length > 0 ? 'more may' : 'may'}` : '';
  if (leaking.length === 0) return `No route is shown to leak${more}.`;
  return `${plural(leaking.length, 'route leaks', 'routes leak')}, ${formatBytes(leaked, units)} in all${more}.`;
}

/** growth = leaked + plateau + unexplained + unattributed, in words. */
function accounting({ totals }: Report, { units }: HeadlineStyle): string {
  const parts = [
    [totals.leakedBytes, 'leaked'],
    [totals.plateauBytes, 'levelled off'],
    [totals.unexplainedBytes, 'unexplained'],
    [totals.unattributedBytes, 'unattributed'],
  ] as const;
  const sum = parts.filter(([bytes]) => bytes !== 0).map(([bytes, name]) => `${formatBytes(bytes, units)} ${name}`);
  const equation = sum.length > 0 ? ` = ${sum.join(' + ').replaceAll('+ -', '- ')}` : '';
  return `The workers grew by ${formatBytes(totals.growthBytes, units)}${equation}.`;
}

function spanText(from: string, to: string, dash: string): string {
  const [fromDay, fromTime] = from.split('T');
  const [toDay, toTime] = to.split('T');
  return fromDay === toDay
    ? `${fromDay} ${fromTime}${dash}${toTime}`
    : `${fromDay} ${fromTime} ${dash} ${toDay} ${toTime}`;
}
