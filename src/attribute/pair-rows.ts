/** Rows of amounts by number, one behind the other in two columns. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Pairs } from './pairs.ts';
import { pairsOf, type Tally, wider, widerInts } from './tally.ts';

export class PairRows implements Archived {
  /** Where each row ends. */
  #ends: Int32Array = new Int32Array(32);
  #keys: Int32Array = new Int32Array(256);
  #amounts: Float64Array = new Float64Array(256);

  /** Writes a row behind the one before it; rows behind it are gone. */
  write(row: number, tally: Tally): void {
    const start = this.#start(row);
    const end = start + tally.size;
    if (row === this.#ends.length) this.#ends = widerInts(this.#ends);
    if (end > this.#keys.length) {
      this.#keys = widerInts(this.#keys, end);
      this.#amounts = wider(this.#amounts, this.#keys.length);
    }
    tally.copyTo(this.#keys, this.#amounts, start);
    this.#ends[row] = end;
  }

  /** Adds the rows [from, to). */
  addTo(tally: Tally, from: number, to: number): void {
    if (from < to) tally.addRange(this.#keys, this.#amounts, this.#start(from), this.#ends[to - 1]!);
  }

  /** @param routes of the numbers, where these are not the routes themselves. */
  pairs(row: number, routes: Int32Array | undefined): Pairs {
    return pairsOf(this.#keys, this.#amounts, this.#start(row), this.#ends[row]!, routes);
  }

  #start(row: number): number {
    return row === 0 ? 0 : this.#ends[row - 1]!;
  }

  transfer(archive: Archive): void {
    this.#ends = archive.value(this.#ends);
    this.#keys = archive.value(this.#keys);
    this.#amounts = archive.value(this.#amounts);
  }
}
