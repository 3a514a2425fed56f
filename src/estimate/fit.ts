/**
 * One fit: growth = sum over routes of leaked[r] calls[r] + plateau[r] ages[r] + trigger[r] (change of calls[r]), with leaked
 * and plateau >= 0 and trigger of either sign, all filtered along each life, weighted, and with only the terms that stand
 * above their jackknife error.
 */
import { gram } from '../wasm/gram.ts';
import { agreement } from './agreement.ts';
import { type Column, rowsUsed, without } from './columns.ts';
import { eliminate } from './elimination.ts';
import { difference, fadingSum } from './filter.ts';
import type { FitOptions } from './fits.ts';
import type { RowGroups } from './grouped-nnls.ts';
import { blockGroups, type GroupedEquations, groupedEquations, jackknifeErrors } from './jackknife.ts';
import { solvePicked } from './linear-algebra.ts';
import { nonNegativeLeastSquares } from './nnls.ts';
import { partialOut } from './partial-out.ts';
import { huberWeights, localScale } from './robust-scale.ts';
import type { Rows } from './rows.ts';
import { mean } from './statistics.ts';
import { VarianceModel, varianceColumns } from './variance-model.ts';

/** Fewer rows say nothing. */
export const LEAST_ROWS = 12;
/** Rows a term must be part of. */
export const LEAST_ROWS_OF_TERM = 3;
const ROUNDS = 3;
const NO_GROUPS: RowGroups = { of: new Int32Array(0), count: 0 };
const FIRST_HUBER_LIMIT = 3;
/** Scales from which on a residual counts less. */
const HUBER_LIMIT = 2;

/** One number per column of the rows. */
export interface Fit {
  options: FitOptions;
  /** False where there were too few rows: nothing else is known then. */
  ran: boolean;
  /** Bytes per call and its standard error, 0 where the term was not kept. */
  leaked: Float64Array;
  leakedError: Float64Array;
  /** Bytes per doubling of the calls, 0 where the term was not kept. */
  plateau: Float64Array;
  /** Bytes per call without selection, of either sign; error 0 where it was not estimated. */
  unselected: Float64Array;
  unselectedError: Float64Array;
  /** Workers, see agreement.ts. */
  agreeing: Int32Array;
  judged: Int32Array;
  /** Of the unexplained growth per row, in bytes; 0 where unknown. */
  residualDeviation: number;
}

/**
 * @param growth to be explained: rows.growth, or what is left of it.
 * @param noisy groups of rows that have a variance of their own.
 */
export function fit(rows: Rows, growth: Column, options: FitOptions, noisy: RowGroups = NO_GROUPS): Fit {
  const columns = rows.calls.length;
  const result = emptyFit(columns, options);
  const raw = [...rows.calls, ...rows.ages];
  const active = raw.map((_, i) => i).filter((i) => rowsUsed(raw[i]!) >= LEAST_ROWS_OF_TERM);
  if (rows.count < LEAST_ROWS || active.length === 0) return result;
  result.ran = true;

  const { weights, solution, target, term } = reweightedFit(rows, growth, active, options, noisy);
  const chosen = active
    .map((_, i) => i)
    .filter((i) => solution[i]! > 0 || (options.unselected && active[i]! < columns));
  if (chosen.length === 0) return result;
  const chosenTerms = chosen.map(term);
  const columnOf = (unknown: number) => active[chosen[unknown]!]!;
  const groups = blockGroups(rows.life);
  const equations = groupedEquations(chosenTerms, target, weights, groups, options.unselected);
  if (options.unselected) addUnselected(result, equations, rows, weights, target, chosenTerms, columnOf);
  const positive = chosen.map((_, unknown) => unknown).filter((unknown) => solution[chosen[unknown]!]! > 0);
  for (const { unknown, value, error } of eliminate(equations, positive)) {
    const column = columnOf(unknown);
    if (column >= columns) result.plateau[column - columns] = value;
    else {
      result.leaked[column] = value;
      result.leakedError[column] = error;
    }
  }
  return result;
}

function emptyFit(columns: number, options: FitOptions): Fit {
  const numbers = () => new Float64Array(columns);
  return {
    options,
    ran: false,
    leaked: numbers(),
    leakedError: numbers(),
    plateau: numbers(),
    unselected: numbers(),
    unselectedError: numbers(),
    agreeing: new Int32Array(columns),
    judged: new Int32Array(columns),
    residualDeviation: 0,
  };
}

interface ReweightedFit {
  weights: Column;
  solution: Float64Array;
  /** Growth and a term, filtered, without what the triggers explain. */
  target: Column;
  term: (index: number) => Column;
}

/** Iteratively reweighted non-negative least squares. */
function reweightedFit(
  rows: Rows,
  growth: Column,
  active: readonly number[],
  options: FitOptions,
  noisy: RowGroups,
): ReweightedFit {
  const { life } = rows;
  const filtered = (column: Column) => fadingSum(column, life, options.theta);
  const raw = [...rows.calls, ...rows.ages];
  const target = filtered(growth);
  const terms = active.map((i) => filtered(raw[i]!));
  const triggers = options.triggers ? rows.calls.map((column) => filtered(difference(column, life))) : [];
  const columns = [...triggers, ...terms, target];
  const every = active.map((_, i) => i);
  const noise = new VarianceModel(varianceColumns(rows, options.theta), noisy);
  let weights = huberWeights(target, localScale(target, life), FIRST_HUBER_LIMIT);
  for (let round = 1; ; round++) {
    const { equations, coefficients } = partialOut(gram(columns, weights), columns.length, triggers.length);
    const solution = nonNegativeLeastSquares(equations, every);
    const ofTarget = coefficients[terms.length]!;
    if (round === ROUNDS) {
      const term = (index: number) => without(terms[index]!, triggers, coefficients[index]!);
      return { weights, solution, target: without(target, triggers, ofTarget), term };
    }
    const ofTriggers = ofTarget.map((coefficient, trigger) =>
      every.reduce((left, i) => left - solution[i]! * coefficients[i]![trigger]!, coefficient),
    );
    const residuals = without(target, [...triggers, ...terms], [...ofTriggers, ...solution]);
    weights = huberWeights(residuals, noise.scale(residuals), HUBER_LIMIT);
  }
}

function addUnselected(
  result: Fit,
  equations: GroupedEquations,
  rows: Rows,
  weights: Column,
  target: Column,
  terms: readonly Column[],
  columnOf: (unknown: number) => number,
): void {
  const every = terms.map((_, unknown) => unknown);
  const values = solvePicked(equations.matrix, equations.order, equations.vector, every);
  const errors = jackknifeErrors(equations, every, values);
  const residuals = without(target, terms, values);
  result.residualDeviation = Math.sqrt(mean(residuals.map((residual) => residual * residual)));
  for (const unknown of every) {
    const column = columnOf(unknown);
    const calls = rows.calls[column];
    if (calls === undefined) continue;
    const value = values[unknown]!;
    result.unselected[column] = value;
    result.unselectedError[column] = errors[unknown]!;
    if (!(value > 0)) continue;
    const { agreeing, judged } = agreement(rows.life, weights, calls, terms[unknown]!, value, residuals);
    result.agreeing[column] = agreeing;
    result.judged[column] = judged;
  }
}
