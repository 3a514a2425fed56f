/** The windows of workers' lives as evidence about routes: the calls of each in them, and the growth that the others leave over. */
import type { LifeEvidence } from '../attribute/life.ts';
import { startOf } from '../attribute/pair-table.ts';
import type { Finding } from '../estimate/finding.ts';
import { callsOfLife } from '../estimate/route-totals.ts';

export interface NamedLife {
  worker: string;
  life: LifeEvidence;
}

/**
 * What the estimate leaves of the growth of each floor over the one before it: per life, one figure per floor, the first of
 * which has none before it.
 */
export function residualsOf(findings: readonly Finding[], lives: readonly NamedLife[]): Float64Array[] {
  const ages = agesOf(findings.length, lives);
  const perCall = Float64Array.from(findings, ({ leakedBytesPerCall }) => leakedBytesPerCall);
  const perDoubling = Float64Array.from(findings, ({ plateauBytes }, route) =>
    plateauBytes === 0 ? 0 : plateauBytes / ages[route]!,
  );
  const soFar = new Float64Array(findings.length);
  return lives.map(({ life: { floors } }) => {
    soFar.fill(0);
    const { calls, bytes } = floors;
    return bytes.map((floor, i) => {
      let explained = 0;
      for (let pair = startOf(calls, i); pair < calls.ends[i]!; pair++) {
        const route = calls.routes[pair]!;
        const count = calls.amounts[pair]!;
        explained += perCall[route]! * count;
        if (perDoubling[route] === 0) continue;
        const past = soFar[route]!;
        soFar[route] = past + count;
        explained += perDoubling[route]! * (Math.log2(1 + past + count) - Math.log2(1 + past));
      }
      return i === 0 ? 0 : floor - bytes[i - 1]! - explained;
    });
  });
}

/** Per route, the sum over lives of log2(1 + calls): times bytes per doubling, its plateau. */
export function agesOf(routeCount: number, lives: readonly NamedLife[]): Float64Array {
  const ages = new Float64Array(routeCount);
  for (const { life } of lives) {
    const { size, keys, amounts } = callsOfLife(life);
    for (let i = 0; i < size; i++) ages[keys[i]!]! += Math.log2(1 + amounts[i]!);
  }
  return ages;
}

/** Per route, per life, the calls since the floor before, floor by floor. One pass over the floors for all routes. */
export function callsInWindows(routes: readonly number[], lives: readonly NamedLife[]): Float64Array[][] {
  const columns = routes.map(() => lives.map(({ life }) => new Float64Array(life.floors.bytes.length)));
  /** Columns, plus one. */
  const known = new Int32Array(Math.max(0, ...routes) + 1);
  for (const [column, route] of routes.entries()) known[route] = column + 1;
  for (const [number, { life }] of lives.entries()) {
    const { ends, routes: called, amounts } = life.floors.calls;
    for (let i = 0, pair = 0; i < ends.length; i++) {
      for (; pair < ends[i]!; pair++) {
        const column = known[called[pair]!];
        if (column) columns[column - 1]![number]![i] = amounts[pair]!;
      }
    }
  }
  return columns;
}

/** What the other routes leave over of the growth from floor to floor: a pair of columns, without each life's first floor. */
export interface Windows {
  calls: Float64Array;
  restBytes: Float64Array;
}

/**
 * @param calls of {@link callsInWindows}, of one route.
 * @param residuals of {@link residualsOf}.
 */
export function windowsOf(
  leakedBytesPerCall: number,
  calls: readonly Float64Array[],
  residuals: readonly Float64Array[],
): Windows {
  const length = calls.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0);
  const windows = { calls: new Float64Array(length), restBytes: new Float64Array(length) };
  let at = 0;
  for (const [life, own] of calls.entries()) {
    for (let i = 1; i < own.length; i++) {
      windows.calls[at] = own[i]!;
      windows.restBytes[at++] = residuals[life]![i]! + leakedBytesPerCall * own[i]!;
    }
  }
  return windows;
}
