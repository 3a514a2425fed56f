import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BIN, cleanEnv, leakrank, withFiles } from './support/cli.ts';
import { fixture, fixturePath, ROOT } from './support/fixtures.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LAB = fixturePath('lab-i.log.gz');

test('standard input, -, and a file give the same table', async () => {
  const log = fixture('lab-i.log.gz');
  const file = await leakrank([LAB]);
  assert.equal(file.code, 0);
  assert.deepEqual(await leakrank([], { stdin: log }), file);
  assert.deepEqual(await leakrank(['-'], { stdin: log }), file);
  assert.deepEqual(await leakrank([], { stdin: readFileSync(LAB) }), file);
});

test('-o writes the same into a file, and nothing to standard output', async () => {
  await withFiles({}, async (cwd) => {
    for (const kind of ['table', 'json', 'classic']) {
      const printed = await leakrank(['--report', kind, LAB], { cwd });
      const written = await leakrank(['--report', kind, '-o', 'out', LAB], { cwd });
      assert.deepEqual(written, { ...printed, stdout: '' });
      assert.equal(readFileSync(`${cwd}/out`, 'utf8'), printed.stdout);
      assert.deepEqual(await leakrank(['--report', kind, '-o', '-', LAB], { cwd }), printed);
    }
  });
});

test('-q keeps warnings back, and no error', async () => {
  const torn = `${uwsgiLine()}\n${uwsgiLine().slice(0, 150)}\n`;
  assert.match((await leakrank([], { stdin: torn })).stderr, /^warning: /);
  assert.equal((await leakrank(['-q'], { stdin: torn })).stderr, '');
  assert.match((await leakrank(['-q', 'nowhere.log'])).stderr, /no such file/);
});

test('several files are one log in their order', async () => {
  const line = (n: number) => uwsgiLine({ ownCount: n, rssBytes: n * 1e6, uri: '/a' });
  await withFiles({ 'one.log': textOf([line(1), line(2)]), 'two.log': textOf([line(4)]) }, async (cwd) => {
    const { code, stdout } = await leakrank(['--json', 'one.log', '-', 'two.log'], { cwd, stdin: textOf([line(3)]) });
    assert.equal(code, 0);
    const report = JSON.parse(stdout) as { inputs: { name: string }[]; workers: unknown[]; warnings: unknown[] };
    assert.deepEqual(
      report.inputs.map(({ name }) => name),
      ['one.log', 'standard input', 'two.log'],
    );
    assert.equal(report.workers.length, 1);
    assert.deepEqual(report.warnings, []);
  });
});

test('a reader that goes away ends it in silence, with 0', async () => {
  const script = `"$0" "$1" --json --no-group "$2" | head -1; echo "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['--norc', '-c', script, process.execPath, BIN, fixturePath('lab-a.log.gz')], {
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([stdout, stderr], ['{\n0\n', '']);
});

test('a large report arrives whole in a slow pipe', async () => {
  const child = spawn(process.execPath, [BIN, '--json', '--no-group', fixturePath('lab-a.log.gz')], {
    env: cleanEnv(),
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0);
  assert.ok(stdout.length > 200_000);
  const report = JSON.parse(stdout) as { totals: { requests: number } };
  assert.equal(report.totals.requests, 20_000);
});

test('an interrupt prints the report of what was read so far, and exits with 130', async () => {
  const child = spawn(process.execPath, [BIN], { cwd: ROOT, env: cleanEnv() });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  // More than a pipe holds: when all of it is taken, the command reads.
  const lines = Array.from({ length: 2000 }, (_, i) => uwsgiLine({ ownCount: i + 1, uri: '/a' }));
  await new Promise((resolve) => child.stdin.write(textOf(lines), resolve));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  child.stdin.destroy();
  assert.equal(code, 130);
  assert.match(stdout, /^[\d,]+ requests, 1 worker/);
  assert.match(stderr, /^warning: Reading was interrupted; the report is about what was read so far\.\n$/);
});

test('a report of nothing is printed when the interrupt comes before the first line', async () => {
  const child = spawn(process.execPath, [BIN], { cwd: ROOT, env: cleanEnv() });
  let stdout = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stdin.on('error', () => {});
  child.stdin.write(uwsgiLine().slice(0, 5));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 130);
  assert.equal(stdout, 'No requests to report on.\n');
});
