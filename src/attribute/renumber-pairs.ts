/**
 * Pairs whose routes get other numbers. Tens of thousands of rows are renumbered for a report, so the amounts are laid into a
 * row with a place for every route, and read from it in the order of the routes.
 */
import type { PairTable } from './pair-table.ts';
import { pairsIn, tableOf } from './pair-table.ts';
import type { Pairs } from './pairs.ts';
import { wider, widerInts } from './tally.ts';

/** A row with at least one route in so many is read as a whole, others by their sorted routes. */
const DENSE = 16;

let amountOf: Float64Array = new Float64Array(256);
/** 1 where a route has an amount. */
let isHeld: Uint8Array = new Uint8Array(256);
let held: Int32Array = new Int32Array(256);

/**
 * Several old numbers may have one new one, then amounts are added; those of a negative one go.
 * @returns rows in the order of the new numbers: in which order routes were first seen is not the same for parts of a log.
 */
export function renumberTable({ ends, routes, amounts }: PairTable, numbers: readonly number[]): PairTable {
  const into = {
    ends: new Int32Array(ends.length),
    routes: new Int32Array(routes.length),
    amounts: new Float64Array(routes.length),
  };
  let from = 0;
  let at = 0;
  for (let row = 0; row < ends.length; row++) {
    const to = ends[row]!;
    at = renumberRow(routes, amounts, from, to, numbers, into, at);
    into.ends[row] = at;
    from = to;
  }
  if (at === routes.length) return into;
  return { ends: into.ends, routes: into.routes.slice(0, at), amounts: into.amounts.slice(0, at) };
}

export function renumberPairs(pairs: Pairs, numbers: readonly number[]): Pairs {
  return pairsIn(renumberTable(tableOf([pairs]), numbers), 0);
}

/** The entries [from, to), written from `at` on. @returns behind the last one. */
function renumberRow(
  routes: Int32Array,
  amounts: Float64Array,
  from: number,
  to: number,
  numbers: readonly number[],
  into: PairTable,
  at: number,
): number {
  if (held.length < to - from) held = widerInts(held, to - from);
  let count = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (let i = from; i < to; i++) {
    const route = numbers[routes[i]!]!;
    if (route < 0) continue;
    if (route >= isHeld.length) widen(route + 1);
    if (isHeld[route] === 0) {
      isHeld[route] = 1;
      amountOf[route] = 0;
      held[count++] = route;
      if (route < first) first = route;
      if (route > last) last = route;
    }
    amountOf[route]! += amounts[i]!;
  }
  if (count * DENSE < last - first) {
    held.subarray(0, count).sort();
  } else {
    count = 0;
    for (let route = first; route <= last; route++) if (isHeld[route] !== 0) held[count++] = route;
  }
  for (let i = 0; i < count; i++) {
    const route = held[i]!;
    isHeld[route] = 0;
    into.routes[at + i] = route;
    into.amounts[at + i] = amountOf[route]!;
  }
  return at + count;
}

function widen(least: number): void {
  amountOf = wider(amountOf, least);
  const copy = new Uint8Array(amountOf.length);
  copy.set(isHeld);
  isHeld = copy;
}
