/** Two reports, route by route. Pure. */
import { UserError } from '../errors.ts';
import type { Report, RouteReport } from '../report/report.ts';
import { VERSION } from '../version.ts';
import { CHANGES, type Change, type ComparedLog, type Comparison, type RouteComparison } from './comparison.ts';
import { compareRoute, isComparable } from './route-change.ts';
import { errorsToCount } from './significance.ts';

export interface NamedReport {
  /** For messages. */
  name: string;
  report: Report;
}

/**
 * @param minChangeBytes the smallest change in bytes per call that counts.
 * @throws UserError where the two cannot be about the same application.
 */
export function compareReports(base: NamedReport, head: NamedReport, minChangeBytes: number): Comparison {
  refuseIncomparable(base, head);
  const before = byName(base.report);
  const after = byName(head.report);
  const names = [...new Set([...after.keys(), ...before.keys()])];
  const comparable = names.filter((name) => isComparable(before.get(name), after.get(name))).length;
  const yardstick = {
    headPerBase: head.report.totals.requests / Math.max(1, base.report.totals.requests),
    errors: errorsToCount(comparable),
    minChangeBytes,
  };
  const routes = names
    .map((name) => compareRoute(name, before.get(name), after.get(name), yardstick))
    .sort(byImportance);
  const count = (change: Change) => routes.filter((route) => route.change === change).length;
  return {
    schemaVersion: 1,
    tool: { name: 'leakrank', version: VERSION },
    base: comparedLog(base),
    head: comparedLog(head),
    minChangeBytesPerCall: minChangeBytes,
    counts: Object.fromEntries(CHANGES.map((change) => [change, count(change)])) as Record<Change, number>,
    routes,
    warnings: isSame(base.report, head.report)
      ? [
          {
            code: 'same-report',
            message: `${base.name} and ${head.name} say the same, word for word: is one of them named twice?`,
          },
        ]
      : [],
  };
}

function refuseIncomparable(base: NamedReport, head: NamedReport): void {
  const metrics = [base, head].map(({ report }) => report.inputs[0]?.metric);
  if (metrics[0] !== undefined && metrics[1] !== undefined && metrics[0] !== metrics[1])
    throw new UserError(
      `${base.name} is about ${metrics[0]}, ${head.name} about ${metrics[1]}: make both with the same --metric`,
    );
  const known = new Set(base.report.routes.map(({ route }) => route));
  const isEmpty = base.report.routes.length === 0 || head.report.routes.length === 0;
  if (!isEmpty && !head.report.routes.some(({ route }) => known.has(route)))
    throw new UserError(
      `${base.name} and ${head.name} have no route in common: they are of different applications, or paths were grouped otherwise (--no-group, --match)`,
    );
}

function byName({ routes }: Report): Map<string, RouteReport> {
  return new Map(routes.map((route) => [route.route, route]));
}

function comparedLog({ name, report: { totals, span } }: NamedReport): ComparedLog {
  return { name, requests: totals.requests, workers: totals.workers, span };
}

function isSame(base: Report, head: Report): boolean {
  const content = ({ totals, routes, workers }: Report) => JSON.stringify([totals, routes, workers]);
  return base.totals.requests > 0 && content(base) === content(head);
}

/** By kind of change; then routes that leak now; then the bytes that the change makes in all. */
function byImportance(a: RouteComparison, b: RouteComparison): number {
  return (
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    Number(leaksNow(b)) - Number(leaksNow(a)) ||
    weight(b) - weight(a) ||
    (a.route < b.route ? -1 : a.route > b.route ? 1 : 0)
  );
}

const leaksNow = ({ head }: RouteComparison) => head?.verdict === 'leak';

function weight({ change, changeBytesPerCall, base, head }: RouteComparison): number {
  const calls = head?.calls ?? base?.calls ?? 0;
  if (change === 'same' || change === 'cannot-tell') return calls;
  return Math.abs(changeBytesPerCall ?? head?.leakedBytesPerCall ?? base?.leakedBytesPerCall ?? 0) * calls;
}
