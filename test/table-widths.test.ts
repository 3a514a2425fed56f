/** The table of three logs at the widths of terminals, and in what surroundings it is coloured. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { fixturePath } from './support/fixtures.ts';
import { assertGolden } from './support/golden.ts';
import { onTerminal } from './support/in-process.ts';

const path = (lab: string) => fixturePath(`lab-${lab}.log.gz`);

for (const lab of ['a', 'b2', 'i']) {
  for (const columns of [60, 80, 120, 200]) {
    test(`lab ${lab} on a terminal of ${columns} columns`, async () => {
      const { code, stdout, stderr } = await onTerminal([path(lab)], { columns, env: { NO_COLOR: '1' } });
      assert.deepEqual([code, stderr], [0, '']);
      for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= columns, line);
      assertGolden(`terminal-${lab}-${columns}.txt`, stdout);
    });
  }
}

test('a terminal gets colours that only repeat words; NO_COLOR, TERM=dumb and a pipe get none', async () => {
  const plain = await onTerminal([path('a')], { env: { NO_COLOR: '1' } });
  const coloured = await onTerminal([path('a')], { env: { TERM: 'xterm-256color' } });
  assertGolden('terminal-a-colour.txt', coloured.stdout.replaceAll('\x1b', '\\e'));
  assert.equal(coloured.stdout.replaceAll(/\x1b\[\d+m/g, ''), plain.stdout);
  assert.deepEqual(await onTerminal([path('a')], { env: { TERM: 'dumb' } }), plain);
  const forced = await onTerminal([path('a')], { env: { FORCE_COLOR: '1' }, stdout: false });
  const piped = await onTerminal([path('a')], { stdout: false });
  assert.doesNotMatch(piped.stdout, /\x1b/);
  assert.equal(forced.stdout.replaceAll(/\x1b\[\d+m/g, ''), piped.stdout);
  assert.match(forced.stdout, /\x1b\[31mleak\x1b\[39m/);
});
