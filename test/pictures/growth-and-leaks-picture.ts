/** Per route of a log whose leaks are known: what it leaked, what its requests grew by, and what leakrank estimates. */
import { readFileSync } from 'node:fs';
import { analyze } from '../../src/index.ts';
import { fixturePath } from '../support/fixtures.ts';
import { barChart } from './bars.ts';

interface Truth {
  routes: Record<string, { match: string; class: string; true_total_leaked: number }>;
}

const NOTES: Readonly<Record<string, string>> = {
  leak: 'leaks',
  bloat: 'borrows and returns',
  warmup: 'imports once per worker',
};
const LEAST_BYTES = 6 * 2 ** 20;

export const PICTURE = fixturePath('../pictures/growth-and-leaks.svg');

export async function growthAndLeaks(): Promise<string> {
  const truth = JSON.parse(readFileSync(fixturePath('lab-a.truth.json'), 'utf8')) as Truth;
  const report = await analyze(fixturePath('lab-a.log.gz'));
  const routes = Object.values(truth.routes).flatMap(({ match, class: kind, true_total_leaked: leaked }) => {
    const found = report.routes.find(({ route }) => new RegExp(match).test(route));
    if (!found || Math.max(leaked, found.grossGrowthBytes) < LEAST_BYTES) return [];
    return [{ name: found.route, note: NOTES[kind] ?? kind, leaked, found }];
  });
  routes.sort((a, b) => b.leaked - a.leaked || b.found.grossGrowthBytes - a.found.grossGrowthBytes);
  return barChart({
    title: 'Who grows, and who leaks',
    subtitle: 'A test server whose leaks are known: 20,000 requests',
    groups: routes.map(({ name, note, leaked, found }) => ({
      name,
      note,
      bars: [
        { label: 'leaked', bytes: leaked, none: 'nothing', colour: '#24292f' },
        { label: 'growth', bytes: found.grossGrowthBytes, none: 'none', colour: '#e08a1e' },
        { label: 'estimate', bytes: found.leakedBytes, none: 'no leak shown', colour: '#0969da' },
      ],
    })),
  });
}
