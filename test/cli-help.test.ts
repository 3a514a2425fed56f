import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { leakrank } from './support/cli.ts';
import { ROOT } from './support/fixtures.ts';
import { assertGolden } from './support/golden.ts';

test('--help prints all options in groups, with examples, and fits 100 columns', async () => {
  const long = await leakrank(['--help']);
  assert.deepEqual([long.code, long.stderr], [0, '']);
  assertGolden('help.txt', long.stdout);
  assert.deepEqual(await leakrank(['-h']), long);
  assert.ok(long.stdout.split('\n').every((line) => line.length <= 100));
});

test('--version prints the version of package.json', async () => {
  const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { version: string };
  for (const flag of ['--version', '-V']) {
    assert.deepEqual(await leakrank([flag]), { code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  }
});

test('help and help COMMAND are what --help is', async () => {
  assert.deepEqual(await leakrank(['help']), await leakrank(['--help']));
  assert.deepEqual(await leakrank(['help', 'compare']), await leakrank(['compare', '--help']));
});
