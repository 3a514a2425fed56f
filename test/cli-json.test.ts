import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Report } from '../src/index.ts';
import { leakrank } from './support/cli.ts';
import { fixture, LABS, ROOT, SAMPLES } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { reportOf } from './support/report.ts';

const schema = JSON.parse(readFileSync(`${ROOT}src/report/report.schema.json`, 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function assertValid(report: unknown): void {
  assert.ok(validate(report), JSON.stringify(validate.errors, null, 1));
}

for (const name of LABS) {
  test(`the printed report of ${name} is as the schema says`, async () => {
    const { code, stdout } = await leakrank(['--json', `fixtures/uwsgi/${name}`]);
    assert.equal(code, 0);
    assertValid(JSON.parse(stdout));
  });
}

for (const name of SAMPLES) {
  test(`the report of ${name}, if there is one, is as the schema says`, async () => {
    const { code, stdout, stderr } = await leakrank(['--json', `fixtures/uwsgi/${name}`]);
    if (code === 0) assertValid(JSON.parse(stdout));
    else assert.match(stderr, /no request line|memory-report = 1/);
  });
}

test('any report is as the schema says', async () => {
  await fc.assert(fc.asyncProperty(logs({ gaps: true }), async (log) => assertValid(await reportOf(log))));
});

test('the schema refuses a report that lacks a field, and one with a figure that is text', async () => {
  const report = await reportOf(fixture('lab-i.log.gz'));
  const { totals, ...rest } = report;
  assert.equal(validate(rest), false);
  assert.equal(validate({ ...report, totals: { ...totals, growthBytes: '1' } }), false);
  assert.equal(validate({ ...report, schemaVersion: 2 }), false);
});

test('--json prints what the library returns', async () => {
  const { stdout } = await leakrank(['--json'], { stdin: fixture('lab-i.log.gz') });
  const printed = JSON.parse(stdout) as Report;
  const returned = await reportOf(fixture('lab-i.log.gz'));
  assert.deepEqual(
    [printed.routes.map((route) => ({ ...route, largestGrowth: null })), printed.totals, printed.workers],
    [returned.routes.map((route) => ({ ...route, largestGrowth: null })), returned.totals, returned.workers],
  );
});
