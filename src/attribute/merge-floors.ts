/**
 * Floors made fewer. A life that is followed does the same in src/wasm/assembly/life/floors.ts, with the calls of one process,
 * packed by small numbers of its own; here are columns that may come from a file or another host, of any routes and amounts.
 */
import type { Floors } from './life.ts';
import { addRows, PairRows } from './pair-rows.ts';
import type { Pairs } from './pairs.ts';
import { Tally } from './tally.ts';

/**
 * Makes one floor of every `group` neighbours: the lowest, the last of equals.
 * @returns also the calls behind the last of them, which lie before no floor any more.
 */
export function mergeFloors(floors: Floors, group: number): { merged: Floors; behind: Pairs } {
  const { bytes, positions, calls, steps } = floors;
  const kept: number[] = [];
  const callRows = new PairRows(calls);
  const stepRows = new PairRows(steps);
  const callsSince = new Tally();
  const stepsSince = new Tally();
  for (let from = 0; from < bytes.length; from += group) {
    const to = Math.min(from + group, bytes.length);
    let lowest = from;
    for (let i = from + 1; i < to; i++) if (bytes[i]! <= bytes[lowest]!) lowest = i;
    kept.push(lowest);
    addRows(callsSince, calls, from, lowest + 1);
    addRows(stepsSince, steps, from, lowest + 1);
    callRows.push(callsSince);
    stepRows.push(stepsSince);
    addRows(callsSince, calls, lowest + 1, to);
    addRows(stepsSince, steps, lowest + 1, to);
  }
  const merged = {
    bytes: Float64Array.from(kept, (i) => bytes[i]!),
    positions: Int32Array.from(kept, (i) => positions[i]!),
    calls: callRows.table(),
    steps: stepRows.table(),
  };
  return { merged, behind: callsSince.pairs() };
}
