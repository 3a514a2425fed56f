/**
 * The evidence behind one verdict: windows sorted by how often the route was called in them, with the growth that the
 * other routes leave over. A leak shows as growth in proportion to the calls.
 */
import type { RouteEvidence } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import type { Finding } from '../estimate/finding.ts';
import type { ExplainedWorker, Explanation } from '../report/report.ts';
import { groupPath, pathOf } from '../route/path.ts';
import { binsOf } from './bins.ts';
import { growthReport } from './route-report.ts';
import { callsInWindows, type NamedLife, residualsOf, type Windows, windowsOf } from './windows.ts';

/** @throws UserError when no route, or more than one, has the name. */
export function explain(
  wanted: string,
  routes: readonly RouteEvidence[],
  findings: readonly Finding[],
  lives: readonly NamedLife[],
): Explanation {
  const route = routeNumber(wanted, routes);
  const { leakedBytesPerCall } = findings[route]!;
  const residuals = residualsOf(findings, lives);
  const calls = callsInWindows([route], lives)[0]!;
  const windows = windowsOf(leakedBytesPerCall, calls, residuals);
  return {
    route: routes[route]!.name,
    windows: windows.calls.length,
    bins: binsOf(windows, leakedBytesPerCall),
    workers: lives.flatMap(({ worker }, life) =>
      slopeOf(worker, windowsOf(leakedBytesPerCall, [calls[life]!], [residuals[life]!])),
    ),
    largestGrowths: routes[route]!.largest.map(growthReport),
  };
}

function routeNumber(wanted: string, routes: readonly RouteEvidence[]): number {
  const shown = routes
    .map(({ name, hidden, calls }, number) => ({ name, number, shown: !hidden && calls > 0 }))
    .filter((route) => route.shown);
  const grouped = groupPath(pathOf(wanted));
  const exact = shown.find(({ name }) => name === wanted) ?? shown.find(({ name }) => name === grouped);
  if (exact) return exact.number;
  const close = shown.filter(({ name }) => name.includes(wanted));
  if (close.length === 1) return close[0]!.number;
  const which =
    close.length > 1
      ? `matches ${close.length} routes: ${close
          .slice(0, 5)
          .map(({ name }) => name)
          .join(', ')}`
      : 'is no route of this log';
  throw new UserError(`--explain ${wanted} ${which}; give one name as the table shows it`);
}

/** The slope of the growth that is left over in a worker against the calls, by least squares with a level of its own. */
function slopeOf(worker: string, { calls, restBytes }: Windows): ExplainedWorker[] {
  const sum = (of: (window: number) => number) => calls.reduce((total, _, window) => total + of(window), 0);
  const windows = calls.length;
  const allCalls = sum((i) => calls[i]!);
  if (allCalls === 0) return [];
  const meanCalls = allCalls / windows;
  const meanRest = sum((i) => restBytes[i]!) / windows;
  const covariance = sum((i) => (calls[i]! - meanCalls) * (restBytes[i]! - meanRest));
  const variance = sum((i) => (calls[i]! - meanCalls) ** 2);
  return [{ worker, calls: allCalls, windows, bytesPerCall: variance > 0 ? Math.round(covariance / variance) : null }];
}
