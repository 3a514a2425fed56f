import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from './support/random.ts';

const SCRIPT = fileURLToPath(new URL('./support/hash-input.js', import.meta.url));
const CHUNK = 2 ** 19;

function pieces(sizes: readonly number[]): Buffer[] {
  const random = seededRandom(7);
  return sizes.map((size) => Buffer.from(Uint8Array.from({ length: size }, () => random.integer(256))));
}

function expected(parts: readonly Buffer[]) {
  const all = Buffer.concat(parts);
  return { bytes: all.length, hash: createHash('sha256').update(all).digest('hex') };
}

/** What is read of pieces that are written with a pause behind each. */
async function piped(parts: readonly Buffer[], writerMs: number, readerMs: number) {
  const child = spawn(process.execPath, [SCRIPT, String(readerMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const output = text(child.stdout);
  for (const part of parts) {
    if (!child.stdin.write(part)) await once(child.stdin, 'drain');
    if (writerMs > 0) await sleep(writerMs);
  }
  child.stdin.end();
  const { largest, ...read } = JSON.parse(await output);
  return { largest, read };
}

test('pieces that come one by one are given out as they come', async () => {
  const parts = pieces([1, 200_000, 3, 65_536, CHUNK, 7, 1_000_003, 1]);
  const { read } = await piped(parts, 20, 0);
  assert.deepEqual(read, expected(parts));
});

test('a reader that is slow gets all, in pieces that are full', async () => {
  const parts = pieces(Array.from({ length: 12 }, (_, i) => 300_000 + i));
  const { read, largest } = await piped(parts, 0, 15);
  assert.deepEqual(read, expected(parts));
  assert.equal(largest, CHUNK);
});

test('an empty pipe ends', async () => {
  assert.deepEqual((await piped([], 0, 0)).read, expected([]));
});

test('a file on standard input is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-'));
  try {
    const parts = pieces([CHUNK, CHUNK, 12_345]);
    const path = join(folder, 'input');
    writeFileSync(path, Buffer.concat(parts));
    const child = spawn(process.execPath, [SCRIPT, '0'], { stdio: [openSync(path, 'r'), 'pipe', 'inherit'] });
    const { largest, ...read } = JSON.parse(await text(child.stdout!));
    assert.deepEqual(read, expected(parts));
    assert.equal(largest, CHUNK);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a directory on standard input is an error', () => {
  const command = fileURLToPath(new URL('../../bin/leakrank.js', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [command], {
    stdio: [openSync(tmpdir(), 'r'), 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  assert.equal(stderr, 'leakrank: standard input is a directory: name the log files in it\n');
  assert.equal(status, 2);
});
