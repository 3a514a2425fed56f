/**
 * Curves for charts: the floors of each followed worker, and for the first routes of the report what memory went with their
 * calls. The estimate explains the growth of a floor as the sum over routes of a leak per call and of growth that levels off.
 * A route's curve is its own part of that sum plus what is left unexplained, less the mean of what is left: a component plus
 * residual plot, along the calls of the route in a worker's life.
 */
import type { Finding } from '../estimate/finding.ts';
import type { RouteSeries, Series } from '../report/report.ts';
import { binsOf } from './bins.ts';
import { type CurvePoint, pooledCurve } from './pooled-curve.ts';
import { agesOf, callsInWindows, type NamedLife, residualsOf, windowsOf } from './windows.ts';

/** Routes with curves: what a page can show. */
const MOST_ROUTES = 100;
/** Share of a life's requests. */
const START_UP = 0.1;

/** @param routes numbers and names in the order of the report. */
export function seriesOf(
  routes: readonly { number: number; name: string }[],
  findings: readonly Finding[],
  lives: readonly NamedLife[],
): Series {
  const residuals = residualsOf(findings, lives);
  const ages = agesOf(findings.length, lives);
  const shown = routes.slice(0, MOST_ROUTES);
  const calls = callsInWindows(
    shown.map(({ number }) => number),
    lives,
  );
  return {
    workers: lives.map(({ worker, life: { floors } }) => ({
      worker,
      requests: [...floors.positions],
      floorBytes: [...floors.bytes],
    })),
    routes: shown.map(({ number, name }, i) =>
      routeSeries(name, findings[number]!, lives, calls[i]!, residuals, ages[number]!),
    ),
  };
}

function routeSeries(
  name: string,
  { leakedBytesPerCall, plateauBytes }: Finding,
  lives: readonly NamedLife[],
  callsInLives: readonly Float64Array[],
  residuals: readonly Float64Array[],
  age: number,
): RouteSeries {
  const windows = windowsOf(leakedBytesPerCall, callsInLives, residuals);
  const plateauPerDoubling = age > 0 ? plateauBytes / age : 0;
  const plateauAt = (calls: number) => plateauPerDoubling * Math.log2(1 + calls);
  // A life's first requests pay for imports and caches, which would lift the curve of a route that does not level off.
  const skip = plateauBytes > 0 ? 0 : START_UP;
  const curves = lives.flatMap(({ life: { floors, requests } }, worker) => {
    const from = floors.positions.findIndex((position) => position >= skip * requests);
    if (from < 0) return [];
    const left = residuals[worker]!.subarray(from + 1);
    const meanLeft = left.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, left.length);
    const counts = callsInLives[worker]!;
    let calls = 0;
    let bytes = 0;
    const points: CurvePoint[] = [];
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i]!;
      // Nothing is known of the growth up to the first floor.
      if (i > from) {
        bytes += residuals[worker]![i]! - meanLeft + leakedBytesPerCall * count;
        if (plateauPerDoubling > 0) bytes += plateauAt(calls + count) - plateauAt(calls);
      }
      calls += count;
      if (i >= from) points.push({ calls, bytes });
    }
    return calls > points[0]!.calls ? [points] : [];
  });
  const { calls, bytes } = pooledCurve(curves);
  const from = calls[0] ?? 0;
  return {
    route: name,
    bins: binsOf(windows, leakedBytesPerCall),
    calls,
    growthBytes: bytes.map(Math.round),
    leakedBytes: calls.map((count) => Math.round(leakedBytesPerCall * (count - from))),
    plateauBytes: calls.map((count) => Math.round(plateauAt(count) - plateauAt(from))),
  };
}
