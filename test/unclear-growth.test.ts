import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../src/index.ts';
import { reportOf, routeOf, textOf, warningCodes } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const line = (ownCount: number, rssBytes: number, uri: string, more = {}) =>
  uwsgiLine({ pid: 5, ownCount, totalCount: ownCount, rssBytes, uri, ...more });

test('growth across a gap in the counters belongs to no route, and a warning counts the missing requests', async () => {
  const report = await reportOf(textOf([line(1, 100, '/a'), line(5, 900, '/b'), line(6, 950, '/c')]));
  assert.equal(routeOf(report, '/b').netGrowthBytes, 0);
  assert.equal(routeOf(report, '/c').netGrowthBytes, 50);
  assert.equal(report.totals.unattributedBytes, 800);
  assert.equal(report.totals.unattributedHighWaterBytes, 800);
  assert.deepEqual(warningCodes(report), ['unlogged-requests']);
  assert.match(report.warnings[0]!.message, /^3 requests /);
});

test('growth of a request without a URI belongs to no route', async () => {
  const report = await reportOf(textOf([line(1, 100, '/a'), line(2, 900, '-', { method: '-' }), line(3, 950, '/c')]));
  assert.equal(report.totals.unattributedBytes, 800);
  assert.equal(routeOf(report, '/c').netGrowthBytes, 50);
  assert.equal(report.totals.requests, 3);
  assert.deepEqual(warningCodes(report), ['requests-without-uri']);
});

test('growth up to a damaged line belongs to no route', async () => {
  const report = await reportOf(textOf([line(1, 100, '/a'), line(2, 900, '/b').slice(0, 150), line(3, 950, '/c')]));
  assert.equal(report.totals.unattributedBytes, 800);
  assert.equal(routeOf(report, '/c').netGrowthBytes, 50);
  assert.equal(report.inputs[0]!.malformedLines, 1);
  assert.deepEqual(warningCodes(report), ['malformed-lines']);
});

test('a reading of 0 is no reading: growth across it belongs to no route', async () => {
  const report = await reportOf(textOf([line(1, 100, '/a'), line(2, 0, '/b'), line(3, 700, '/c'), line(4, 750, '/d')]));
  assert.equal(report.totals.growthBytes, 650);
  assert.equal(report.totals.unattributedBytes, 600);
  assert.equal(routeOf(report, '/d').netGrowthBytes, 50);
  assert.deepEqual(warningCodes(report), ['unmeasured-requests']);
});

test('lines without memory among others are counted, and growth across them belongs to no route', async () => {
  const report = await reportOf(
    textOf([line(1, 100, '/a'), line(2, 1, '/b', { memoryReport: 0 }), line(3, 700, '/c')]),
  );
  assert.equal(routeOf(report, '/b').calls, 1);
  assert.equal(report.totals.unattributedBytes, 600);
  assert.deepEqual(warningCodes(report), ['unmeasured-requests']);
});

test('a log whose readings are all 0 is an error that says what to turn on', async () => {
  await assert.rejects(reportOf(textOf([line(1, 0, '/a'), line(2, 0, '/b')])), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /2 request lines, but all rss readings are 0; .*memory-report = 1/);
    return true;
  });
});

test('a log without memory is an error that says what to turn on', async () => {
  await assert.rejects(reportOf(textOf([line(1, 0, '/a', { memoryReport: 0 })])), {
    name: 'UserError',
    message: /1 request line, but no rss in these lines; .*memory-report = 1/,
  });
});

test('the error about missing memory names the option that had no effect', async () => {
  const off = '[WARNING] non-numeric value "true" for option "memory-report" - using 0 !';
  await assert.rejects(reportOf(textOf([off, line(1, 0, '/a', { memoryReport: 0 })])), {
    message: /"memory-report = true" had no effect/,
  });
});

test('a metric that the log does not hold is an error', async () => {
  await assert.rejects(reportOf(textOf([line(1, 9, '/a')]), { metric: 'pss' }), { message: /memory-report = 2/ });
});

for (const [how, lines] of [
  ['a core above 0', [line(1, 100, '/a', { core: 3 })]],
  ['workers with several cores', ['spawned uWSGI worker 1 (pid: 5, cores: 4)', line(1, 100, '/a')]],
  ['the operational mode', ['*** Operational MODE: preforking+threaded ***', line(1, 100, '/a')]],
] as const) {
  test(`threads are seen by ${how} and warned of`, async () => {
    assert.deepEqual(warningCodes(await reportOf(textOf(lines))), ['threads']);
  });
}

test('with threads, counters out of order are neither gaps nor restarts', async () => {
  const report = await reportOf(
    textOf([line(6, 100, '/a', { core: 1 }), line(4, 200, '/b'), line(9, 300, '/c'), line(7, 300, '/d')]),
  );
  assert.equal(report.workers.length, 1);
  assert.equal(report.totals.unattributedBytes, 0);
  assert.deepEqual(warningCodes(report), ['threads']);
});
