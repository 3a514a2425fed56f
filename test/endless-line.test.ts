import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineScanner } from '../src/lines/scanner.ts';
import { collectingSink, recognizer } from './support/collect.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

test('100 MB without a newline are one damaged line, in bounded memory', async () => {
  const { sink, seen } = collectingSink();
  const scanner = new LineScanner(recognizer(sink), 2 ** 20);
  const chunk = Buffer.alloc(65_536, uwsgiLine({ uri: '/x' }));
  const before = process.memoryUsage();
  let most = 0;
  scanner.write(Buffer.from(`${uwsgiLine()}\n`));
  for (let sent = 0; sent < 100e6; sent += chunk.length) {
    scanner.write(chunk);
    const now = process.memoryUsage();
    most = Math.max(most, now.heapUsed + now.external - before.heapUsed - before.external);
  }
  scanner.write(Buffer.from(`\n${uwsgiLine()}\n`));
  await scanner.end();
  assert.ok(most < 64 * 2 ** 20, `${most} bytes`);
  assert.deepEqual(seen.malformed, [2]);
  assert.deepEqual(
    seen.readings.map(({ line }) => line),
    [1, 3],
  );
  assert.equal(seen.otherLines, 0);
});

test('a million short lines in one chunk are each delivered', async () => {
  const { sink, seen } = collectingSink();
  const scanner = new LineScanner(recognizer(sink), 2 ** 20);
  scanner.write(Buffer.from('x\n'.repeat(1_000_000)));
  await scanner.end();
  assert.equal(seen.otherLines, 1_000_000);
});
