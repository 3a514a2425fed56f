/** Rows of amounts per route, written one behind the other into columns. */
import { type PairTable, startOf } from './pair-table.ts';
import type { Tally } from './tally.ts';

export class PairRows {
  readonly #ends: Int32Array;
  readonly #routes: Int32Array;
  readonly #amounts: Float64Array;
  #count = 0;
  #end = 0;

  /** With room for the rows of a table, or for sums of them. */
  constructor({ ends, routes, amounts }: PairTable) {
    this.#ends = new Int32Array(ends.length);
    this.#routes = new Int32Array(routes.length);
    this.#amounts = new Float64Array(amounts.length);
  }

  /** Writes a row, and empties what it is written from. */
  push(tally: Tally): void {
    tally.copyTo(this.#routes, this.#amounts, this.#end);
    this.#end += tally.size;
    this.#ends[this.#count++] = this.#end;
    tally.clear();
  }

  table(): PairTable {
    return {
      ends: this.#ends.slice(0, this.#count),
      routes: this.#routes.slice(0, this.#end),
      amounts: this.#amounts.slice(0, this.#end),
    };
  }
}

/** Adds the rows [from, to) of a table. */
export function addRows(tally: Tally, table: PairTable, from: number, to: number): void {
  if (from < to) tally.addRange(table.routes, table.amounts, startOf(table, from), table.ends[to - 1]!);
}
