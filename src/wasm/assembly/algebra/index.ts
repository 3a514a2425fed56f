/** AssemblyScript, compiled to algebra.wasm: the arithmetic of estimates. See ../../algebra.ts for who calls it. */
export { factorise, solve } from './cholesky';
export { gram } from './gram';
export { jackknife } from './jackknife';
export { nonNegativeLeastSquares } from './nnls';
export { partialOut } from './partial-out';
