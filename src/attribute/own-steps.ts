/**
 * What lasts of the growth in a route's own requests. A route whose calls leak more than the noise shows it there directly:
 * the same mean step, however long the pause since its call before. A route that refills what others freed, or a cache,
 * steps more the longer the pause was. They are summed by src/wasm/assembly/life/own-steps.ts.
 */

/** Sums over calls: how many, step, step squared, pause, pause squared, pause times step. Bytes and requests. */
export type OwnSums = [calls: number, step: number, step2: number, pause: number, pause2: number, pauseStep: number];

/** Of each route its sums, one behind the other in columns: a log has tens of thousands of them. */
export interface OwnTable {
  routes: Int32Array;
  /** OWN_SUMS numbers per route, in the order of {@link OwnSums}. */
  sums: Float64Array;
}

export const OWN_SUMS = 6;

export const NO_OWN_STEPS: OwnTable = { routes: new Int32Array(0), sums: new Float64Array(0) };

export function ownRows({ routes, sums }: OwnTable): [route: number, sums: OwnSums][] {
  return Array.from(routes, (route, i) => [route, sumsAt(sums, i)]);
}

export function ownTableOf(rows: readonly (readonly [route: number, sums: OwnSums])[]): OwnTable {
  return {
    routes: Int32Array.from(rows, ([route]) => route),
    sums: Float64Array.from(rows.flatMap(([, sums]) => sums)),
  };
}

/** The sums of row `i`. */
export function sumsAt(sums: Float64Array, i: number): OwnSums {
  const at = i * OWN_SUMS;
  return [sums[at]!, sums[at + 1]!, sums[at + 2]!, sums[at + 3]!, sums[at + 4]!, sums[at + 5]!];
}

export function addSums(into: OwnSums, from: OwnSums): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}
