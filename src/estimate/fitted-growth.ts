/** What the estimate explains of each life's growth; the rest of it is unexplained. */
import type { LifeEvidence } from '../attribute/life.ts';
import { callsOfLife } from './route-totals.ts';

export interface FittedGrowth {
  /** Leaked in this life: bytes per call times calls, over all routes, also those that can't be told apart. */
  leakedBytes: number;
  plateauBytes: number;
}

/** Both rates per route: bytes per call, and bytes per doubling of the calls in a life. */
export function fittedGrowth(life: LifeEvidence, leaked: Float64Array, plateau: Float64Array): FittedGrowth {
  let leakedBytes = 0;
  let plateauBytes = 0;
  const { size, keys, amounts } = callsOfLife(life);
  for (let i = 0; i < size; i++) {
    leakedBytes += leaked[keys[i]!]! * amounts[i]!;
    plateauBytes += plateau[keys[i]!]! * Math.log2(1 + amounts[i]!);
  }
  return { leakedBytes: Math.round(leakedBytes), plateauBytes: Math.round(plateauBytes) };
}
