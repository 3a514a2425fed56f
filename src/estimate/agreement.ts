/**
 * Whether workers agree on a route: in how many lives its calls and the growth that no other term explains go together. One
 * number per life and route is too noisy for a verdict, but four of four workers convince a reader, and one of four warns.
 */
import type { Column } from './columns.ts';

/** Rows with calls a life needs to have a say. */
const ENOUGH_ROWS = 3;
/** A life agrees when its own slope is more than this share of the common one. */
const AGREEING_SHARE = 0.25;

export interface Agreement {
  agreeing: number;
  judged: number;
}

/**
 * @param calls the route's calls per row, as they are
 * @param term the same column as it was fitted, @param slope its coefficient
 * @param residuals what all terms together leave unexplained
 */
export function agreement(
  life: Int32Array,
  weights: Column,
  calls: Column,
  term: Column,
  slope: number,
  residuals: Column,
): Agreement {
  let agreeing = 0;
  let judged = 0;
  for (let row = 0; row < life.length; ) {
    const thisLife = life[row];
    let explained = 0;
    let squares = 0;
    let called = 0;
    for (; row < life.length && life[row] === thisLife; row++) {
      const value = term[row]!;
      explained += weights[row]! * value * (residuals[row]! + slope * value);
      squares += weights[row]! * value * value;
      if (calls[row]! > 0) called++;
    }
    if (called < ENOUGH_ROWS || !(squares > 0)) continue;
    judged++;
    if (explained / squares > AGREEING_SHARE * slope) agreeing++;
  }
  return { agreeing, judged };
}
