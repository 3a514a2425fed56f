import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from './support/fixtures.ts';

test('a short fuzz of every wrapper and format finds nothing', async () => {
  const script = `${ROOT}dist/test/fuzz/fuzz.js`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    '--inputs',
    '30000',
    '--seed',
    '11',
    '--skip-growth',
  ]);
  assert.match(stdout, /\d+ inputs, seed 11, 0 failures/);
});
