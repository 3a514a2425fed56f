/** What hosts collected, merged in any order, is the report of one run over all their logs: byte for byte. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { placedOn } from '../src/cli/collect-command.ts';
import { sealedLine } from '../src/fleet/evidence-file.ts';
import { mergeSources } from '../src/fleet/merge-sources.ts';
import { shapeOf } from '../src/fleet/shape.ts';
import { encodeEvidence } from '../src/fleet/stored-evidence.ts';
import { type AnalyzeOptions, resolveOptions } from '../src/options.ts';
import { gather, reportOn } from '../src/run.ts';
import { linesSource, type Source } from '../src/source/source.ts';
import { simulatedCase } from './calibrate/simulated-case.ts';
import { fixture } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { LAB_LOGS, WITHOUT_LAB } from './support/lab.ts';
import { splitByWorker } from './support/split-log.ts';

const COMPLETE = { problems: 0, interrupted: false };

/** The parts in an order that is neither the first nor the last. */
const shuffled = <T>(items: readonly T[]) => [
  ...items.filter((_, i) => i % 3 === 1),
  ...items.filter((_, i) => i % 3 === 2).reverse(),
  ...items.filter((_, i) => i % 3 === 0),
];

const onHosts = (logs: readonly string[]) =>
  logs.map((log, host) => placedOn(`web${host}`, linesSource('uwsgi.log', [Buffer.from(log)])));
const fileOf = (line: string, name: string): Source => linesSource(name, [Buffer.from(line)]);

async function assertSame(hosts: readonly string[], raw: AnalyzeOptions = {}): Promise<void> {
  const options = resolveOptions({ ...raw, series: true });
  const one = await gather(onHosts(hosts), options);
  const whole = JSON.stringify(reportOn(one.evidence, options, COMPLETE).report);
  const reversed = await gather(onHosts(hosts).reverse(), options);
  assert.equal(JSON.stringify(reportOn(reversed.evidence, options, COMPLETE).report), whole, 'read in another order');
  const label = { shape: shapeOf(options), notes: [] };
  const lines: string[] = [];
  for (const host of onHosts(hosts))
    lines.push(sealedLine(encodeEvidence((await gather([host], options)).evidence, label)));
  const files = lines.map((line, i) => fileOf(line, `${i}.evidence`));
  const reportOfFiles = async (files: readonly Source[]) =>
    JSON.stringify(reportOn((await mergeSources(files)).evidence, options, COMPLETE).report);
  for (const order of [files, files.toReversed(), shuffled(files)]) assert.equal(await reportOfFiles(order), whole);
  assert.equal(await reportOfFiles([fileOf(lines.join(''), 'all.evidence')]), whole, 'files behind each other');
  const half = files.length >> 1;
  const sums = await Promise.all([files.slice(half), files.slice(0, half)].map((part) => mergeSources(part)));
  const stored = sums.map(({ evidence, label }, i) => fileOf(sealedLine(encodeEvidence(evidence, label)), `sum ${i}`));
  assert.equal(await reportOfFiles(stored), whole, 'sums of sums');
}

for (const lab of ['a', 'b2', 'c', 'i', 'n']) {
  for (const count of [2, 5, 20]) {
    test(`lab ${lab} on ${count} hosts is one run`, async () => {
      await assertSame(splitByWorker(fixture(`lab-${lab}.log.gz`).toString(), count));
    });
  }
}

const scenarios = !WITHOUT_LAB
  ? readdirSync(LAB_LOGS).filter((name) => existsSync(join(LAB_LOGS, name, 'server.log.gz')))
  : [];
test('every scenario of LEAKRANK_LAB', { skip: WITHOUT_LAB }, async (context) => {
  for (const name of scenarios) {
    const log = gunzipSync(readFileSync(join(LAB_LOGS, name, 'server.log.gz'))).toString();
    for (const count of [2, 5, 20])
      await context.test(`${name} on ${count} hosts`, () => assertSame(splitByWorker(log, count)));
  }
});

test('any log on hosts is one run', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), fc.constantFrom(2, 3, 5), async (log, count) => {
      await assertSame(splitByWorker(log, count));
    }),
    { numRuns: 25 },
  );
});

test('the same with every option that shapes evidence', async () => {
  const hosts = splitByWorker(fixture('lab-a.log.gz').toString(), 3);
  await assertSame(splitByWorker(fixture('lab-a.log.gz').toString().slice(0, 600_000), 3), {
    metric: 'vsz',
    group: false,
  });
  await assertSame(hosts, { since: '2026-11-23T20:50:35', until: '2026-11-23T20:51:00', status: ['2xx'] });
  await assertSame(hosts, { match: ['leak'], method: ['GET'], explain: '/leak/rare' });
});

test('hosts with and without threads do not disturb each other', async () => {
  const threads = fixture('lab-i.log.gz').toString();
  const gaps = fixture('lab-c.log.gz')
    .toString()
    .split('\n')
    .filter((_, i) => i % 7 !== 0)
    .join('\n');
  await assertSame([threads, gaps]);
});

test('more lives than are followed, on many hosts with equal pids', async () => {
  const hosts = Array.from({ length: 30 }, (_, seed) =>
    simulatedCase(100 + seed, { requests: 400, routes: 6 }).log.toString(),
  );
  await assertSame([...hosts, ...hosts, ...hosts]);
});
