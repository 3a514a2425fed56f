/**
 * The rows a fit explains: one per pair of neighbouring floors of a life. `growth` is what the floor grew by, in bytes; each
 * route (or group of routes) has three columns, see below. A fit at scale 2 joins two base windows to one row, and so on.
 */
import { BASE_WINDOW, type Floors, type LifeEvidence } from '../attribute/life.ts';
import { startOf } from '../attribute/pair-table.ts';
import type { Coarsening } from './coarsening.ts';
import type { Column } from './columns.ts';

export interface Rows {
  count: number;
  /** Which life each row is of, in order. */
  life: Int32Array;
  growth: Column;
  /** Calls between the two floors: times bytes per call, what leaked. */
  calls: Column[];
  /** By how much log2(1 + calls in this life so far) grew: times bytes per doubling, what levels off. */
  ages: Column[];
  /** Growth seen in the route's own requests, in bytes. */
  steps: Column[];
}

/** The rows of whole lives. */
export interface WholeRows extends Rows {
  /** Requests of the life up to the end of each row. */
  positions: Int32Array;
}

/** Which column each route has; several routes may share one, -1 is none. */
export interface ColumnMap {
  columnOf: Int32Array;
  count: number;
}

export function buildRows(evidence: Coarsening, { columnOf, count }: ColumnMap, scale: number): WholeRows {
  const { lives } = evidence;
  const windowsPerRow = (life: LifeEvidence) =>
    Math.max(1, Math.round((scale * evidence.factor * BASE_WINDOW) / life.window));
  const rowsOf = (life: LifeEvidence) => Math.max(0, Math.ceil(life.floors.bytes.length / windowsPerRow(life)) - 1);
  const total = lives.reduce((sum, life) => sum + rowsOf(life), 0);
  const empty = () => Array.from({ length: count }, () => new Float64Array(total));
  const rows: WholeRows = {
    count: total,
    life: new Int32Array(total),
    positions: new Int32Array(total),
    growth: new Float64Array(total),
    calls: empty(),
    ages: empty(),
    steps: empty(),
  };
  const sums = new Sums(columnOf);
  let row = 0;
  lives.forEach((life, lifeNumber) => {
    const { floors } = life;
    const every = windowsPerRow(life);
    let before = -1;
    const floorCount = floors.bytes.length;
    sums.clear();
    for (let start = 0; start < floorCount; start += every) {
      const end = Math.min(floorCount, start + every);
      const lowest = lowestOf(floors.bytes, start, end);
      sums.add(floors, start, lowest + 1);
      sums.move(rows, before >= 0 ? row : -1);
      sums.add(floors, lowest + 1, end);
      if (before >= 0) {
        rows.life[row] = lifeNumber;
        rows.positions[row] = floors.positions[lowest]!;
        rows.growth[row++] = floors.bytes[lowest]! - floors.bytes[before]!;
      }
      before = lowest;
    }
  });
  return rows;
}

/** @param skip the share of each life's requests that is left out at its beginning. */
export function withoutBeginnings(rows: WholeRows, { lives }: Coarsening, skip: number): Rows {
  const kept: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (rows.positions[row]! >= skip * lives[rows.life[row]!]!.requests) kept.push(row);
  }
  if (kept.length === rows.count) return rows;
  const pick = (column: Column) => {
    const picked = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) picked[i] = column[kept[i]!]!;
    return picked;
  };
  return {
    count: kept.length,
    life: Int32Array.from(kept, (row) => rows.life[row]!),
    growth: pick(rows.growth),
    calls: rows.calls.map(pick),
    ages: rows.ages.map(pick),
    steps: rows.steps.map(pick),
  };
}

/** What a life has seen of each route, up to the last row and behind it. */
class Sums {
  readonly #columnOf: Int32Array;
  readonly #before: Float64Array;
  /** log2(1 + calls before). */
  readonly #ages: Float64Array;
  readonly #calls: Float64Array;
  readonly #steps: Float64Array;
  /** The routes called since the last row. */
  readonly #touched: Int32Array;
  #count = 0;

  constructor(columnOf: Int32Array) {
    this.#columnOf = columnOf;
    this.#before = new Float64Array(columnOf.length);
    this.#ages = new Float64Array(columnOf.length);
    this.#calls = new Float64Array(columnOf.length);
    this.#steps = new Float64Array(columnOf.length);
    this.#touched = new Int32Array(columnOf.length);
  }

  clear(): void {
    this.#before.fill(0);
    this.#ages.fill(0);
    this.#calls.fill(0);
    this.#steps.fill(0);
    this.#count = 0;
  }

  /** What lies before the floors [from, to). */
  add({ calls, steps }: Floors, from: number, to: number): void {
    if (from === to) return;
    const sums = this.#calls;
    for (let i = startOf(calls, from); i < calls.ends[to - 1]!; i++) {
      const route = calls.routes[i]!;
      if (sums[route] === 0) this.#touched[this.#count++] = route;
      sums[route]! += calls.amounts[i]!;
    }
    for (let i = startOf(steps, from); i < steps.ends[to - 1]!; i++)
      this.#steps[steps.routes[i]!]! += steps.amounts[i]!;
  }

  /** Moves what lies behind the last row into the columns of a row; -1: to nowhere, as a first floor has none before. */
  move(rows: Rows, row: number): void {
    for (let i = 0; i < this.#count; i++) {
      const route = this.#touched[i]!;
      const calls = this.#calls[route]!;
      const now = this.#before[route]! + calls;
      const age = Math.log2(1 + now);
      const column = this.#columnOf[route]!;
      if (row >= 0 && column >= 0) {
        rows.calls[column]![row]! += calls;
        rows.ages[column]![row]! += age - this.#ages[route]!;
        rows.steps[column]![row]! += this.#steps[route]!;
      }
      this.#before[route] = now;
      this.#ages[route] = age;
      this.#calls[route] = 0;
      this.#steps[route] = 0;
    }
    this.#count = 0;
  }
}

/** The last of the lowest floors. */
function lowestOf(bytes: Float64Array, start: number, end: number): number {
  let lowest = start;
  for (let i = start + 1; i < end; i++) if (bytes[i]! <= bytes[lowest]!) lowest = i;
  return lowest;
}
