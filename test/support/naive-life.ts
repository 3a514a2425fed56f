/**
 * What is kept of a worker's life, computed from the whole list of its requests by the definitions: the floor of a window is
 * its lowest reading, the last of equals; windows are merged in pairs when there are too many.
 */
import { LEAST_JUMP_BYTES, sizeClassOf } from '../../src/attribute/jumps.ts';
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
  jumps: number[][];
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
    jumps: jumpsOf(requests),
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

/** Per route and class of sizes: jumps, the sum of the numbers of their calls, and those half given back: see jumps.ts. */
function jumpsOf(requests: readonly LifeRequest[]): number[][] {
  const begin = requests.length < 1300 ? 45 : 200;
  const lowest = (from: number) => Math.min(...requests.slice(from, from + 3).map(({ bytes }) => bytes));
  const found: { at: number; key: [route: number, sizeClass: number]; number: number; hasFallen: boolean }[] = [];
  for (const route of new Set(requests.map((request) => request.route))) {
    if (route < 0) continue;
    const calls = requests.flatMap((request, i) =>
      request.route === route && i > 0 && i + 2 < requests.length ? [i] : [],
    );
    const judged = calls.slice(1).filter((i) => i + 1 >= begin);
    const isJump = (i: number) => lowest(i) - lowest(i - 3) >= LEAST_JUMP_BYTES;
    judged.forEach((at, number) => {
      const rise = lowest(at) - lowest(at - 3);
      if (rise < LEAST_JUMP_BYTES) return;
      // Not so near that it has readings of before the jump before it. Another jump meanwhile takes the place of this one.
      const next = judged.slice(number + 1).find((i) => i >= at + 3 || isJump(i));
      // What is pending when a life settles is forgotten.
      const isSeen = next !== undefined && next >= at + 3 && !(at + 1 < 200 && next + 1 >= 200);
      const hasFallen = isSeen && lowest(next - 3) <= lowest(at) - rise / 2;
      found.push({ at, key: [route, sizeClassOf(rise)], number: number + 1, hasFallen });
    });
  }
  const jumps = new Map<string, number[]>();
  for (const { key, number, hasFallen } of found.sort((a, b) => a.at - b.at)) {
    const sums = jumps.get(key.join()) ?? [...key, 0, 0, 0];
    if (jumps.size === 1024 && !jumps.has(key.join())) continue;
    jumps.set(key.join(), sums);
    sums[2]! += 1;
    sums[3]! += number;
    sums[4]! += hasFallen ? 1 : 0;
  }
  return [...jumps.values()].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
}
