/**
 * Workers whose truth is known: routes that leak, that grow up to a level, and that borrow memory and give it back, in a random
 * mix. Readings are what a kernel says: the heap's high-water mark in whole pages, where holes are filled first.
 */
import { Life, type LifeEvidence } from '../../src/attribute/life.ts';
import { seededRandom } from './random.ts';

export interface PlannedRoute {
  /** How often it is called, relative to the others. */
  share: number;
  /** Kept by every call, for ever. */
  leakedBytes?: number;
  /** Kept by the first calls of a life: half of it by the first, a quarter by the second, ... */
  warmUpBytes?: number;
  /** Borrowed for the time of the call. */
  churnBytes?: number;
  /** Called right after it, always. */
  alwaysBefore?: number;
}

const PAGE = 4096;

export interface Request {
  route: number;
  bytes: number;
}

export function simulatedRequests(seed: number, routes: readonly PlannedRoute[], requests: number): Request[] {
  const random = seededRandom(seed * 7919 + 1);
  const shares = routes.reduce((sum, { share }) => sum + share, 0);
  const calls = routes.map(() => 0);
  const readings: Request[] = [];
  let kept = 30e6;
  let high = kept;
  const call = (route: number): void => {
    const { leakedBytes = 0, warmUpBytes = 0, churnBytes = 0, alwaysBefore } = routes[route]!;
    calls[route]!++;
    kept += leakedBytes + warmUpBytes / 2 ** calls[route]!;
    high = Math.max(kept, high, kept + churnBytes * random.next());
    // Now and then the heap's top is given back.
    if (random.next() < 0.02) high = kept + (high - kept) * random.next();
    readings.push({ route, bytes: Math.ceil(high / PAGE) * PAGE });
    if (alwaysBefore !== undefined) call(alwaysBefore);
  };
  while (readings.length < requests) {
    let at = random.next() * shares;
    let route = 0;
    while (route < routes.length - 1 && at >= routes[route]!.share) at -= routes[route++]!.share;
    call(route);
  }
  return readings;
}

export function lifeOf(readings: readonly Request[]): LifeEvidence {
  const life = new Life();
  for (const { route, bytes } of readings) life.add(route, bytes);
  return life.evidence();
}

export function simulatedLives(
  seed: number,
  routes: readonly PlannedRoute[],
  { workers, requests }: { workers: number; requests: number },
): LifeEvidence[] {
  return Array.from({ length: workers }, (_, i) => lifeOf(simulatedRequests(seed * 100 + i, routes, requests)));
}
