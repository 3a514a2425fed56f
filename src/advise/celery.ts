/**
 * Celery's settings, for the prefork pool: a child ends after exactly so many tasks, without jitter, or after a task once its
 * peak since the fork (ru_maxrss, not its present size) is above so many KiB.
 */
import { formatBytes, formatCount } from '../term/units.ts';
import type { ServerAdvice, Setting } from './advice.ts';
import { costOf, type LifeRule } from './cost.ts';
import type { Plan, Warned } from './plan.ts';

const KIB = 1024;
const NO_JITTER =
  'Celery has no jitter: children that started together end close together, as far as they get equally many tasks.';

export function celeryAdvice({ cap, budget, worker, rate }: Plan): Warned<ServerAdvice> {
  const honest = worker.largestSettledBytes + worker.peakAboveLineBytes;
  const kib = Math.floor(budget.targetBytes / KIB);
  const settings: Setting[] = [
    {
      name: 'worker_max_tasks_per_child',
      line: `worker_max_tasks_per_child = ${cap.value}`,
      value: cap.value,
      unit: 'tasks',
      arithmetic: cap.arithmetic.replaceAll('per request', 'per task'),
    },
    {
      name: 'worker_max_memory_per_child',
      line: `worker_max_memory_per_child = ${kib}`,
      value: kib,
      unit: 'KiB',
      arithmetic: `the ${formatBytes(budget.targetBytes)} of above = ${formatCount(kib)} KiB: a net, above the ${formatBytes(honest)} of the largest task without the leak`,
    },
  ];
  const rules = Array.from(
    { length: budget.workers },
    (): LifeRule => ({
      requests: () => cap.value,
      seconds: Number.POSITIVE_INFINITY,
      leastSeconds: 0,
    }),
  );
  const message =
    'Celery holds worker_max_memory_per_child against the peak of a child, also within a task; this log has its size after each task. Where a task borrows more than that for a moment, raise it above the largest task: otherwise every such task ends its child.';
  return {
    advice: {
      server: 'celery',
      versions: 'prefork pool, from 4.0 on',
      settings,
      cost: costOf(rules, rules, rate?.requestsPerSecondPerWorker ?? null),
    },
    warnings: [
      { code: 'peak-of-tasks', message },
      ...(budget.workers > 1 ? [{ code: 'no-spread' as const, message: NO_JITTER }] : []),
    ],
  };
}
