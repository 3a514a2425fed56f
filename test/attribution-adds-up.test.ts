import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnalyzeOptions, Report } from '../src/index.ts';
import { fixture, LABS } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { reportOf } from './support/report.ts';

function assertAddsUp({ routes, totals, workers }: Report): void {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  assert.equal(
    sum(routes.map((r) => r.highWaterBytes)) + totals.unattributedHighWaterBytes + totals.leftOutHighWaterBytes,
    totals.highWaterBytes,
  );
  assert.equal(
    totals.leakedBytes + totals.plateauBytes + totals.unexplainedBytes + totals.unattributedBytes,
    totals.growthBytes,
  );
  assert.equal(
    sum(routes.map((r) => r.netGrowthBytes)) + totals.unattributedBytes + totals.leftOutBytes,
    totals.growthBytes,
  );
  assert.equal(sum(workers.map((w) => (w.peakBytes ?? 0) - (w.firstBytes ?? 0))), totals.highWaterBytes);
  assert.equal(sum(workers.map((w) => (w.lastBytes ?? 0) - (w.firstBytes ?? 0))), totals.growthBytes);
  assert.equal(workers.length, totals.workers);
}

const CHOICES: AnalyzeOptions[] = [
  {},
  { metric: 'vsz' },
  { group: false },
  { status: ['5xx'] },
  { method: ['POST', 'OPTIONS'] },
  { match: ['leak', 'users'] },
  { exclude: ['leak', '^/$'] },
  { maxRoutes: 2 },
  { since: '2026-11-23T20:10' },
  { until: '2026-11-23T20:40:30' },
  { since: '2026-11-23T20:10', until: '2026-11-23T20:40', status: ['200-299'], match: ['a'] },
];

for (const name of LABS) {
  test(`routes and the unattributed rest of ${name} add up to the growth of its workers`, async () => {
    assertAddsUp(await reportOf(fixture(name)));
  });
}

for (const options of CHOICES) {
  test(`routes and the rest add up to the growth of the workers with ${JSON.stringify(options)}`, async () => {
    await fc.assert(
      fc.asyncProperty(logs({ gaps: true }), async (log) => assertAddsUp(await reportOf(log, options))),
      { numRuns: 50 },
    );
  });
}

test('routes that are left out do not change the sums of the others', async () => {
  const log = fixture('lab-n.log.gz');
  const [all, chosen] = await Promise.all([reportOf(log), reportOf(log, { exclude: ['big'] })]);
  const plain = ({ routes }: Report) => routes.map(({ rank, ...route }) => route);
  assert.ok(chosen.routes.length < all.routes.length);
  assert.deepEqual(
    plain(chosen),
    plain(all).filter(({ route }) => !route.includes('big')),
  );
});
