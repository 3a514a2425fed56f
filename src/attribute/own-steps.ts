/**
 * What lasts of the growth in a route's own requests. A route whose calls leak more than the noise shows it there directly:
 * the same mean step, however long the pause since its call before. A route that refills what others freed, or a cache,
 * steps more the longer the pause was.
 */
import type { Archive, Archived } from '../state/archive.ts';
import type { GrowthEvents } from './growth-events.ts';

/** Requests since a route's previous call count up to here: a longer pause says no more. */
const LONGEST_PAUSE = 400;
/** A life's first requests pay for imports and caches: steps count from here on. */
const SETTLED_AFTER = 200;
/** For lives that end before SHORT_LIFE, which would have little left. */
const SETTLED_EARLY = 45;
const SHORT_LIFE = 1300;

/** Sums over calls: how many, step, step squared, pause, pause squared, pause times step. Bytes and requests. */
export type OwnSums = [calls: number, step: number, step2: number, pause: number, pause2: number, pauseStep: number];

const SUMS = 6;
/** Routes with larger numbers are kept in a map: there may be very many of them, and a life sees few. */
const COLUMN_ROUTES = 1024;
/** Whether a step lasts is seen two readings later, and it takes the reading before: so many are kept from window to window. */
const KEPT = 3;

export class OwnSteps implements Archived {
  /** Position of each route's last call, from 1 on; 0 is never. */
  #lastCalls: Int32Array = new Int32Array(64);
  #laterCalls = new Map<number, number>();
  readonly #early = new SumTable();
  readonly #settled = new SumTable();
  /** The last readings of the window before, then the window; -2 where there is none. */
  #routes = new Int32Array(KEPT + 64).fill(-2);
  #bytes = new Float64Array(KEPT + 64);

  /**
   * @param before requests of this life before the window.
   * @param events is told of each call with its step, and keeps at most so many.
   */
  addWindow(
    windowRoutes: Int32Array,
    windowBytes: Float64Array,
    before: number,
    events: GrowthEvents,
    mostEvents: number,
  ): void {
    const routes = this.#routes;
    const bytes = this.#bytes;
    const size = windowRoutes.length;
    routes.set(windowRoutes, KEPT);
    bytes.set(windowBytes, KEPT);
    if (before === 0) events.addCall(windowRoutes[0]!);
    // Judged is each reading that has one before it and two behind.
    for (let i = 1; i < size + 1; i++) {
      if (routes[i - 1] === -2 || routes[i]! < 0) continue;
      const lowestBefore = Math.min(bytes[i - 1]!, bytes[i]!, bytes[i + 1]!);
      const lowest = Math.min(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!);
      // The rise of the lowest of three readings: a peak that is gone two requests later is no step.
      const position = before + i + 1 - KEPT;
      this.#add(routes[i]!, position, lowest - lowestBefore);
      events.add(routes[i]!, position, lowest - lowestBefore, lowest, mostEvents);
    }
    routes.copyWithin(0, size, size + KEPT);
    bytes.copyWithin(0, size, size + KEPT);
  }

  /** @param requests of the whole life: short ones count from earlier on. */
  sums(requests: number): [route: number, sums: OwnSums][] {
    const sums = new Map(this.#settled.entries());
    if (requests < SHORT_LIFE) {
      for (const [route, own] of this.#early.entries()) {
        const known = sums.get(route);
        if (known) addSums(known, own);
        else sums.set(route, own);
      }
    }
    return [...sums].sort(([a], [b]) => a - b);
  }

  transfer(archive: Archive): void {
    this.#lastCalls = archive.value(this.#lastCalls);
    this.#laterCalls = archive.value(this.#laterCalls);
    this.#early.transfer(archive);
    this.#settled.transfer(archive);
    this.#routes = archive.value(this.#routes);
    this.#bytes = archive.value(this.#bytes);
  }

  #add(route: number, position: number, step: number): void {
    const last = this.#exchangeLastCall(route, position);
    if (last === 0 || position < SETTLED_EARLY) return;
    const pause = Math.min(position - last, LONGEST_PAUSE);
    (position < SETTLED_AFTER ? this.#early : this.#settled).add(route, step, pause);
  }

  #exchangeLastCall(route: number, position: number): number {
    if (route >= COLUMN_ROUTES) {
      const last = this.#laterCalls.get(route) ?? 0;
      this.#laterCalls.set(route, position);
      return last;
    }
    if (route >= this.#lastCalls.length) {
      const wider = new Int32Array(COLUMN_ROUTES);
      wider.set(this.#lastCalls);
      this.#lastCalls = wider;
    }
    const last = this.#lastCalls[route]!;
    this.#lastCalls[route] = position;
    return last;
  }
}

/** Six sums per route, in rows. */
class SumTable implements Archived {
  #rows: Float64Array = new Float64Array(0);
  #later = new Map<number, Float64Array>();

  add(route: number, step: number, pause: number): void {
    let rows = this.#rows;
    let at = route * SUMS;
    if (route >= COLUMN_ROUTES) {
      rows = this.#later.get(route) ?? new Float64Array(SUMS);
      this.#later.set(route, rows);
      at = 0;
    } else if (at >= rows.length) {
      this.#rows = new Float64Array(SUMS * Math.min(COLUMN_ROUTES, Math.max(32, 2 * (route + 1))));
      this.#rows.set(rows);
      rows = this.#rows;
    }
    rows[at]! += 1;
    rows[at + 3]! += pause;
    rows[at + 4]! += pause * pause;
    // Nine of ten calls change nothing.
    if (step === 0) return;
    rows[at + 1]! += step;
    rows[at + 2]! += step * step;
    rows[at + 5]! += pause * step;
  }

  transfer(archive: Archive): void {
    this.#rows = archive.value(this.#rows);
    this.#later = archive.value(this.#later);
  }

  *entries(): Generator<[route: number, sums: OwnSums]> {
    for (let at = 0; at < this.#rows.length; at += SUMS) {
      if (this.#rows[at] !== 0) yield [at / SUMS, [...this.#rows.subarray(at, at + SUMS)] as OwnSums];
    }
    for (const [route, row] of this.#later) yield [route, [...row] as OwnSums];
  }
}

export function addSums(into: OwnSums, from: OwnSums): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}
