/** Rows of amounts by number, one behind the other in two columns. */
import type { Archive, Archived } from '../state/archive.ts';
import type { PairTable } from './pair-table.ts';
import { type Tally, wider, widerInts } from './tally.ts';

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

  /**
   * The first `count` rows.
   * @param routes of the numbers, where these are not the routes themselves.
   */
  table(count: number, routes?: Int32Array): PairTable {
    const end = this.#start(count);
    const keys = this.#keys.slice(0, end);
    if (routes !== undefined) for (let i = 0; i < end; i++) keys[i] = routes[keys[i]!]!;
    return { ends: this.#ends.slice(0, count), routes: keys, amounts: this.#amounts.slice(0, end) };
  }

  /** Rows that are known by their routes. */
  static of({ ends, routes, amounts }: PairTable): PairRows {
    const rows = new PairRows();
    // What is written is never more than what was read before it, so there is always room for one entry more.
    rows.#ends = widerInts(ends, ends.length + 1);
    rows.#keys = widerInts(routes, routes.length + 1);
    rows.#amounts = wider(amounts, rows.#keys.length);
    return rows;
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
