/**
 * Rows of amounts per route, one behind the other in three columns. A log has tens of thousands of rows with hundreds of
 * routes: as objects they would take four times the memory, and keep the collector busy.
 */
import type { Pairs } from './pairs.ts';

export interface PairTable {
  /** Where each row ends in the other columns. */
  ends: Int32Array;
  routes: Int32Array;
  amounts: Float64Array;
}

export const EMPTY_TABLE: PairTable = {
  ends: new Int32Array(0),
  routes: new Int32Array(0),
  amounts: new Float64Array(0),
};

export function startOf({ ends }: PairTable, row: number): number {
  return row === 0 ? 0 : ends[row - 1]!;
}

export function pairsIn(table: PairTable, row: number): Pairs {
  const pairs: Pairs = [];
  for (let i = startOf(table, row); i < table.ends[row]!; i++) pairs.push(table.routes[i]!, table.amounts[i]!);
  return pairs;
}

export function tableOf(rows: readonly Pairs[]): PairTable {
  const size = rows.reduce((sum, row) => sum + row.length / 2, 0);
  const table = { ends: new Int32Array(rows.length), routes: new Int32Array(size), amounts: new Float64Array(size) };
  let at = 0;
  for (const [number, row] of rows.entries()) {
    for (let i = 0; i < row.length; i += 2) {
      table.routes[at] = row[i]!;
      table.amounts[at++] = row[i + 1]!;
    }
    table.ends[number] = at;
  }
  return table;
}

/** The rows before `row`. */
export function firstRows(table: PairTable, row: number): PairTable {
  const end = startOf(table, row);
  return {
    ends: table.ends.slice(0, row),
    routes: table.routes.slice(0, end),
    amounts: table.amounts.slice(0, end),
  };
}
