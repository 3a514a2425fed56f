/**
 * Pairs whose routes get other numbers. Tens of thousands of them are renumbered for a report, so the amounts are laid into a
 * row with a place for every route, and read from it in the order of the routes.
 */
import type { Pairs } from './pairs.ts';
import { wider, widerInts } from './tally.ts';

/** A row with at least one route in so many is read as a whole, others by their sorted routes. */
const DENSE = 16;

let amounts: Float64Array = new Float64Array(256);
/** 1 where a route has an amount. */
let isHeld: Uint8Array = new Uint8Array(256);
let routes: Int32Array = new Int32Array(256);

/**
 * Several old numbers may have one new one, then amounts are added; those of a negative one go.
 * @returns in the order of the new numbers: in which order routes were first seen is not the same for parts of a log.
 */
export function renumberPairs(pairs: Pairs, numbers: readonly number[]): Pairs {
  let count = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  if (routes.length < pairs.length) routes = widerInts(routes, pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    const route = numbers[pairs[i]!]!;
    if (route < 0) continue;
    if (route >= amounts.length) widen(route + 1);
    if (isHeld[route] === 0) {
      isHeld[route] = 1;
      amounts[route] = 0;
      routes[count++] = route;
      if (route < first) first = route;
      if (route > last) last = route;
    }
    amounts[route]! += pairs[i + 1]!;
  }
  if (count * DENSE < last - first) routes.subarray(0, count).sort();
  else {
    count = 0;
    for (let route = first; route <= last; route++) if (isHeld[route] !== 0) routes[count++] = route;
  }
  const renumbered: Pairs = new Array(2 * count);
  for (let i = 0; i < count; i++) {
    const route = routes[i]!;
    const amount = amounts[route]!;
    isHeld[route] = 0;
    renumbered[2 * i] = route;
    // A whole number that is known to be one takes no box.
    renumbered[2 * i + 1] = (amount | 0) === amount ? amount | 0 : amount;
  }
  return renumbered;
}

function widen(least: number): void {
  amounts = wider(amounts, least);
  const held = new Uint8Array(amounts.length);
  held.set(isHeld);
  isHeld = held;
}
