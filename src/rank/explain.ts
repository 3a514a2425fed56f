/**
 * The evidence behind one verdict: windows sorted by how often the route was called in them, with the growth that the
 * other routes leave over. A leak shows as growth in proportion to the calls.
 */
import type { RouteEvidence } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import type { Finding } from '../estimate/finding.ts';
import type { ExplainedWorker, Explanation } from '../report/report.ts';
import { groupPath, pathOf } from '../route/path.ts';
import { growthReport } from './route-report.ts';
import { binsOf, type NamedLife, residualsOf, type Window, windowsOf } from './windows.ts';

/** @throws UserError when no route, or more than one, has the name. */
export function explain(
  wanted: string,
  routes: readonly RouteEvidence[],
  findings: readonly Finding[],
  lives: readonly NamedLife[],
): Explanation {
  const route = routeNumber(wanted, routes);
  const { leakedBytesPerCall } = findings[route]!;
  const windows = windowsOf(route, leakedBytesPerCall, lives, residualsOf(findings, lives));
  return {
    route: routes[route]!.name,
    windows: windows.length,
    bins: binsOf(windows, leakedBytesPerCall),
    workers: workersOf(windows, lives),
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

/** In each worker: the slope of the growth that is left over against the calls, by least squares with a level of its own. */
function workersOf(windows: readonly Window[], lives: readonly NamedLife[]): ExplainedWorker[] {
  return lives.flatMap(({ worker }, number) => {
    const own = windows.filter((window) => window.worker === number);
    const calls = own.reduce((sum, window) => sum + window.calls, 0);
    if (calls === 0) return [];
    const meanCalls = calls / own.length;
    const meanRest = own.reduce((sum, { restBytes }) => sum + restBytes, 0) / own.length;
    const covariance = own.reduce((sum, window) => sum + (window.calls - meanCalls) * (window.restBytes - meanRest), 0);
    const variance = own.reduce((sum, window) => sum + (window.calls - meanCalls) ** 2, 0);
    return [
      { worker, calls, windows: own.length, bytesPerCall: variance > 0 ? Math.round(covariance / variance) : null },
    ];
  });
}
