import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../src/index.ts';
import { collect, countLines } from './support/collect.ts';
import { fragments, mutatedLine } from './support/fragments.ts';
import { reportOf } from './support/report.ts';

async function neverAnotherError(bytes: Buffer): Promise<void> {
  await reportOf(bytes).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    assert.doesNotMatch(error.message, /undefined|NaN|\[object/);
  });
}

test('arbitrary bytes are never a bug, and no line is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (array) => {
      await neverAnotherError(Buffer.from(array));
      const text = Buffer.from(array).toString('latin1');
      const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
      assert.ok(countLines(await collect(Buffer.from(array))) >= lines);
    }),
  );
});

test('pieces of request lines in any order are never a bug, and give the same in any cut', async () => {
  await fc.assert(
    fc.asyncProperty(fragments, fc.nat(), async (text, place) => {
      const log = Buffer.from(text);
      await neverAnotherError(log);
      const whole = await collect(log);
      const at = place % (log.length + 1);
      assert.deepEqual(await collect([log.subarray(0, at), log.subarray(at)]), whole);
      assert.deepEqual(await collect(Array.from(log, (byte) => Buffer.of(byte))), whole);
    }),
    { numRuns: 400 },
  );
});

test('mutated lines give the same readings read as bytes and read as text', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedLine, async (line) => {
      const log = Buffer.from(`${line}\n`);
      assert.deepEqual(await collect([log.subarray(0, 1), log.subarray(1)]), await collect(log));
    }),
    { numRuns: 1500 },
  );
});
