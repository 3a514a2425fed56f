/** Which memory figure is followed, and figures that are no sizes of a process: differences and peaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeEvidence } from '../src/attribute/merge.ts';
import { analyze } from '../src/index.ts';
import { evidenceFrom, reportFrom } from './support/evidence.ts';
import { print } from './support/print.ts';
import { assertValid } from './support/report-schema.ts';

const json = (fields: object) => `${JSON.stringify(fields)}\n`;
const MIB = 2 ** 20;

async function reportOf(log: string, options = {}) {
  const report = reportFrom(await evidenceFrom(log, options), options);
  assertValid(report);
  return report;
}

test('the first of rss, pss, uss, vsz, heap that a worker logs is followed, and the report says which', async () => {
  for (const [fields, metric] of [
    [{ rss: 50 * MIB, vsz: 90 * MIB, heapUsed: 9 * MIB }, 'rss'],
    [{ pss: 50 * MIB, vsz: 90 * MIB }, 'pss'],
    [{ vsz: 50 * MIB, heapUsed: 9 * MIB }, 'vsz'],
    [{ mem: { heapUsed: 50 * MIB } }, 'heap'],
  ] as const) {
    const report = await reportOf(json({ pid: 1, url: '/a', ...fields }));
    assert.equal(report.inputs[0]!.metric, metric);
    assert.equal(report.workers[0]!.firstBytes, 50 * MIB);
  }
});

test('each worker keeps to its figure', async () => {
  const log =
    json({ pid: 1, url: '/a', vsz: 90 * MIB }) +
    json({ pid: 2, url: '/a', rss: 50 * MIB }) +
    json({ pid: 1, url: '/a', vsz: 91 * MIB, rss: 10 * MIB });
  const report = await reportOf(log);
  assert.deepEqual(
    report.workers.map(({ worker, firstBytes, lastBytes }) => [worker, firstBytes, lastBytes]),
    [
      ['1', 90 * MIB, 91 * MIB],
      ['2', 50 * MIB, 50 * MIB],
    ],
  );
});

test('--metric is strict', async () => {
  const log = [JSON.stringify({ pid: 1, url: '/a', vsz: 90 * MIB })];
  await assert.rejects(analyze([log], { metric: 'rss' }), /1 request line, but no rss in these lines/);
  assert.equal((await analyze([log], { metric: 'vsz' })).inputs[0]!.metric, 'vsz');
});

test('differences add up to a level per worker; their sums are the growth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          pid: fc.integer({ min: 1, max: 3 }),
          url: fc.constantFrom('/a', '/b'),
          rss_delta: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        }),
        { minLength: 1, maxLength: 60 },
      ),
      async (requests) => {
        const report = await reportOf(requests.map(json).join(''));
        const sum = (some: typeof requests) => some.reduce((total, { rss_delta }) => total + rss_delta, 0);
        assert.equal(report.totals.growthBytes, sum(requests));
        for (const { route, netGrowthBytes, calls } of report.routes) {
          const own = requests.filter(({ url }) => url === route);
          assert.deepEqual([calls, netGrowthBytes], [own.length, sum(own)]);
        }
        for (const { worker, firstBytes, lastBytes } of report.workers) {
          const own = requests.filter(({ pid }) => String(pid) === worker);
          assert.deepEqual([firstBytes, lastBytes], [0, sum(own)]);
        }
        assert.deepEqual(
          report.warnings.map(({ code }) => code),
          ['deltas'],
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('--field delta takes precedence over a size', async () => {
  const log = json({ pid: 1, url: '/a', rss: MIB, d: 3 }) + json({ pid: 1, url: '/a', rss: 9 * MIB, d: -1 });
  const report = await reportOf(log, { field: ['delta=d:KiB'] });
  assert.equal(report.totals.growthBytes, 2048);
});

test('peaks are ranked, never subtracted', async () => {
  const line = (uri: string, kilo: number, pid = 7) =>
    `127.0.0.1 -  23/Nov/2026:21:04:09 +0000 "GET ${uri}" 200 /srv/a.php pid=${pid} kilo=${kilo}\n`;
  const log = line('/a', 4096) + line('/b', 2048) + line('/b', 8192) + line('/a', 2048, 8);
  const report = await reportOf(log);
  assert.deepEqual(
    report.routes.map(({ route, calls, verdict, largestPeakBytes, meanPeakBytes, grossGrowthBytes, leakedBytes }) => [
      route,
      calls,
      verdict,
      largestPeakBytes,
      meanPeakBytes,
      grossGrowthBytes + leakedBytes,
    ]),
    [
      ['/b', 2, 'unclear', 8 * MIB, 5 * MIB, 0],
      ['/a', 2, 'unclear', 4 * MIB, 3 * MIB, 0],
    ],
  );
  assert.match(report.routes[0]!.reason, /cannot show what a call keeps/);
  assert.equal(report.totals.growthBytes, 0);
  assert.deepEqual(
    report.workers.map(({ firstBytes, peakBytes }) => [firstBytes, peakBytes]),
    [
      [null, 8 * MIB],
      [null, 2 * MIB],
    ],
  );
  assert.deepEqual(
    report.warnings.map(({ code }) => code),
    ['peaks-only'],
  );
  const markdown = await print('markdown', report);
  assert.match(markdown, /\| unclear \| `\/b` \| 8\.00 MiB \| 5\.00 MiB \| 2 \|\n/);
  assert.doesNotMatch(markdown, /triggered|grew by/);
  assert.match(await print('prometheus', report), /^leakrank_route_largest_peak_bytes\{route="\/b"\} 8388608$/m);
  const page = await print('html', report);
  assert.match(page, /<th[^>]*><button[^>]*>Mean peak<\/button><\/th>/);
  assert.doesNotMatch(page, /<button[^>]*>Leaked<\/button>/);
  const [first, second] = await Promise.all([
    evidenceFrom(log.slice(0, log.lastIndexOf('127.'))),
    evidenceFrom(log.slice(log.lastIndexOf('127.'))),
  ]);
  const { inputs: _, workers: __, ...whole } = report;
  const { inputs: ___, workers: ____, ...parts } = reportFrom(mergeEvidence(first, second));
  assert.deepEqual({ ...parts, totals: whole.totals }, whole);
});

test('a route that the log names is that name, whatever it looks like', async () => {
  const lines = Array.from({ length: 400 }, (_, i) =>
    json({
      pid: 1,
      route: `/r/${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}${'uvwx'[Math.floor(i / 100)]}`,
      rss: 50 * MIB,
    }),
  );
  const named = await reportOf(lines.join(''));
  assert.equal(named.routes.length, 400);
  const folded = await reportOf(lines.join('').replaceAll('"route"', '"path"'));
  assert.ok(folded.routes.length < 10);
});

test('lines without a pid are taken for one process, and a warning says so', async () => {
  const report = await reportOf(json({ url: '/a', rss: 50 * MIB }) + json({ url: '/a', rss: 51 * MIB }));
  assert.equal(report.workers.length, 1);
  assert.deepEqual(
    report.warnings.map(({ code }) => code),
    ['no-pid'],
  );
});
