/**
 * What lasts of the growth in a route's own requests. A route whose calls leak more than the noise shows it there directly:
 * the same mean step, however long the pause since its call before. A route that refills what others freed, or a cache,
 * steps more the longer the pause was. They are summed by src/wasm/assembly/life/own-steps.ts.
 */

/** Sums over calls: how many, step, step squared, pause, pause squared, pause times step. Bytes and requests. */
export type OwnSums = [calls: number, step: number, step2: number, pause: number, pause2: number, pauseStep: number];

export function addSums(into: OwnSums, from: OwnSums): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}
