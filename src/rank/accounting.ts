/**
 * Where the growth went: growth = leaked + plateau + unexplained + unattributed, for the whole log; and for each followed
 * worker, growth = leaked + plateau + unexplained.
 */
import type { Evidence, RouteEvidence } from '../attribute/evidence.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import type { Finding } from '../estimate/finding.ts';
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

export function accountFor(
  evidence: Evidence,
  routes: readonly RouteEvidence[],
  lives: readonly { worker: string; life: LifeEvidence }[],
  findings: readonly Finding[],
): Accounting {
  const growthBytes = sum(evidence.workers, (worker) =>
    worker.lastBytes < 0 ? 0 : worker.lastBytes - worker.firstBytes,
  );
  const leakedBytes = sum(findings, (finding) => finding.leakedBytes);
  const plateauBytes = sum(findings, (finding) => finding.plateauBytes);
  const unexplainedBytes = growthBytes - leakedBytes - plateauBytes - evidence.unattributed.netBytes;
  return { growthBytes, leakedBytes, plateauBytes, unexplainedBytes, workers: workerAccounts(routes, lives, findings) };
}

/** A route's plateau is shared among the workers as the model has it: by the logarithm of its calls in each. */
function workerAccounts(
  routes: readonly RouteEvidence[],
  lives: readonly { worker: string; life: LifeEvidence }[],
  findings: readonly Finding[],
): Map<string, Account> {
  const calls = lives.map(({ life }) => callsOf(life));
  const ages = new Float64Array(routes.length);
  for (const life of calls) for (const [route, count] of life) ages[route]! += Math.log2(1 + count);
  const accounts = new Map<string, Account>();
  for (const [i, { worker, life }] of lives.entries()) {
    let leakedBytes = 0;
    let plateauBytes = 0;
    for (const [route, count] of calls[i]!) {
      const finding = findings[route]!;
      // From the total, so that the workers' shares add up to it.
      leakedBytes += (finding.leakedBytes * count) / Math.max(1, routes[route]!.calls);
      plateauBytes += (finding.plateauBytes * Math.log2(1 + count)) / ages[route]!;
    }
    const growthBytes = life.lastBytes - life.firstBytes;
    const unexplainedBytes = growthBytes - Math.round(leakedBytes) - Math.round(plateauBytes);
    accounts.set(worker, {
      growthBytes,
      leakedBytes: Math.round(leakedBytes),
      plateauBytes: Math.round(plateauBytes),
      unexplainedBytes,
    });
  }
  return accounts;
}

function callsOf(life: LifeEvidence): Map<number, number> {
  const calls = new Map<number, number>();
  for (const pairs of [life.tail, ...life.floors.map((floor) => floor.calls)]) {
    for (let i = 0; i < pairs.length; i += 2) calls.set(pairs[i]!, (calls.get(pairs[i]!) ?? 0) + pairs[i + 1]!);
  }
  return calls;
}
