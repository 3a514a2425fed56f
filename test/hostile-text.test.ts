import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../src/index.ts';
import { printJson } from '../src/report/json.ts';
import { printTable } from '../src/report/table.ts';
import { printable } from '../src/term/text.ts';
import { leakrank } from './support/cli.ts';
import { reportOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const URIS = [
  '/esc\x1b[31mred\x1b[0m',
  '/title\x1b]0;owned\x07',
  '/c1\u009b31m',
  '/bidi\u202eetadilav',
  '/isolate\u2066x\u2069',
  '/cr\rforged',
  '/tab\tx',
  '/vt\x0bff\x0cx',
  '/nel\u0085x',
  '/ls\u2028ps\u2029x',
  '/zero\u200bwidth\ufeff',
  '/tag\u{e0041}x',
  '/del\x7fbs\x08',
];
/** A path's matrix parameters are no part of its route. */
const ROUTES = URIS.map((uri) => uri.replace(/;.*$/, ''));
const UNSAFE = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const LOG = textOf(URIS.map((uri, i) => uwsgiLine({ uri, ownCount: i + 1, rssBytes: 1e7 + i * 8192 })));
const STYLE = { width: Number.POSITIVE_INFINITY, top: 100, colour: false, ascii: false, units: 'iec' } as const;

test('the table shows hostile paths as one line each, without what could act on a terminal', async () => {
  const { stdout } = await leakrank([], { stdin: LOG });
  assert.doesNotMatch(stdout, UNSAFE);
  const rows = stdout.split('\n\n')[1]!.split('\n').slice(1);
  assert.equal(rows.length, URIS.length);
  for (const uri of ROUTES)
    assert.ok(
      rows.some((row) => row.includes(` ${printable(uri)} `)),
      printable(uri),
    );
});

test('narrow, ASCII and coloured tables keep to one line per hostile path too', async () => {
  for (const args of [['--ascii'], ['--color', 'always']]) {
    const { stdout } = await leakrank(args, { stdin: LOG, env: { COLUMNS: '80' } });
    const bare = stdout.replaceAll(/\x1b\[\d+m/g, '');
    assert.doesNotMatch(bare, UNSAFE);
    assert.equal(bare.split('\n\n')[1]!.split('\n').length, URIS.length + 1);
  }
});

test('JSON holds no raw control or direction characters, and reads back as what was requested', async () => {
  const { stdout } = await leakrank(['--json'], { stdin: LOG });
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual(report.routes.map(({ route }) => route).sort(), [...ROUTES].sort());
  assert.doesNotMatch(stdout, UNSAFE);
});

test('messages about hostile file names are one line', async () => {
  const { code, stderr } = await leakrank(['no\nsuch\x1b[31m\u202efile.log']);
  assert.equal(code, 2);
  assert.doesNotMatch(stderr, UNSAFE);
  const wrong = await leakrank(['--since', '\x1b[2J\u202e']);
  assert.equal(wrong.code, 2);
  assert.doesNotMatch(wrong.stderr, UNSAFE);
});

test('whatever is requested, the table stays a table and the JSON reads back', async () => {
  const uri = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `/${text.replaceAll(/[\n\0]|\[pid/g, '')}`);
  await fc.assert(
    fc.asyncProperty(fc.array(uri, { minLength: 1, maxLength: 5 }), async (uris) => {
      const report = await reportOf(textOf(uris.map((one, i) => uwsgiLine({ uri: one, ownCount: i + 1 }))));
      for (const ascii of [false, true]) {
        for (const width of [Number.POSITIVE_INFINITY, 60]) {
          const table = printTable(report, { ...STYLE, ascii, width });
          assert.doesNotMatch(table, UNSAFE);
          assert.equal(table.split('\n\n')[1]!.split('\n').length, report.routes.length + 1);
        }
      }
      const json = printJson(report);
      assert.doesNotMatch(json.replaceAll(/\\u[0-9a-f]{4}/g, ''), UNSAFE);
      assert.deepEqual(JSON.parse(json), report);
    }),
  );
});
