/** The answer in sentences: what was read, which routes leak, where the growth went. */
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import { areOfPeaks } from './peaks.ts';
import type { Report, RouteReport, Verdict } from './report.ts';

/** What was read: `20,000 requests, 4 workers, 2026-11-23 20:50:26–20:51:11`. */
export function what({ totals, span }: Report, { ascii }: { ascii: boolean }): string {
  const dash = ascii ? '-' : '–';
  const restarts = totals.restarts > 0 ? `, ${plural(totals.restarts, 'restart')}` : '';
  const when = span.from === null ? '' : `, ${spanText(span.from, span.to ?? span.from, dash)}`;
  return `${plural(totals.requests, 'request')}, ${plural(totals.workers, 'worker')}${restarts}${when}`;
}

/** Which routes leak, in one sentence. */
export function answer(report: Report, units: UnitSystem): string {
  if (report.totals.requests === 0) return 'No requests to report on.';
  if (areOfPeaks(report.routes))
    return 'These lines say how much memory was in use at most: leaks cannot be seen in them.';
  const leaking = report.routes.filter(({ verdict }) => verdict === 'leak');
  const unclear = report.routes.filter(({ verdict }) => verdict === 'unclear');
  const untold = unclear.filter((route) => !isEstimated(route)).length;
  if (untold === report.routes.length) return 'Too little was logged to say which route leaks.';
  const first =
    leaking.length > 0
      ? `${plural(leaking.length, 'route leaks', 'routes leak')}, ${formatBytes(leakedBy(report, 'leak'), units)} in all`
      : 'No route is shown to leak';
  const estimated = unclear.length - untold;
  const open = estimated > 0 ? [`${formatCount(estimated)} ${estimated === 1 ? 'is' : 'are'} unclear`] : [];
  const rare = untold > 0 ? [`${formatCount(untold)} had too few calls to say`] : [];
  return `${[first, ...open, ...rare].join('; ')}.`;
}

/** Whether the log was enough for an estimate of the route at all. */
export function isEstimated({ leakedBytesPerCallHigh }: RouteReport): boolean {
  return leakedBytesPerCallHigh !== null;
}

/** growth = leaked + plateau + unexplained + unattributed, in words. */
export function accounting(report: Report, units: UnitSystem): string {
  const sum = accountingParts(report).map(({ bytes, name }) => `${formatBytes(bytes, units)} ${name}`);
  const equation = sum.length > 0 ? ` = ${sum.join(' + ').replaceAll('+ -', '- ')}` : '';
  return `The workers grew by ${formatBytes(report.totals.growthBytes, units)}${equation}.`;
}

export interface AccountingPart {
  name: 'leaked' | 'perhaps leaked' | 'leaked by routes left out' | 'levelled off' | 'unexplained' | 'unattributed';
  bytes: number;
}

/** Where the growth of the workers went; the parts that are not 0, of which it is the sum. */
export function accountingParts(report: Report): AccountingPart[] {
  const { totals } = report;
  const sure = leakedBy(report, 'leak');
  const perhaps = leakedBy(report, 'unclear');
  const parts: AccountingPart[] = [
    { name: 'leaked', bytes: sure },
    { name: 'perhaps leaked', bytes: perhaps },
    { name: 'leaked by routes left out', bytes: totals.leakedBytes - sure - perhaps },
    { name: 'levelled off', bytes: totals.plateauBytes },
    { name: 'unexplained', bytes: totals.unexplainedBytes },
    { name: 'unattributed', bytes: totals.unattributedBytes },
  ];
  return parts.filter(({ bytes }) => bytes !== 0);
}

function leakedBy({ routes }: Report, verdict: Verdict): number {
  return routes.reduce((sum, route) => sum + (route.verdict === verdict ? route.leakedBytes : 0), 0);
}

function spanText(from: string, to: string, dash: string): string {
  const [fromDay, fromTime] = from.split('T');
  const [toDay, toTime] = to.split('T');
  return fromDay === toDay
    ? `${fromDay} ${fromTime}${dash}${toTime}`
    : `${fromDay} ${fromTime} ${dash} ${toDay} ${toTime}`;
}
