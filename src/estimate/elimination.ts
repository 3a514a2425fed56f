/**
 * Backward elimination: the least significant term goes and the rest is fitted again, until every term left stands far
 * enough above zero in units of its jackknife error.
 */
import { type GroupedEquations, jackknifeErrors } from './jackknife.ts';
import { nonNegativeLeastSquares } from './nnls.ts';

/** Errors above zero a term needs to stay. */
const ENOUGH = 1;
/** Terms below this go together with the weakest. */
const HOPELESS = 0.7;

export interface Term {
  /** Which unknown. */
  unknown: number;
  value: number;
  error: number;
}

export function eliminate(equations: GroupedEquations, candidates: readonly number[]): Term[] {
  let kept = candidates;
  while (kept.length > 0) {
    const solution = nonNegativeLeastSquares(equations, kept);
    kept = kept.filter((unknown) => solution[unknown]! > 0);
    const values = kept.map((unknown) => solution[unknown]!);
    const errors = jackknifeErrors(equations, kept, values);
    const significance = values.map((value, i) => value / errors[i]!);
    let weakest = -1;
    let least = ENOUGH;
    significance.forEach((z, i) => {
      if (z >= least) return;
      least = z;
      weakest = i;
    });
    if (weakest < 0) return kept.map((unknown, i) => ({ unknown, value: values[i]!, error: errors[i]! }));
    kept = kept.filter((_, i) => i !== weakest && !(significance[i]! < HOPELESS));
  }
  return [];
}
