import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { leakrank } from './support/cli.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** Two requests far apart: a table on standard output, a warning on standard error. */
const LOG = `${uwsgiLine({ ownCount: 1 })}\n${uwsgiLine({ ownCount: 9 })}\n`;

const CASES: [args: string[], env: Record<string, string>, coloured: boolean][] = [
  [[], {}, false],
  [['--color', 'always'], {}, true],
  [['--color', 'always'], { NO_COLOR: '1' }, true],
  [['--color', 'always'], { TERM: 'dumb' }, true],
  [['--color', 'never'], { FORCE_COLOR: '1' }, false],
  [['--no-color'], { FORCE_COLOR: '1' }, false],
  [[], { FORCE_COLOR: '1' }, true],
  [[], { FORCE_COLOR: '1', TERM: 'dumb' }, true],
  [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  [[], { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  [[], { FORCE_COLOR: '0' }, false],
  [[], { FORCE_COLOR: 'false' }, false],
  [[], { FORCE_COLOR: '' }, false],
];

for (const [args, env, coloured] of CASES) {
  test(`${JSON.stringify(env)} ${args.join(' ')} ${coloured ? 'colours' : 'does not colour'}`, async () => {
    const { stdout, stderr } = await leakrank(args, { stdin: LOG, env });
    assert.equal(stdout.includes('\x1b['), coloured);
    assert.equal(stderr.includes('\x1b['), coloured);
    assert.doesNotMatch(stderr, /NO_COLOR/);
  });
}

test('colour changes no text', async () => {
  const [plain, coloured] = await Promise.all(
    ['never', 'always'].map((when) => leakrank(['--color', when], { stdin: LOG })),
  );
  assert.equal(coloured!.stdout.replaceAll(/\x1b\[\d+m/g, ''), plain!.stdout);
});

test('JSON and classic rows are never coloured', async () => {
  for (const kind of ['json', 'classic']) {
    const { stdout } = await leakrank(['--report', kind, '--color', 'always'], { stdin: LOG });
    assert.ok(!stdout.includes('\x1b'));
  }
});

test('nothing imports node:util, whose import lets Node 22 write a warning of its own', () => {
  const source = new URL('../../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  assert.ok(files.length > 300);
  for (const file of files)
    assert.doesNotMatch(readFileSync(new URL(file, source), 'utf8'), /^import (?!type).*'node:util'/m, file);
});
