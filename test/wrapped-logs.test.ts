/** Real logs in wrappings: their reports are those of the bare log. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../src/index.ts';
import { fixture, ROOT } from './support/fixtures.ts';
import { LAB_LOGS, WITHOUT_LAB } from './support/lab.ts';
import { reportOf } from './support/report.ts';

/** The lab's logs in full, where they are: a folder with a/server.log.gz and f/NAME.log.gz. */
const CUTS = `${ROOT}fixtures/wrapped/`;
const CUT_LINES = 150;
/** So many records of the bare log are in the damaged one, some of them on one line. */
const DAMAGED_LINES = 909;
/** These change the log and not only what is around its lines; each has a test of its own. */
const OTHER = ['damaged.log.gz', 'two-containers-same-pids.log.gz'];
const WRAPPINGS = readdirSync(CUTS).filter((name) => !OTHER.includes(name));

const unzipped = (path: string) => gunzipSync(readFileSync(path));
const firstLines = (log: Buffer, count: number) => `${log.toString('utf8').split('\n').slice(0, count).join('\n')}\n`;

/** What does not depend on the names of files and workers. */
function essence({ routes, totals, workers }: Report) {
  return {
    totals,
    routes: routes.map(({ largestGrowth, ...rest }) => ({
      ...rest,
      uri: largestGrowth?.uri,
      after: largestGrowth?.afterBytes,
    })),
    workers: workers.map(({ worker, ...rest }) => rest),
  };
}

async function assertSame(wrapped: Buffer, bare: string | Buffer): Promise<void> {
  const report = await reportOf(wrapped);
  const expected = await reportOf(bare);
  assert.deepEqual(essence(report), essence(expected));
  assert.equal(report.inputs[0]?.otherLines, expected.inputs[0]?.otherLines);
  assert.equal(report.inputs[0]?.malformedLines, 0);
}

for (const name of WRAPPINGS) {
  test(`${name}: the report is that of the bare log`, async () => {
    await assertSame(unzipped(CUTS + name), firstLines(fixture('lab-a.log.gz'), CUT_LINES));
  });

  test(`${name}, in full`, { skip: WITHOUT_LAB }, async () => {
    await assertSame(unzipped(`${LAB_LOGS}/f/${name}`), unzipped(`${LAB_LOGS}/a/server.log.gz`));
  });
}

/**
 * Four workers as two hosts with two pids each: the requests of a, without the banner, under pids that sort as the names of
 * these do. Estimates look at the workers in the order of their names.
 */
function bareRequests(log: Buffer, count: number): string {
  const lines = log.toString('utf8').split('\n');
  const requests = lines.filter((line) => line.startsWith('{address')).slice(0, count);
  return requests
    .map((line) => `${line.replace('[pid: 8204|', '[pid: 8200|').replace('[pid: 8203|', '[pid: 8201|')}\n`)
    .join('');
}

async function assertTwoHosts(wrapped: Buffer, bare: string): Promise<void> {
  const report = await reportOf(wrapped);
  assert.deepEqual(essence(report), essence(await reportOf(bare)));
  assert.deepEqual(report.workers.map(({ worker }) => worker).sort(), ['web-1/7', 'web-1/8', 'web-2/7', 'web-2/8']);
}

test('the same pids in two containers are four workers', async () => {
  await assertTwoHosts(
    unzipped(`${CUTS}two-containers-same-pids.log.gz`),
    bareRequests(fixture('lab-a.log.gz'), CUT_LINES),
  );
});

test('the same pids in two containers, in full', { skip: WITHOUT_LAB }, async () => {
  await assertTwoHosts(
    unzipped(`${LAB_LOGS}/f/two-containers-same-pids.log.gz`),
    bareRequests(unzipped(`${LAB_LOGS}/a/server.log.gz`), 20_000),
  );
});

/** The calls of each route differ by no more than what is damaged. */
async function assertDamagedOnly(damaged: Buffer, bare: string | Buffer): Promise<void> {
  const report = await reportOf(damaged);
  const whole = await reportOf(bare);
  const [input] = report.inputs;
  assert.ok(input && input.malformedLines > 0);
  assert.equal(input.lines, input.readings + input.otherLines + input.malformedLines);
  assert.equal(input.readings + input.malformedLines, whole.inputs[0]?.readings);
  assert.equal(report.totals.growthBytes, whole.totals.growthBytes);
  const calls = new Map(report.routes.map((route) => [route.route, route.calls]));
  const missing = whole.routes.map((route) => route.calls - (calls.get(route.route) ?? 0));
  assert.ok(missing.every((count) => count >= 0));
  assert.ok(missing.reduce((sum, count) => sum + count, 0) <= input.malformedLines);
}

test('of a damaged log only the damaged lines are missing', async () => {
  await assertDamagedOnly(unzipped(`${CUTS}damaged.log.gz`), firstLines(fixture('lab-a.log.gz'), DAMAGED_LINES));
});

test('a damaged log in full', { skip: WITHOUT_LAB }, async () => {
  assert.ok(existsSync(`${LAB_LOGS}/f`));
  await assertDamagedOnly(unzipped(`${LAB_LOGS}/f/damaged.log.gz`), unzipped(`${LAB_LOGS}/a/server.log.gz`));
});
