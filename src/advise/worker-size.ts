/**
 * How large a worker is before it has leaked anything, and how it grows from then on. Both come from the floors of the lives:
 * the lowest reading of each window, which does not see memory that requests borrow. Every route's growth is in it, whether
 * the estimate could tell which one grew or not; that is what a budget has to bear.
 */
import type { LifeEvidence } from '../attribute/life.ts';
import { median } from '../estimate/statistics.ts';
import type { WorkerSize } from './advice.ts';
import { levelOf, type Point, pooledSlope, type Slope, slopeByLives, slopeByStretches } from './slope.ts';

export interface FollowedLife {
  life: LifeEvidence;
  peakBytes: number;
}

/** Floors that a life must have beyond the warm-up to say something of its slope. */
const FEWEST_FLOORS = 4;
/** Shares of the usual life that may be warm-up; the first is taken behind which growth is even. */
const WARM_UPS = [0.05, 0.125, 0.25, 0.5];
/** Growth is even when the first half of it is not so much steeper than the second. */
const STEEPER = 1.3;
/** Or when the difference comes to no more than this share of the worker's size. */
const NEGLIGIBLE = 0.02;
/** Fewer lives than these are cut into stretches for the interval. */
const FEW_LIVES = 4;
const STRETCHES = 10;
/** Of the lives, from the smallest on, the one that the settings reckon with: a single odd worker in fifty is no measure. */
const LARGE = 0.95;

/** Of a life: the size without growth, and how far readings stood above that and its growth. */
interface Top {
  levelBytes: number;
  aboveBytes: number;
}

/** Undefined where no life is long enough to tell. */
export function sizeOfWorkers(followed: readonly FollowedLife[]): WorkerSize | undefined {
  const lives = followed.map(({ life }) => pointsOf(life.floors));
  const warmUpRequests = warmUpOf(lives);
  if (warmUpRequests === undefined) return undefined;
  const isLong = (life: readonly Point[]) => life.length >= FEWEST_FLOORS;
  const later = lives.map((life) => behind(life, warmUpRequests));
  const long = later.filter(isLong);
  const intervalFrom = long.length >= FEW_LIVES ? 'lives' : 'stretches';
  const slope = intervalFrom === 'lives' ? slopeByLives(long) : slopeByStretches(long, STRETCHES);
  const tops = followed.flatMap((one, i): Top[] => {
    if (!isLong(later[i]!)) return [];
    const levelBytes = levelOf(later[i]!, slope.bytesPerRequest);
    return [{ levelBytes, aboveBytes: Math.max(0, aboveLine(one, later[i]!, levelBytes, slope)) }];
  });
  tops.sort((a, b) => a.levelBytes + a.aboveBytes - b.levelBytes - b.aboveBytes);
  const large = tops[Math.ceil(LARGE * tops.length) - 1]!;
  return {
    settledBytes: Math.round(median(tops.map(({ levelBytes }) => levelBytes))),
    largestSettledBytes: Math.round(large.levelBytes),
    warmUpRequests,
    peakAboveLineBytes: Math.round(large.aboveBytes),
    growthBytesPerRequest: slope.bytesPerRequest,
    growthBytesPerRequestLow: slope.low,
    growthBytesPerRequestHigh: slope.high,
    intervalFrom,
    lives: long.length,
  };
}

/** Requests until growth is even, or half a life where it never is. Undefined where lives are too short. */
function warmUpOf(lives: readonly (readonly Point[])[]): number | undefined {
  const long = lives.filter((life) => life.length >= FEWEST_FLOORS);
  if (long.length === 0) return undefined;
  const usual = median(long.map((life) => life.at(-1)!.position));
  const candidates = WARM_UPS.map((share) => Math.round(share * usual)).filter((warmUp) =>
    long.some((life) => behind(life, warmUp).length >= FEWEST_FLOORS),
  );
  return candidates.find((warmUp) => isEven(long, warmUp)) ?? candidates.at(-1) ?? 0;
}

function isEven(lives: readonly (readonly Point[])[], warmUp: number): boolean {
  const later = lives.map((life) => behind(life, warmUp)).filter(({ length }) => length >= FEWEST_FLOORS);
  const halves = later.map((life) => life.length >> 1);
  const first = pooledSlope(later.map((life, i) => life.slice(0, halves[i])));
  const second = pooledSlope(later.map((life, i) => life.slice(halves[i])));
  if (first <= STEEPER * second) return true;
  const requests = median(later.map((life) => life.at(-1)!.position - life[0]!.position));
  const size = median(later.map((life) => life.at(-1)!.bytes));
  return ((first - second) * requests) / 2 <= NEGLIGIBLE * size;
}

function behind(life: readonly Point[], warmUp: number): Point[] {
  return life.filter(({ position }) => position > warmUp);
}

/** How far the largest reading of a life, and its largest lasting one after a growth, stand above its line. */
function aboveLine(
  { life, peakBytes }: FollowedLife,
  later: readonly Point[],
  levelBytes: number,
  { bytesPerRequest }: Slope,
): number {
  const above = ({ position, bytes }: Point) => bytes - levelBytes - bytesPerRequest * position;
  const from = later[0]!.position;
  const events = pointsOf(life.events).filter(({ position }) => position >= from);
  // When the peak was is not known: taken for the end, where the line is highest.
  return Math.max(above({ position: life.requests, bytes: peakBytes }), ...events.map(above), ...later.map(above));
}

function pointsOf({ positions, bytes }: Pick<LifeEvidence['floors'], 'positions' | 'bytes'>): Point[] {
  return Array.from(positions, (position, i) => ({ position, bytes: bytes[i]! }));
}
