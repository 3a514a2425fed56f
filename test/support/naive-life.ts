/**
 * What is kept of a worker's life, computed from the whole list of its requests by the definitions: the floor of a window is
 * its lowest reading, the last of equals; windows are merged in pairs when there are too many.
 */
import { BASE_WINDOW } from '../../src/attribute/life.ts';

export interface LifeRequest {
  /** Negative when it is not known. */
  route: number;
  bytes: number;
}

export interface NaiveLife {
  window: number;
  requests: number;
  firstBytes: number;
  lastBytes: number;
  floors: { bytes: number; position: number; calls: Map<number, number>; steps: Map<number, number> }[];
  tail: Map<number, number>;
  own: Map<number, number[]>;
}

/** What is left after coarsening: windows of the smallest size of which there are few enough, half of the last one there. */
export function naiveLife(requests: readonly LifeRequest[], mostFloors: number): NaiveLife {
  let window = BASE_WINDOW;
  while (Math.ceil(requests.length / window) > mostFloors) window *= 2;
  const ends = Array.from({ length: Math.floor(requests.length / window) }, (_, i) => (i + 1) * window);
  if ((requests.length % window) * 2 >= window) ends.push(requests.length);
  let start = 0;
  const positions = ends.map((end) => {
    let lowest = start;
    for (let i = start; i < end; i++) if (requests[i]!.bytes <= requests[lowest]!.bytes) lowest = i;
    start = end;
    return lowest + 1;
  });
  return {
    window,
    requests: requests.length,
    firstBytes: requests[0]?.bytes ?? 0,
    lastBytes: requests.at(-1)?.bytes ?? 0,
    floors: positions.map((position, i) => ({
      bytes: requests[position - 1]!.bytes,
      position,
      calls: callsOf(requests, positions[i - 1] ?? 0, position),
      steps: stepsOf(requests, positions[i - 1] ?? 0, position),
    })),
    tail: callsOf(requests, positions.at(-1) ?? 0, requests.length),
    own: ownOf(requests),
  };
}

function callsOf(requests: readonly LifeRequest[], from: number, to: number): Map<number, number> {
  const calls = new Map<number, number>();
  for (const { route } of requests.slice(from, to)) if (route >= 0) calls.set(route, (calls.get(route) ?? 0) + 1);
  return calls;
}

/** Sums of the differences to the request before, of the routes that had one that is not 0. */
function stepsOf(requests: readonly LifeRequest[], from: number, to: number): Map<number, number> {
  const steps = new Map<number, number>();
  for (let i = Math.max(1, from); i < to; i++) {
    const { route, bytes } = requests[i]!;
    const step = bytes - requests[i - 1]!.bytes;
    if (route >= 0 && step !== 0) steps.set(route, (steps.get(route) ?? 0) + step);
  }
  return steps;
}

/** Calls, step, step squared, pause, pause squared, pause times step: see src/attribute/own-steps.ts. */
function ownOf(requests: readonly LifeRequest[]): Map<number, number[]> {
  const settled = requests.length < 1300 ? 45 : 200;
  const own = new Map<number, number[]>();
  const last = new Map<number, number>();
  // A step is judged by the two readings behind it and the one before.
  for (let i = 1; i + 2 < requests.length; i++) {
    const { route } = requests[i]!;
    if (route < 0) continue;
    const position = i + 1;
    const before = last.get(route);
    last.set(route, position);
    if (before === undefined || position < settled) continue;
    const [a, b, c, d] = requests.slice(i - 1, i + 3).map(({ bytes }) => bytes);
    const step = Math.min(b!, c!, d!) - Math.min(a!, b!, c!);
    const pause = Math.min(position - before, 400);
    const sums = own.get(route) ?? [0, 0, 0, 0, 0, 0];
    own.set(route, sums);
    for (const [k, value] of [1, step, step * step, pause, pause * pause, pause * step].entries()) sums[k]! += value;
  }
  return own;
}
