/** A small map from routes to numbers as one flat row: route, number, route, number. */
import { mark, placeOf } from './places.ts';

export type Pairs = number[];

/** Products of lengths up to which rows are joined by searching. */
const SEARCHED = 256;

/** Adds to the number of a route. */
export function addPair(pairs: Pairs, route: number, amount: number): void {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === route) {
      pairs[i + 1]! += amount;
      return;
    }
  }
  pairs.push(route, amount);
}

/** @param numbers other numbers for the routes of `from`. */
export function addPairs(into: Pairs, from: Pairs, numbers?: readonly number[]): void {
  const numberOf = (i: number) => (numbers ? numbers[from[i]!]! : from[i]!);
  if ((into.length + from.length) * from.length < SEARCHED) {
    for (let i = 0; i < from.length; i += 2) addPair(into, numberOf(i), from[i + 1]!);
    return;
  }
  for (let i = 0; i < into.length; i += 2) mark(into[i]!, i + 1);
  for (let i = 0; i < from.length; i += 2) {
    const route = numberOf(i);
    const at = placeOf(route);
    if (at > 0) {
      into[at]! += from[i + 1]!;
    } else {
      mark(route, into.length + 1);
      into.push(route, from[i + 1]!);
    }
  }
  for (let i = 0; i < into.length; i += 2) mark(into[i]!, 0);
}

/** The number of a route; 0 when it is not among them. */
export function numberIn(pairs: Pairs, route: number): number {
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === route) return pairs[i + 1]!;
  return 0;
}
