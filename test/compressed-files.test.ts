import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analyze, type Report } from '../src/index.ts';
import { unzstd } from '../src/source/zstd.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { ROOT } from './support/fixtures.ts';

const PLAIN = join(ROOT, 'fixtures/uwsgi/samples/reload-on-rss.log');
const LOG = readFileSync(PLAIN);
const compressed = (name: string) => readFileSync(join(ROOT, 'fixtures/compressed', name));

/** The report without the name of its input. */
const nameless = (report: Report): unknown =>
  JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'name' || key === 'file' ? '' : value)));

const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined;

async function sameAsPlain(bytes: Buffer): Promise<void> {
  // The name says nothing: compressions are recognised by their bytes.
  await withFiles({ 'uwsgi.log': bytes }, async (folder) => {
    assert.deepEqual(nameless(await analyze(`${folder}/uwsgi.log`)), nameless(await analyze(PLAIN)));
  });
}

async function* oneByOne(bytes: Buffer): AsyncGenerator<Buffer> {
  for (const byte of bytes) yield Buffer.of(byte);
}

test('gzip of several members is one log', () =>
  sameAsPlain(Buffer.concat([gzipSync(LOG.subarray(0, 1000)), gzipSync(LOG.subarray(1000)), gzipSync('')])));

test('zstd of several frames is one log', () => sameAsPlain(compressed('two-frames.log.zst')));

test('zstd, in pieces of any size', async () => {
  for (const chunks of [oneByOne(compressed('two-frames.log.zst')), whole(compressed('two-frames.log.zst'))]) {
    const parts: Buffer[] = [];
    for await (const part of unzstd('x', chunks)) parts.push(part);
    assert.deepEqual(Buffer.concat(parts), LOG);
  }
});

test('zstd says when data is cut off or damaged', async () => {
  const bytes = compressed('two-frames.log.zst');
  await assert.rejects(drain(unzstd('x.zst', whole(bytes.subarray(0, bytes.length - 9)))), {
    message: /^x\.zst ends in the middle of its compressed data/,
  });
  const broken = Buffer.from(bytes);
  broken.fill(0xff, 9, 300);
  await assert.rejects(drain(unzstd('x.zst', whole(broken))), {
    message: /^x\.zst holds damaged compressed data/,
  });
});

for (const [tool, name] of [
  ['xz', 'two-streams.log.xz'],
  ['bzip2', 'two-streams.log.bz2'],
] as const) {
  const skip = has(tool) ? false : `${tool} is not installed`;
  test(`${tool} of several streams is one log`, { skip }, () => sameAsPlain(compressed(name)));

  test(`${tool} data that is cut off is read as far as it goes, and is an error`, { skip }, async () => {
    const bytes = compressed(name);
    await withFiles({ 'cut.log': bytes.subarray(0, bytes.length - 20) }, async (cwd) => {
      const { code, stderr } = await leakrank(['cut.log'], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /leakrank: cut\.log holds damaged compressed data \(.+\); what came before is read/);
    });
  });

  test(`without ${tool} one sentence says what to install`, async () => {
    await withFiles({ 'u.log': compressed(name) }, async (cwd) => {
      const { code, stdout, stderr } = await leakrank(['u.log'], { cwd, env: { PATH: cwd } });
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(
        stderr,
        new RegExp(`^leakrank: u\\.log is compressed with ${tool}, and .* install it \\(package .*\\n$`),
      );
    });
  });
}

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) assert.ok(chunk);
}
