import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../src/index.ts';
import { fixture } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { naiveSums } from './support/naive.ts';
import { reportOf } from './support/report.ts';

function assertTwins(log: Buffer, report: Report): void {
  const naive = naiveSums(log);
  const actual = new Map(
    report.routes.map((route) => [
      route.route,
      {
        calls: route.calls,
        gross: route.grossGrowthBytes,
        net: route.netGrowthBytes,
        highWater: route.highWaterBytes,
        growthCalls: route.growthCalls,
        largest: route.largestGrowthBytes,
      },
    ]),
  );
  assert.deepEqual(actual, naive.routes);
  const { growthBytes, highWaterBytes, unattributedBytes, unattributedHighWaterBytes } = report.totals;
  assert.deepEqual(
    { growthBytes, highWaterBytes, unattributedBytes, unattributedHighWaterBytes },
    {
      growthBytes: naive.growth,
      highWaterBytes: naive.highWater,
      unattributedBytes: naive.unattributed,
      unattributedHighWaterBytes: naive.unattributedHighWater,
    },
  );
}

for (const lab of ['a', 'b2', 'i', 'n']) {
  test(`the sums of lab ${lab} are those of the naive twin`, async () => {
    const log = fixture(`lab-${lab}.log.gz`);
    assertTwins(log, await reportOf(log));
  });
}

test('the sums of any log are those of the naive twin', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), async (text) => {
      const log = Buffer.from(text);
      assertTwins(log, await reportOf(log));
    }),
  );
});

test('the largest growth of every route of lab n stands at the line it names', async () => {
  const log = fixture('lab-n.log.gz');
  const lines = log.toString().split('\n');
  const report = await reportOf(log);
  let named = 0;
  for (const { largestGrowth, largestGrowthBytes } of report.routes) {
    if (largestGrowth === null) {
      assert.equal(largestGrowthBytes, 0);
      continue;
    }
    named++;
    const line = lines[largestGrowth.line - 1]!;
    assert.ok(line.includes(`{rss usage: ${largestGrowth.afterBytes} bytes/`), line);
    assert.ok(line.includes(`[pid: ${largestGrowth.worker}|`), line);
    assert.ok(line.includes(`] ${largestGrowth.method} ${largestGrowth.uri} => generated `), line);
    assert.ok(line.includes(` ${largestGrowth.status}) `), line);
    const [day, clock] = largestGrowth.time!.split('T');
    assert.ok(line.includes(` ${clock} ${day!.slice(0, 4)}] `), line);
    assert.equal(largestGrowth.afterBytes - largestGrowth.beforeBytes, largestGrowthBytes);
  }
  assert.ok(named > 3);
});
