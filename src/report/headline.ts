/** The answer in a few sentences, before any table. */
import type { Style } from '../term/colour.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import type { Report, RouteReport } from './report.ts';

export interface HeadlineStyle {
  ascii: boolean;
  units: UnitSystem;
}

/** A sentence, and how it is to stand out. */
export interface Sentence {
  text: string;
  style?: Style;
}

export function headline(report: Report, style: HeadlineStyle): Sentence[] {
  if (report.totals.requests === 0) return [{ text: 'No requests to report on.' }];
  return [
    { text: what(report, style) },
    { text: answer(report, style), style: 'bold' },
    { text: accounting(report, style) },
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
  const leaked = leaking.reduce((sum, { leakedBytes }) => sum + leakedBytes, 0);
  const unclear = report.routes.filter(({ verdict }) => verdict === 'unclear');
  const maybe = unclear.filter(isEstimated).length;
  const untold = unclear.length - maybe;
  if (untold === report.routes.length) return 'Too little was logged to say which route leaks.';
  const first =
    leaking.length > 0
      ? `${plural(leaking.length, 'route leaks', 'routes leak')}, ${formatBytes(leaked, units)} in all`
      : 'No route is shown to leak';
  const may = maybe > 0 ? [`${formatCount(maybe)} ${leaking.length > 0 ? 'more ' : ''}may`] : [];
  const rare = untold > 0 ? [`${formatCount(untold)} had too few calls to say`] : [];
  return `${[first, ...may, ...rare].join('; ')}.`;
}

/** Whether the log was enough for an estimate of the route at all. */
export function isEstimated({ leakedBytesPerCallHigh }: RouteReport): boolean {
  return leakedBytesPerCallHigh !== null;
}

/** growth = leaked + plateau + unexplained + unattributed, in words. */
function accounting({ totals, routes }: Report, { units }: HeadlineStyle): string {
  const isSure = routes.every(({ verdict, leakedBytes }) => verdict === 'leak' || leakedBytes === 0);
  const parts = [
    [totals.leakedBytes, isSure ? 'leaked' : 'leaked or likely so'],
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
