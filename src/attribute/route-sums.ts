/** What is added up per route; plain columns, so that a request costs no allocation. */

import { compareFiles } from '../source/rotation.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { compareTexts } from '../term/compare-texts.ts';

/** One of the largest single growths of a route, to look it up in the log. Text is copied from the log. */
export interface LargestGrowth {
  growthBytes: number;
  beforeBytes: number;
  afterBytes: number;
  file: string;
  line: number;
  /** Which request it was: of those of one file the earlier have the smaller numbers, also where lines begin anew with each rotation. */
  order: number;
  /** Wall clock of the server in milliseconds as if UTC; null where the line has none. */
  time: number | null;
  worker: string;
  method: string;
  uri: string;
  status: number | null;
}

const MOST_LARGEST = 3;
/** Less than any difference of two sizes. */
const TIE_BYTES = 0.5;

/** The largest of both. */
export function mergeLargest(first: readonly LargestGrowth[], second: readonly LargestGrowth[]): LargestGrowth[] {
  return [...first, ...second].sort(inOrder).slice(0, MOST_LARGEST);
}

/** Of equal growths that in the file whose name comes first (of rotated ones the oldest), so that it does not matter in which order files were read. */
function inOrder(a: LargestGrowth, b: LargestGrowth): number {
  return (
    b.growthBytes - a.growthBytes ||
    compareFiles(a.file, b.file) ||
    a.order - b.order ||
    compareTexts(a.worker, b.worker) ||
    compareTexts(a.uri, b.uri)
  );
}

export class RouteSums implements Archived {
  #capacity = 64;
  calls: Float64Array = new Float64Array(this.#capacity);
  /** Sum of positive differences. */
  grossBytes: Float64Array = new Float64Array(this.#capacity);
  /** Sum of all differences. */
  netBytes: Float64Array = new Float64Array(this.#capacity);
  /** Sum of what was above every earlier reading of the same worker. */
  highWaterBytes: Float64Array = new Float64Array(this.#capacity);
  /** Calls with a positive difference. */
  growthCalls: Float64Array = new Float64Array(this.#capacity);
  /** Calls whose line says how much memory was in use at most; that figure's sum, and the largest. */
  peakCalls: Float64Array = new Float64Array(this.#capacity);
  peakSumBytes: Float64Array = new Float64Array(this.#capacity);
  largestPeakBytes: Float64Array = new Float64Array(this.#capacity);
  /** A growth has to be above this to be one of the largest: one that is equal to the last of them is, in a file that comes first. */
  notableBytes: Float64Array = new Float64Array(this.#capacity);
  /** The largest growths, descending. Sparse. */
  largest: (LargestGrowth[] | undefined)[] = [];

  /** Keeps a growth of the present file that is above `notableBytes`. */
  keep(route: number, growth: LargestGrowth): void {
    const largest = mergeLargest(this.largest[route] ?? [], [growth]);
    this.largest[route] = largest;
    this.#setNotable(route, largest, (other) => compareFiles(growth.file, other) < 0);
  }

  /** The next growths are of this file. */
  startFile(name: string): void {
    const known = new Map<string, boolean>();
    const comesFirst = (other: string) => {
      const isFirst = known.get(other) ?? compareFiles(name, other) < 0;
      known.set(other, isFirst);
      return isFirst;
    };
    for (const [route, largest] of this.largest.entries()) if (largest) this.#setNotable(route, largest, comesFirst);
  }

  #setNotable(route: number, largest: readonly LargestGrowth[], comesFirst: (file: string) => boolean): void {
    const last = largest[MOST_LARGEST - 1];
    if (last) this.notableBytes[route] = last.growthBytes - (comesFirst(last.file) ? TIE_BYTES : 0);
  }

  transfer(archive: Archive): void {
    this.#capacity = archive.value(this.#capacity);
    this.calls = archive.value(this.calls);
    this.grossBytes = archive.value(this.grossBytes);
    this.netBytes = archive.value(this.netBytes);
    this.highWaterBytes = archive.value(this.highWaterBytes);
    this.growthCalls = archive.value(this.growthCalls);
    this.notableBytes = archive.value(this.notableBytes);
    this.largest = archive.value(this.largest);
    this.peakCalls = archive.value(this.peakCalls);
    this.peakSumBytes = archive.value(this.peakSumBytes);
    this.largestPeakBytes = archive.value(this.largestPeakBytes);
  }

  addPeak(route: number, bytes: number): void {
    this.peakCalls[route]!++;
    this.peakSumBytes[route]! += bytes;
    if (bytes > this.largestPeakBytes[route]!) this.largestPeakBytes[route] = bytes;
  }

  /** Makes room for the columns of `route`. */
  reserve(route: number): void {
    if (route < this.#capacity) return;
    while (this.#capacity <= route) this.#capacity *= 2;
    this.calls = grown(this.calls, this.#capacity);
    this.grossBytes = grown(this.grossBytes, this.#capacity);
    this.netBytes = grown(this.netBytes, this.#capacity);
    this.highWaterBytes = grown(this.highWaterBytes, this.#capacity);
    this.growthCalls = grown(this.growthCalls, this.#capacity);
    this.peakCalls = grown(this.peakCalls, this.#capacity);
    this.peakSumBytes = grown(this.peakSumBytes, this.#capacity);
    this.largestPeakBytes = grown(this.largestPeakBytes, this.#capacity);
    this.notableBytes = grown(this.notableBytes, this.#capacity);
  }
}

function grown(column: Float64Array, capacity: number): Float64Array {
  const wider = new Float64Array(capacity);
  wider.set(column);
  return wider;
}
