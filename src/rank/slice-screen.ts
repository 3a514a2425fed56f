/**
 * Whether parts of a leaking route may differ in what they leak: a look that costs next to nothing before an estimate that
 * costs as much as the first. What the other routes leave of the growth of each window is fitted by the calls of the part and
 * those of the rest, by least squares with single wild windows cut off. A hint asks for a difference as sure as this one, of
 * fits that see less noise.
 */
import type { Finding } from '../estimate/finding.ts';
import { median } from '../estimate/statistics.ts';
import type { Gathered } from './gather-routes.ts';
import { SURE } from './hint-bounds.ts';
import { callsInWindows, residualsOf } from './windows.ts';

/** As in most fits: see src/estimate/filter.ts. */
const THETA = 0.7;
/** Times the usual distance from 0. */
const WILD = 5;

/** Some requests of a route: the numbers they have in the evidence. */
export interface ScreenedSlice {
  route: number;
  parts: readonly number[];
}

/** For each slice whether it may differ from the rest of its route. */
export function mayDiffer(
  slices: readonly ScreenedSlice[],
  gathered: Gathered,
  findings: readonly Finding[],
): boolean[] {
  if (slices.length === 0) return [];
  const residuals = residualsOf(findings, gathered.lives);
  const routes = [...new Set(slices.map(({ route }) => route))];
  const callsOfRoutes = callsInWindows(routes, gathered.lives);
  const parts = [...new Set(slices.flatMap((slice) => slice.parts))];
  const callsOfParts = callsInWindows(parts, gathered.followed);
  return slices.map((slice) => {
    const { leakedBytesPerCall } = findings[slice.route]!;
    const calls = callsOfRoutes[routes.indexOf(slice.route)]!;
    const own = slice.parts.map((part) => callsOfParts[parts.indexOf(part)]!);
    const sums = new TwoColumns();
    // Of a log without noise most are 0.
    const limit = WILD * usualOf(residuals) || Number.POSITIVE_INFINITY;
    for (const [life, left] of residuals.entries()) {
      sums.beginLife();
      for (let i = 1; i < left.length; i++) {
        const ofSlice = own.reduce((sum, columns) => sum + columns[life]![i]!, 0);
        const all = calls[life]![i]!;
        const cut = Math.max(-limit, Math.min(limit, left[i]!));
        sums.add(ofSlice, all - ofSlice, cut + leakedBytesPerCall * all);
      }
    }
    return sums.difference() > SURE;
  });
}

function usualOf(residuals: readonly Float64Array[]): number {
  return median(residuals.flatMap((life) => Array.from(life.subarray(1), Math.abs)));
}

/** Least squares of one column on two others, all with fading memory along each life. */
class TwoColumns {
  #a = 0;
  #b = 0;
  #y = 0;
  #rows = 0;
  #aa = 0;
  #ab = 0;
  #bb = 0;
  #ay = 0;
  #by = 0;
  #yy = 0;

  beginLife(): void {
    this.#a = this.#b = this.#y = 0;
  }

  add(a: number, b: number, y: number): void {
    this.#a = a + THETA * this.#a;
    this.#b = b + THETA * this.#b;
    this.#y = y + THETA * this.#y;
    this.#rows++;
    this.#aa += this.#a * this.#a;
    this.#ab += this.#a * this.#b;
    this.#bb += this.#b * this.#b;
    this.#ay += this.#a * this.#y;
    this.#by += this.#b * this.#y;
    this.#yy += this.#y * this.#y;
  }

  /** By how many standard errors the first coefficient is above the second. */
  difference(): number {
    const determinant = this.#aa * this.#bb - this.#ab * this.#ab;
    if (!(determinant > 0) || this.#rows < 3) return 0;
    const a = (this.#ay * this.#bb - this.#by * this.#ab) / determinant;
    const b = (this.#by * this.#aa - this.#ay * this.#ab) / determinant;
    const left = Math.max(0, this.#yy - a * this.#ay - b * this.#by) / (this.#rows - 2);
    const error = Math.sqrt((left * (this.#aa + this.#bb + 2 * this.#ab)) / determinant);
    return error > 0 ? (a - b) / error : a > b ? Number.POSITIVE_INFINITY : 0;
  }
}
