/** Where the growth of each followed worker went: growth = leaked + plateau + unexplained; and what all grew by. */
import type { Evidence } from '../attribute/evidence.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import type { FittedGrowth } from '../estimate/fitted-growth.ts';
import { sum } from './sum.ts';

export interface Account {
  leakedBytes: number;
  plateauBytes: number;
  unexplainedBytes: number;
}

export interface Accounting {
  growthBytes: number;
  /** By the workers' names. */
  workers: Map<string, Account>;
}

/** @param lives followed workers, and what the estimate explains of each one's growth. */
export function accountFor(
  evidence: Evidence,
  lives: readonly { worker: string; life: LifeEvidence; fitted: FittedGrowth }[],
): Accounting {
  const growthBytes = sum(evidence.workers, (worker) =>
    worker.lastBytes < 0 ? 0 : worker.lastBytes - worker.firstBytes,
  );
  const workers = lives.map(({ worker, life, fitted }): [string, Account] => {
    const { leakedBytes, plateauBytes } = fitted;
    const unexplainedBytes = life.lastBytes - life.firstBytes - leakedBytes - plateauBytes;
    return [worker, { leakedBytes, plateauBytes, unexplainedBytes }];
  });
  return { growthBytes, workers: new Map(workers) };
}
