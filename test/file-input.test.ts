import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { analyze, type Report } from '../src/index.ts';
import { BIN, cleanEnv, leakrank, withFiles } from './support/cli.ts';
import { fixture, fixturePath } from './support/fixtures.ts';
import { reportOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** The report without the name of its input. */
const nameless = (report: Report): unknown =>
  JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'name' || key === 'file' ? '' : value)));

test('a file of many reads gives the same report plain, as gzip, as brotli and as a stream', async () => {
  const log = fixture('lab-n.log.gz');
  assert.ok(log.length > 4e6);
  const expected = nameless(await reportOf(log));
  await withFiles(
    { 'a.log': log, 'b.log': gzipSync(log, { level: 1 }), 'c.br': brotliCompressSync(log.subarray(0, 2e6)) },
    async (folder) => {
      assert.deepEqual(nameless(await analyze(`${folder}/a.log`)), expected);
      assert.deepEqual(nameless(await analyze(`${folder}/b.log`)), expected);
      assert.deepEqual(nameless(await analyze(`${folder}/c.br`)), nameless(await reportOf(log.subarray(0, 2e6))));
    },
  );
});

test('files of a few bytes are read', async () => {
  for (let length = 1; length <= 8; length++) {
    const files = { 'short.log': `${'x'.repeat(length - 1)}\n`, 'good.log': `${uwsgiLine()}\n` };
    await withFiles(files, async (folder) => {
      const report = await analyze([`${folder}/short.log`, `${folder}/good.log`]);
      const short = report.inputs.find(({ name }) => name.endsWith('short.log'));
      assert.deepEqual([short?.otherLines, short?.format], [1, null]);
    });
  }
});

test('a truncated brotli file is read as far as it goes, and is an error', async () => {
  const bytes = brotliCompressSync(fixture('lab-i.log.gz').subarray(0, 1e6));
  await withFiles({ 'half.br': bytes.subarray(0, bytes.length >> 1) }, async (cwd) => {
    const { code, stdout, stderr } = await leakrank(['half.br'], { cwd });
    assert.equal(code, 2);
    assert.match(stdout, /^[\d,]+ requests/);
    assert.match(stderr, /^leakrank: half\.br ends in the middle of its compressed data/);
  });
});

test('what is no regular file is read as it comes', async () => {
  const script = '"$0" "$1" --json <(gzip -dc "$2")';
  const child = spawn('bash', ['--norc', '-c', script, process.execPath, BIN, fixturePath('lab-i.log.gz')], {
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
  assert.deepEqual(nameless(JSON.parse(stdout) as Report), nameless(await reportOf(fixture('lab-i.log.gz'))));
});

test('lines longer than a read are one line each', async () => {
  const long = 'x'.repeat(700_000);
  const log = textOf([long, uwsgiLine({ uri: `/${'y'.repeat(600_000)}` }), long.repeat(3), uwsgiLine({ ownCount: 2 })]);
  await withFiles({ 'long.log': log }, async (folder) => {
    const [input] = (await analyze(`${folder}/long.log`)).inputs;
    assert.deepEqual([input!.readings, input!.otherLines, input!.malformedLines], [2, 1, 1]);
  });
});
