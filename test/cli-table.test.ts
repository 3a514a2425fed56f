import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leakrank, type Run } from './support/cli.ts';
import { assertGolden } from './support/golden.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LAB = 'fixtures/uwsgi/lab-n.log.gz';
const LONG = `/${'shop/catalogue/'.repeat(20)}end`;
const LONG_LOG = textOf(
  [1, 2, 3].map((n) => uwsgiLine({ uri: n === 3 ? '/søk' : LONG, ownCount: n, rssBytes: n * 5e7 })),
);

const TABLES: [golden: string, args: string[], run: Run][] = [
  ['table-80.txt', [LAB], { env: { COLUMNS: '80' } }],
  ['table-200.txt', [LAB], { env: { COLUMNS: '200' } }],
  ['table-40.txt', [LAB], { env: { COLUMNS: '40' } }],
  ['table-piped.txt', [LAB], {}],
  ['table-top-3.txt', ['--top', '3', LAB], {}],
  ['table-no-group.txt', ['-q', '--no-group', '--top', '5', LAB], {}],
  ['table-si.txt', ['--si', '--top', '3', LAB], {}],
  ['table-restarts.txt', ['--top', '3', 'fixtures/uwsgi/lab-b2.log.gz'], {}],
  ['table-long-80.txt', [], { stdin: LONG_LOG, env: { COLUMNS: '80' } }],
  ['table-long-ascii-80.txt', ['--ascii'], { stdin: LONG_LOG, env: { COLUMNS: '80' } }],
  ['table-long-piped.txt', [], { stdin: LONG_LOG }],
];

for (const [golden, args, run] of TABLES) {
  test(`leakrank ${args.join(' ')} prints ${golden}`, async () => {
    const { code, stdout, stderr } = await leakrank(args, run);
    assert.deepEqual([code, stderr], [0, '']);
    assertGolden(golden, stdout);
    const width = Number(run.env?.COLUMNS ?? Number.POSITIVE_INFINITY);
    const rows = stdout.split('\n\n')[1]!.split('\n');
    assert.ok(rows.every((row) => row.length <= width));
  });
}

test('paths are whole where the table goes into a pipe', async () => {
  assert.ok((await leakrank([], { stdin: LONG_LOG })).stdout.includes(LONG));
});

test('nothing but ASCII is printed when asked for, or when the locale has no UTF-8', async () => {
  const asked = await leakrank(['--ascii'], { stdin: LONG_LOG, env: { COLUMNS: '80' } });
  const byLocale = await leakrank([], { stdin: LONG_LOG, env: { COLUMNS: '80', LANG: 'de_DE.ISO-8859-1' } });
  assert.match(asked.stdout, /^[\x20-\x7e\n]+$/);
  assert.equal(byLocale.stdout, asked.stdout);
  assert.match(
    (await leakrank([], { stdin: LONG_LOG, env: { LC_ALL: 'C', LANG: 'C.UTF-8' } })).stdout,
    /^[\x20-\x7e\n]+$/,
  );
});

test('no more than 1000 rows are printed', async () => {
  const lines = Array.from({ length: 1500 }, (_, i) =>
    uwsgiLine({ uri: `/a${'x'.repeat(i % 90)}/${'y'.repeat(1 + Math.floor(i / 90))}`, ownCount: i + 1 }),
  );
  const { stdout } = await leakrank(['--top', '5000'], { stdin: textOf(lines) });
  const { stdout: json } = await leakrank(['--json'], { stdin: textOf(lines) });
  const routes = (JSON.parse(json) as { routes: unknown[] }).routes.length;
  assert.ok(routes > 1000);
  assert.ok(stdout.includes('more routes: --json has all.'));
  assert.match(stdout, new RegExp(`\\n${routes - 1000} more routes: `.replace(/(\d)(\d{3}) /, '$1,$2 ')));
});
