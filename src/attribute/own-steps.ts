/**
 * What lasts of the growth in a route's own requests. A route whose calls leak more than the noise shows it there directly:
 * the same mean step, however long the pause since its call before. A route that refills what others freed, or a cache,
 * steps more the longer the pause was.
 */
import type { Archive, Archived } from '../state/archive.ts';
import type { GrowthEvents } from './growth-events.ts';
import { type Jumps, JumpTable, sumJumps } from './jumps.ts';
import { wider } from './tally.ts';

/** Requests since a route's previous call count up to here: a longer pause says no more. */
const LONGEST_PAUSE = 400;
/** A life's first requests pay for imports and caches: steps count from here on. */
const SETTLED_AFTER = 200;
/** For lives that end before SHORT_LIFE, which would have little left. */
const SETTLED_EARLY = 45;
const SHORT_LIFE = 1300;

/** Sums over calls: how many, step, step squared, pause, pause squared, pause times step. Bytes and requests. */
export type OwnSums = [calls: number, step: number, step2: number, pause: number, pause2: number, pauseStep: number];

/** Per route: its sums, the position of its last call, from 1 on, and its calls before the life has settled. */
const ROW = 8;
const LAST = 6;
const EARLY = 7;
/** Whether a step lasts is seen two readings later, and a jump takes the three before: so many are kept from window to window. */
export const KEPT = 5;
/** Stands where there is no reading yet. */
export const NO_READING = -2;

/** Routes are known by small whole numbers: see route-numbers.ts. */
export class OwnSteps implements Archived {
  #rows: Float64Array = new Float64Array(16 * ROW);
  /** Of the calls before the life has settled: number, step and pause. */
  #early: number[] = [];
  readonly #earlyJumps = new JumpTable();
  readonly #settledJumps = new JumpTable();

  /**
   * @param routes their numbers: of the last readings of the window before, then `size` of the window; negative where unknown.
   * @param bytes likewise.
   * @param parts likewise, what stands for a part of the route: the same step and pause count for it, too.
   * @param before requests of this life before the window.
   * @param routeCount all numbers are below it.
   * @param events is told of each call and each growth, and keeps at most so many.
   */
  addWindow(
    routes: Int32Array,
    bytes: Float64Array,
    parts: Int32Array,
    size: number,
    before: number,
    routeCount: number,
    events: GrowthEvents,
    mostEvents: number,
  ): void {
    if (routeCount * ROW > this.#rows.length) this.#rows = wider(this.#rows, routeCount * ROW);
    const rows = this.#rows;
    // Judged is each reading that has one before it and two behind.
    const first = KEPT - 2;
    const end = first + size;
    let added = first;
    // The lowest of three from the third, the second and the last reading before it.
    let beforeThree = lowestOfThree(bytes, first - 3);
    let beforeTwo = lowestOfThree(bytes, first - 2);
    let lowestBefore = lowestOfThree(bytes, first - 1);
    for (let i = first; i < end; i++) {
      // The rise of the lowest of three readings: a peak that is gone two requests later is no step.
      const lowest = lowestOfThree(bytes, i);
      const step = lowest - lowestBefore;
      const earlier = beforeThree;
      beforeThree = beforeTwo;
      beforeTwo = lowestBefore;
      lowestBefore = lowest;
      const route = routes[i]!;
      if (route < 0 || routes[i - 1] === NO_READING) continue;
      const position = before + i + 1 - KEPT;
      const row = route * ROW;
      const last = rows[row + LAST]!;
      rows[row + LAST] = position;
      if (last !== 0 && position >= SETTLED_EARLY) {
        const pause = Math.min(position - last, LONGEST_PAUSE);
        if (position < SETTLED_AFTER) {
          this.#early.push(route, step, pause);
          if (parts[i]! >= 0) this.#early.push(parts[i]!, step, pause);
          this.#earlyJumps.add(route, position, earlier, lowest, ++rows[row + EARLY]!);
        } else {
          addCall(rows, row, step, pause);
          if (parts[i]! >= 0) addCall(rows, parts[i]! * ROW, step, pause);
          this.#settledJumps.add(route, position, earlier, lowest, rows[row]!);
        }
      }
      if (step > 0) {
        events.addCalls(routes, added, i + 1);
        added = i + 1;
        events.add(route, position, lowest, mostEvents);
      }
    }
    events.addCalls(routes, added, end);
    // The calls of a longer life count from later on.
    if (before > SHORT_LIFE && this.#early.length > 0) this.#early = [];
  }

  /**
   * @param requests of the whole life: short ones count from earlier on.
   * @param routeOf their numbers.
   */
  sums(requests: number, routeOf: Int32Array): [route: number, sums: OwnSums][] {
    const rows = this.#rows;
    const early = new Float64Array(rows.length);
    if (requests < SHORT_LIFE) {
      for (let i = 0; i < this.#early.length; i += 3) {
        addCall(early, this.#early[i]! * ROW, this.#early[i + 1]!, this.#early[i + 2]!);
      }
    }
    const sums: [number, OwnSums][] = [];
    for (let row = 0; row < rows.length; row += ROW) {
      if (rows[row] === 0 && early[row] === 0) continue;
      const sum = (i: number) => rows[row + i]! + early[row + i]!;
      sums.push([routeOf[row / ROW]!, [sum(0), sum(1), sum(2), sum(3), sum(4), sum(5)]]);
    }
    return sums.sort(([a], [b]) => a - b);
  }

  /** The jumps, summed like the steps. */
  jumps(requests: number, routeOf: Int32Array): Jumps[] {
    const isShort = requests < SHORT_LIFE;
    const settled = this.#settledJumps.jumps().map(([route, sizeClass, count, callNumbers, fallen]): Jumps => {
      const earlyCalls = isShort ? this.#rows[route * ROW + EARLY]! : 0;
      return [route, sizeClass, count, callNumbers + count * earlyCalls, fallen];
    });
    const jumps = isShort ? [...this.#earlyJumps.jumps(), ...settled] : settled;
    return sumJumps(jumps.map(([route, ...sums]): Jumps => [routeOf[route]!, ...sums]));
  }

  transfer(archive: Archive): void {
    this.#rows = archive.value(this.#rows);
    this.#early = archive.value(this.#early);
    this.#earlyJumps.transfer(archive);
    this.#settledJumps.transfer(archive);
  }
}

function lowestOfThree(bytes: Float64Array, at: number): number {
  const first = bytes[at]!;
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  const lower = first < second ? first : second;
  return lower < third ? lower : third;
}

function addCall(rows: Float64Array, row: number, step: number, pause: number): void {
  rows[row]! += 1;
  rows[row + 3]! += pause;
  rows[row + 4]! += pause * pause;
  // Nine of ten calls change nothing.
  if (step === 0) return;
  rows[row + 1]! += step;
  rows[row + 2]! += step * step;
  rows[row + 5]! += pause * step;
}

export function addSums(into: OwnSums, from: OwnSums): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}
