/**
 * Takes out of a column what other columns explain of it by weighted least squares, with coefficients of either sign
 * (Frisch & Waugh 1933, Lovell 1963): fitting what is left gives the same coefficients as fitting all columns together.
 */
import { type Column, dots, product, without } from './columns.ts';
import { factorise, solveFactorised } from './linear-algebra.ts';
import { addRidge, normalEquations } from './normal-equations.ts';

export function partialOut(nuisance: readonly Column[], weights: Column): (column: Column) => Column {
  const order = nuisance.length;
  const weighted = nuisance.map((column) => product(column, weights));
  const equations = normalEquations(nuisance, new Float64Array(weights.length), weights);
  addRidge(equations);
  const factor = factorise(equations.matrix, order);
  const sums = new Float64Array(order);
  return (column) => {
    dots(weighted, order, column, sums);
    return without(column, nuisance, solveFactorised(factor, order, sums));
  };
}
