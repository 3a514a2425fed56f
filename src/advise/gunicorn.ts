/** gunicorn's settings: each worker draws its limit, max_requests + randint(0, max_requests_jitter), when it starts. */
import { formatCount } from '../term/units.ts';
import type { ServerAdvice, Setting } from './advice.ts';
import { costOf, type LifeRule } from './cost.ts';
import { type Plan, SPREAD } from './plan.ts';

export function gunicornAdvice({ cap, budget, rate }: Plan): ServerAdvice {
  const jitter = budget.workers === 1 ? 0 : Math.floor(SPREAD * cap.value);
  const least = cap.value - jitter;
  const less = jitter > 0 ? ` - ${formatCount(jitter)} for the jitter = ${formatCount(least)}` : '';
  const settings: Setting[] = [
    {
      name: 'max_requests',
      line: `--max-requests ${least}`,
      value: least,
      unit: 'requests',
      arithmetic: cap.arithmetic + less,
    },
  ];
  if (jitter > 0)
    settings.push({
      name: 'max_requests_jitter',
      line: `--max-requests-jitter ${jitter}`,
      value: jitter,
      unit: 'requests',
      arithmetic: `a fifth of ${formatCount(cap.value)}: a worker draws from ${formatCount(least)} to ${formatCount(cap.value)}`,
    });
  const rules = (width: number): LifeRule[] =>
    Array.from({ length: budget.workers }, () => ({
      requests: (random) => cap.value - width + random.integer(width + 1),
      seconds: Number.POSITIVE_INFINITY,
      leastSeconds: 0,
    }));
  return {
    server: 'gunicorn',
    versions: 'from 19.2 on',
    settings,
    cost: costOf(rules(jitter), rules(0), rate?.requestsPerSecondPerWorker ?? null),
  };
}
