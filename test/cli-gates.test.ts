import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatesOf } from '../src/gate/gates.ts';
import { resolveLimits } from '../src/gate/limits.ts';
import { gateLines } from '../src/report/table-gates.ts';
import { painter } from '../src/term/colour.ts';
import { leakrank } from './support/cli.ts';
import { fixturePath } from './support/fixtures.ts';
import { leakingRoute, madeReport, madeRoute } from './support/made-report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LAB = fixturePath('lab-a.log.gz');

test('a failed gate is exit status 1, and the table says which and why', async () => {
  const { code, stdout, stderr } = await leakrank(['--top', '1', '--max-leak-per-call', '10KiB', LAB]);
  assert.deepEqual([code, stderr], [1, '']);
  assert.match(
    stdout,
    /\ngate failed: max-leak-per-call: above 10\.0 KiB per call: \/leak\/rare \(5\.02 MiB per call\)/,
  );
});

test('--exit-zero keeps the status 0 and the words', async () => {
  const { code, stdout } = await leakrank(['--exit-zero', '--max-leak-per-call', '10KiB', LAB]);
  assert.equal(code, 0);
  assert.match(stdout, /^gate failed: /m);
});

test('where the table is not shown, standard error says which gate failed', async () => {
  const { code, stdout, stderr } = await leakrank(['--json', '--max-leaked', '100MiB', LAB]);
  assert.equal(code, 1);
  assert.equal(stderr, 'leakrank: gate failed: max-leaked: above 100 MiB: /leak/rare (211 MiB)\n');
  assert.equal(JSON.parse(stdout).gates[0].passed, false);
});

test('a kept gate is exit status 0', async () => {
  const { code, stdout } = await leakrank(['--max-leaked', '1GiB', LAB]);
  assert.equal(code, 0);
  assert.match(stdout, /\ngate passed: max-leaked: no route is above 1\.00 GiB\n$/);
});

test('--inconclusive decides where the log is too short', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `${uwsgiLine({ ownCount: i + 1, totalCount: i + 1 })}\n`).join('');
  const args = ['--max-leak-per-call', '1MiB'];
  const pass = await leakrank(args, { stdin: lines });
  assert.equal(pass.code, 0);
  assert.match(pass.stdout, /\ngate inconclusive: max-leak-per-call: too little was logged to judge any route/);
  const fail = await leakrank([...args, '--inconclusive', 'fail'], { stdin: lines });
  assert.equal(fail.code, 1);
  assert.match(fail.stdout, /\ngate inconclusive \(fails\): /);
});

test('--si is for gates too', async () => {
  const { stdout } = await leakrank(['--si', '--max-leaked', '100MB', LAB]);
  assert.match(stdout, /\ngate failed: max-leaked: above 100 MB: \/leak\/rare \(221 MB\)\n/);
});

test('a hostile path in a gate cannot forge a line or reach the terminal', () => {
  const uri = '/a\u001b[31m\u202e\ngate passed: ';
  const report = madeReport([
    leakingRoute(uri, 1000),
    madeRoute('/b', { verdict: 'unclear', leakedBytesPerCallHigh: 2000 }),
  ]);
  const gates = gatesOf(
    report,
    resolveLimits({ maxLeaked: '1B', routeLimits: [{ match: 'b\u001b|b', maxLeaked: '1B' }] }),
  );
  const lines = gateLines(gates, { width: 80, ascii: false, units: 'iec' }, painter(false));
  assert.equal(lines.filter((line) => line.startsWith('gate ')).length, 2);
  assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u202e]/u);
});

test('wrong sizes and outcomes are wrong use', async () => {
  for (const args of [
    ['--max-leaked', '10'],
    ['--max-leak-per-call', ''],
    ['--inconclusive', 'maybe'],
  ]) {
    const { code, stdout, stderr } = await leakrank([...args, LAB]);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /no size: write a number and its unit|Allowed choices are pass, fail/);
  }
});
