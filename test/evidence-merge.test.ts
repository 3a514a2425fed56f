/**
 * Parts of a log by worker, merged, give the report of one pass. Exempt are: `inputs` (there are more of them, with blank last
 * lines of their own), the order of `workers`, `restarts` (which worker took whose place is known from slots, and those go
 * to one part), how a worker ended (a word about a slot may be in another part), `examples` (the first two seen), and where
 * the largest growth is (its line, and which one it is of several that are equal); its size is not. So are the figures of a
 * hint at a query: of a route's first requests in each part the query is not known.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from '../src/attribute/evidence.ts';
import { MAX_LIVES } from '../src/attribute/followed-lives.ts';
import { mergeEvidence } from '../src/attribute/merge.ts';
import type { Report } from '../src/index.ts';
import { simulatedCase } from './calibrate/simulated-case.ts';
import { evidenceFrom, reportFrom } from './support/evidence.ts';
import { fixture } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { splitByWorker } from './support/split-log.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';
import { writtenAndRead } from './support/written-evidence.ts';

function comparable(report: Report) {
  const { inputs: _, routes, workers, totals, ...rest } = report;
  return {
    ...rest,
    totals: { ...totals, restarts: 0 },
    routes: routes.map(({ split, ...route }) => ({
      ...route,
      examples: [],
      largestGrowth: null,
      split: split && { by: split.by, value: split.value },
    })),
    workers: workers
      .map((worker) => ({ ...worker, ended: null }))
      .sort((a, b) => (a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : 0)),
  };
}

const partsOf = (log: string, parts: number) =>
  Promise.all(splitByWorker(log, parts).map((part) => evidenceFrom(part)));
const merged = ([first, ...rest]: readonly Evidence[]) => mergeEvidence(first!, ...rest);

async function assertSame(log: string, counts: readonly number[]): Promise<void> {
  const whole = comparable(reportFrom(await evidenceFrom(log)));
  for (const count of counts) {
    const parts = await partsOf(log, count);
    assert.deepEqual(comparable(reportFrom(merged(parts))), whole, `${count} parts`);
    assert.deepEqual(comparable(reportFrom(merged(parts.toReversed()))), whole, `${count} parts, last first`);
    if (count > 2) {
      const nested = mergeEvidence(merged(parts.slice(2)), merged(parts.slice(0, 2)));
      assert.deepEqual(comparable(reportFrom(nested)), whole, `${count} parts, two at a time`);
    }
  }
}

for (const lab of ['a', 'b2', 'n']) {
  test(`lab ${lab} in parts gives the report of one pass`, async () => {
    await assertSame(fixture(`lab-${lab}.log.gz`).toString(), [2, 3, 5]);
  });
}

test('any log in parts gives the report of one pass', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), fc.constantFrom(2, 3, 5), async (log, count) => {
      await assertSame(log, [count]);
    }),
    { numRuns: 40 },
  );
});

test('simulated servers in parts give the report of one pass', async () => {
  for (const seed of [1, 4, 10, 11]) {
    await assertSame(simulatedCase(seed, { requests: 3000, routes: 12 }).log.toString(), [3]);
  }
});

test('evidence can be written as JSON and read again', async () => {
  for (const log of [fixture('lab-n.log.gz'), fixture('lab-b2.log.gz'), fixture('samples/http-socket-odd-uris.log')]) {
    const evidence = await evidenceFrom(log);
    const read = writtenAndRead(evidence);
    assert.deepEqual(read, evidence);
    assert.deepEqual(reportFrom(read), reportFrom(evidence));
  }
});

test('the evidence of any log can be written as JSON and read again', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), async (log) => {
      const evidence = await evidenceFrom(log);
      assert.deepEqual(writtenAndRead(evidence), evidence);
    }),
    { numRuns: 40 },
  );
});

test('merging leaves the parts as they were', async () => {
  const parts = await partsOf(fixture('lab-b2.log.gz').toString(), 3);
  const before = JSON.stringify(parts);
  reportFrom(merged(parts));
  assert.equal(JSON.stringify(parts), before);
});

test('evidence of different memory figures is refused', async () => {
  const log = `${uwsgiLine({ memoryReport: 2 })}\n`;
  const rss = await evidenceFrom(log, { metric: 'rss' });
  const pss = await evidenceFrom(log, { metric: 'pss' });
  assert.throws(() => mergeEvidence(rss, pss), /the evidence of rss and of pss cannot be added.*--metric/);
});

test('too many lives are sampled, the same ones from parts as from one pass', async () => {
  const many = await evidenceFrom(tinyLives(10, MAX_LIVES + 700));
  const followed = ({ workers }: Evidence) => workers.flatMap(({ name, life }) => (life ? [name] : [])).sort();
  assert.equal(followed(many).length, MAX_LIVES);
  const parts = await partsOf(tinyLives(10, MAX_LIVES + 700), 3);
  assert.deepEqual(followed(merged(parts)), followed(many));
  assert.deepEqual(followed(merged(parts.toReversed())), followed(many));
  assert.deepEqual(comparable(reportFrom(merged(parts))), comparable(reportFrom(many)));
});

function tinyLives(requests: number, workers: number): string {
  const lines: string[] = [];
  let total = 0;
  for (let own = 1; own <= requests; own++) {
    for (let pid = 1; pid <= workers; pid++) {
      const rss = 40_960_000 + 4096 * ((own * pid) % 7);
      lines.push(
        `{address space usage: ${rss} bytes/90MB} {rss usage: ${rss} bytes/40MB} [pid: ${pid}|app: 0|req: ${own}/${++total}] 127.0.0.1 () {30 vars in 400 bytes} [Mon Nov 23 20:50:35 2026] GET /r${'abcde'[(own + pid) % 5]} => generated 10 bytes in 4 msecs (HTTP/1.1 200) 2 headers in 64 bytes (1 switches on core 0)`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
