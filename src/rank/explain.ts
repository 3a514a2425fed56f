/**
 * The evidence behind one verdict: windows sorted by how often the route was called in them, with the growth that the
 * other routes leave over. A leak shows as growth in proportion to the calls.
 */
import type { RouteEvidence } from '../attribute/evidence.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import { UserError } from '../errors.ts';
import type { Finding } from '../estimate/finding.ts';
import { callsOfLife } from '../estimate/route-totals.ts';
import type { ExplainedBin, ExplainedWorker, Explanation } from '../report/report.ts';
import { groupPath, pathOf } from '../route/path.ts';
import { growthReport } from './route-report.ts';

interface NamedLife {
  worker: string;
  life: LifeEvidence;
}

/** One step from floor to floor. */
interface Window {
  worker: number;
  calls: number;
  /** Growth of the floor without what the estimate gives to the other routes. */
  restBytes: number;
}

/** Windows are gathered by the calls in them: none, then bins that hold about as many windows each. */
const BINS = 6;

/** @throws UserError when no route, or more than one, has the name. */
export function explain(
  wanted: string,
  routes: readonly RouteEvidence[],
  findings: readonly Finding[],
  lives: readonly NamedLife[],
): Explanation {
  const route = routeNumber(wanted, routes);
  const windows = windowsOf(route, findings, lives);
  return {
    route: routes[route]!.name,
    windows: windows.length,
    bins: binsOf(windows, findings[route]!.leakedBytesPerCall),
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

function windowsOf(route: number, findings: readonly Finding[], lives: readonly NamedLife[]): Window[] {
  const ages = new Map<number, number>();
  const calls = lives.map(({ life }) => callsOfLife(life));
  for (const life of calls) {
    for (const [other, count] of life) ages.set(other, (ages.get(other) ?? 0) + Math.log2(1 + count));
  }
  return lives.flatMap(({ life }, worker) => {
    const soFar = new Map<number, number>();
    let before: number | undefined;
    return life.floors.flatMap((floor) => {
      let explained = 0;
      let own = 0;
      for (let i = 0; i < floor.calls.length; i += 2) {
        const other = floor.calls[i]!;
        const count = floor.calls[i + 1]!;
        const past = soFar.get(other) ?? 0;
        soFar.set(other, past + count);
        const doublings = Math.log2(1 + past + count) - Math.log2(1 + past);
        const { plateauBytes, leakedBytesPerCall } = findings[other]!;
        explained += (plateauBytes / (ages.get(other) ?? 1)) * doublings;
        if (other === route) own = count;
        else explained += leakedBytesPerCall * count;
      }
      const growth = before === undefined ? undefined : floor.bytes - before;
      before = floor.bytes;
      return growth === undefined ? [] : [{ worker, calls: own, restBytes: growth - explained }];
    });
  });
}

function binsOf(windows: readonly Window[], leakedBytesPerCall: number): ExplainedBin[] {
  const called = windows.filter(({ calls }) => calls > 0).sort((a, b) => a.calls - b.calls);
  const bins: Window[][] = [windows.filter(({ calls }) => calls === 0)];
  const size = Math.max(1, Math.ceil(called.length / BINS));
  for (let from = 0; from < called.length; ) {
    let to = Math.min(called.length, from + size);
    // Windows with the same number of calls stay together.
    while (to < called.length && called[to]!.calls === called[to - 1]!.calls) to++;
    bins.push(called.slice(from, to));
    from = to;
  }
  return bins
    .filter((bin) => bin.length > 0)
    .map((bin) => {
      const mean = (of: (window: Window) => number) => bin.reduce((sum, window) => sum + of(window), 0) / bin.length;
      const meanCalls = mean(({ calls }) => calls);
      return {
        fewestCalls: Math.min(...bin.map(({ calls }) => calls)),
        mostCalls: Math.max(...bin.map(({ calls }) => calls)),
        windows: bin.length,
        meanGrowthBytes: Math.round(mean(({ restBytes }) => restBytes)),
        fittedBytes: Math.round(meanCalls * leakedBytesPerCall),
      };
    });
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
