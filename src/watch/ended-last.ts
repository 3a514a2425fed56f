/** Which workers ended last: the report has them in the order of their names. */
import type { Evidence } from '../attribute/evidence.ts';

/** Names of the workers that have ended, the last one last; without times in the order of their first requests. */
export function endedLast({ workers }: Pick<Evidence, 'workers'>): string[] {
  return workers
    .filter(({ ended }) => ended !== null)
    .sort((a, b) => (a.lastTime ?? 0) - (b.lastTime ?? 0))
    .map(({ name }) => name);
}
