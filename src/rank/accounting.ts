/**
 * Where the growth went: growth = leaked + plateau + unexplained + unattributed, for the whole log; and for each followed
 * worker, growth = leaked + plateau + unexplained.
 */
import type { Evidence } from '../attribute/evidence.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import type { Finding } from '../estimate/finding.ts';
import type { FittedGrowth } from '../estimate/fitted-growth.ts';
import { sum } from './sum.ts';

export interface Account {
  growthBytes: number;
  leakedBytes: number;
  plateauBytes: number;
  unexplainedBytes: number;
}

export interface Accounting extends Account {
  /** By the workers' names. */
  workers: Map<string, Account>;
}

/** @param lives followed workers, and what the estimate explains of each one's growth. */
export function accountFor(
  evidence: Evidence,
  findings: readonly Finding[],
  lives: readonly { worker: string; life: LifeEvidence; fitted: FittedGrowth }[],
): Accounting {
  const growthBytes = sum(evidence.workers, (worker) =>
    worker.lastBytes < 0 ? 0 : worker.lastBytes - worker.firstBytes,
  );
  const leakedBytes = sum(findings, (finding) => finding.leakedBytes);
  const plateauBytes = sum(findings, (finding) => finding.plateauBytes);
  const unexplainedBytes = growthBytes - leakedBytes - plateauBytes - evidence.unattributed.netBytes;
  const workers = lives.map(({ worker, life, fitted }): [string, Account] => {
    const growth = life.lastBytes - life.firstBytes;
    const { leakedBytes: leaked, plateauBytes: plateau } = fitted;
    return [
      worker,
      { growthBytes: growth, leakedBytes: leaked, plateauBytes: plateau, unexplainedBytes: growth - leaked - plateau },
    ];
  });
  return { growthBytes, leakedBytes, plateauBytes, unexplainedBytes, workers: new Map(workers) };
}
