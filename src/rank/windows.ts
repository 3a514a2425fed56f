/** The windows of workers' lives as evidence about one route: its calls in each, and the growth that the other routes leave over. */
import type { LifeEvidence } from '../attribute/life.ts';
import { numberIn } from '../attribute/pairs.ts';
import type { Finding } from '../estimate/finding.ts';
import { callsOfLife } from '../estimate/route-totals.ts';
import type { ExplainedBin } from '../report/report.ts';

export interface NamedLife {
  worker: string;
  life: LifeEvidence;
}

/** One step from floor to floor. */
export interface Window {
  worker: number;
  calls: number;
  /** Growth of the floor without what the estimate gives to the other routes and to what levels off. */
  restBytes: number;
}

/** Windows are gathered by the calls in them: none, then bins that hold about as many windows each. */
const BINS = 6;

/**
 * What the estimate leaves of the growth of each floor over the one before it: per life, one figure per floor, the first of
 * which has none before it.
 */
export function residualsOf(findings: readonly Finding[], lives: readonly NamedLife[]): Float64Array[] {
  const ages = agesOf(findings.length, lives);
  return lives.map(({ life: { floors } }) => {
    const soFar = new Map<number, number>();
    return Float64Array.from(floors, (floor, i) => {
      let explained = 0;
      for (let pair = 0; pair < floor.calls.length; pair += 2) {
        const route = floor.calls[pair]!;
        const count = floor.calls[pair + 1]!;
        const past = soFar.get(route) ?? 0;
        soFar.set(route, past + count);
        const { plateauBytes, leakedBytesPerCall } = findings[route]!;
        const doublings = Math.log2(1 + past + count) - Math.log2(1 + past);
        if (plateauBytes !== 0) explained += (plateauBytes / ages[route]!) * doublings;
        explained += leakedBytesPerCall * count;
      }
      return i === 0 ? 0 : floor.bytes - floors[i - 1]!.bytes - explained;
    });
  });
}

/** Per route, the sum over lives of log2(1 + calls): times bytes per doubling, its plateau. */
export function agesOf(routeCount: number, lives: readonly NamedLife[]): Float64Array {
  const ages = new Float64Array(routeCount);
  for (const { life } of lives) {
    for (const [route, calls] of callsOfLife(life)) ages[route]! += Math.log2(1 + calls);
  }
  return ages;
}

/** @param residuals of {@link residualsOf}. */
export function windowsOf(
  route: number,
  leakedBytesPerCall: number,
  lives: readonly NamedLife[],
  residuals: readonly Float64Array[],
): Window[] {
  return lives.flatMap(({ life }, worker) =>
    life.floors.slice(1).map((floor, i) => {
      const calls = numberIn(floor.calls, route);
      return { worker, calls, restBytes: residuals[worker]![i + 1]! + leakedBytesPerCall * calls };
    }),
  );
}

export function binsOf(windows: readonly Window[], leakedBytesPerCall: number): ExplainedBin[] {
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
