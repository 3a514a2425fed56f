import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { analyze } from '../src/index.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixturePath, ROOT } from './support/fixtures.ts';
import { assertGolden } from './support/golden.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const A = 'fixtures/uwsgi/lab-a.log.gz';
const I = 'fixtures/uwsgi/lab-i.log.gz';

let base = '';
let head = '';
before(async () => {
  base = JSON.stringify(await analyze(fixturePath('lab-i.log.gz')));
  head = JSON.stringify(await analyze(fixturePath('lab-a.log.gz')), null, 2);
});

test('golden: table, Markdown and JSON of two labs', async () => {
  for (const [name, args, env] of [
    ['compare-i-a.txt', [I, A], {}],
    ['compare-a-i.txt', [A, I], {}],
    ['compare-i-a-80.txt', [I, A], { COLUMNS: '80' }],
    ['compare-i-a-40-ascii.txt', ['--ascii', I, A], { COLUMNS: '40' }],
    ['compare-i-a.md', ['--report', 'markdown', I, A], {}],
    ['compare-i-a.json', ['--json', I, A], {}],
  ] as const) {
    const { code, stdout, stderr } = await leakrank(['compare', ...args], { env });
    assert.deepEqual([code, stderr], [0, ''], name);
    assertGolden(name, stdout);
  }
});

test('the JSON keeps to its schema', async () => {
  const schema = JSON.parse(readFileSync(`${ROOT}src/compare/comparison.schema.json`, 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
  const { stdout } = await leakrank(['compare', '--json', I, A]);
  const comparison = JSON.parse(stdout);
  assert.equal(validate(comparison), true, JSON.stringify(validate.errors));
  assert.equal(validate({ ...comparison, routes: [{ ...comparison.routes[0], change: 'maybe' }] }), false);
  assert.deepEqual(Object.keys(schema.properties), Object.keys(comparison));
  assert.deepEqual(Object.keys(schema.$defs.route.properties), Object.keys(comparison.routes[0]));
});

test('reports and logs may be mixed: the content tells, also compressed and from a pipe', async () => {
  await withFiles({ 'base.txt': base, 'head.txt': head, 'base.gz': gzipSync(base) }, async (cwd) => {
    const changes = async (args: string[], stdin = '') => {
      const { code, stdout, stderr } = await leakrank(['compare', '--json', ...args], { cwd, stdin });
      assert.deepEqual([code, stderr], [0, ''], args.join(' '));
      return JSON.parse(stdout).routes.map(({ route, change }: Record<string, string>) => `${change} ${route}`);
    };
    const expected = await changes(['base.txt', 'head.txt']);
    assert.equal(expected[0], 'new-leak /leak/rare');
    assert.deepEqual(await changes(['base.gz', fixturePath('lab-a.log.gz')]), expected);
    assert.deepEqual(await changes(['-', 'head.txt'], base), expected);
  });
});

test('--baseline takes a report or a log, fails and names the route; the other way round it passes', async () => {
  await withFiles({ 'base.json': base, 'head.json': head }, async (cwd) => {
    const worse = await leakrank(['--top', '1', '--baseline', 'base.json', fixturePath('lab-a.log.gz')], { cwd });
    assert.equal(worse.code, 1);
    assert.match(
      worse.stdout,
      /\ngate failed: baseline: worse than the baseline: \/leak\/rare \(keeps 4\.82 MiB per call more/,
    );
    const better = await leakrank(['--top', '1', '--baseline', 'head.json', fixturePath('lab-i.log.gz')], { cwd });
    assert.equal(better.code, 0);
    assert.match(better.stdout, /\ngate passed: baseline: /);
  });
});

test('bad input: one sentence on what, where and what to do, and exit status 2', async () => {
  const report = JSON.parse(base);
  const other = `${uwsgiLine({ uri: '/somewhere/else' })}\n`.repeat(3);
  const files = {
    'base.json': base,
    'cut.json': base.slice(0, base.length / 2),
    'v2.json': JSON.stringify({ ...report, schemaVersion: 2 }),
    'bare.json': '{"schemaVersion": 1}',
    'wrong.json': JSON.stringify({ ...report, routes: [{ ...report.routes[0], calls: -1 }] }),
    'zero.json': JSON.stringify({ ...report, routes: [{ ...report.routes[0], standardErrorBytesPerCall: 0 }] }),
    'list.json': '[1, 2]',
    'package.json.txt': '{"name": "x"}',
    'empty.json': '',
    'comparison.json': JSON.stringify({ schemaVersion: 1, base: {}, head: {}, routes: [] }),
    'else.log': other,
  };
  const bad: [string[], RegExp][] = [
    [
      ['cut.json', 'base.json'],
      /^leakrank: cut\.json begins as a leakrank report, but is cut off or not valid JSON: write it anew with --json\n$/,
    ],
    [['v2.json', 'base.json'], /^leakrank: v2\.json is a report of schema version 2; this leakrank reads version 1: /],
    [['base.json', 'bare.json'], /^leakrank: bare\.json is no complete leakrank report: totals is missing or wrong; /],
    [['wrong.json', 'base.json'], /: routes\[0\]\.calls is missing or wrong; /],
    [['zero.json', 'base.json'], /: routes\[0\]\.standardErrorBytesPerCall is missing or wrong; /],
    [['list.json', 'base.json'], /^leakrank: list\.json: no .*request line/],
    [['package.json.txt', 'base.json'], /^leakrank: package\.json\.txt: no .*request line/],
    [
      ['empty.json', 'base.json'],
      /^leakrank: empty\.json is empty: name a log, or a report that leakrank --json printed\n$/,
    ],
    [['comparison.json', 'base.json'], /^leakrank: comparison\.json is a comparison, not a report: /],
    [['base.json', 'missing.json'], /^leakrank: missing\.json: there is no such file; check the path\n$/],
    [['base.json', 'else.log'], /^leakrank: base\.json and else\.log have no route in common: /],
    [['base.json'], /^leakrank: compare takes two logs or reports, before and after, not 1; /],
    [
      ['base.json', 'base.json', 'base.json'],
      /^leakrank: compare takes two logs or reports, before and after, not 3; /,
    ],
    [['-', '-'], /^leakrank: - stands for both: standard input can be read once\n$/],
    [['--min-change', '10', 'base.json', 'base.json'], /^leakrank: --min-change 10 is no size: /],
  ];
  await withFiles(files, async (cwd) => {
    for (const [args, message] of bad) {
      const { code, stdout, stderr } = await leakrank(['compare', ...args], { cwd });
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
    }
    const gate = await leakrank(['--baseline', 'cut.json', 'else.log'], { cwd });
    assert.deepEqual([gate.code, gate.stdout], [2, '']);
    assert.match(gate.stderr, /^leakrank: cut\.json begins as/);
    const common = await leakrank(['--baseline', 'base.json', 'else.log'], { cwd });
    assert.equal(common.code, 2);
    assert.match(common.stderr, /^leakrank: the baseline and this log have no route in common: /);
  });
});

test('the same file twice is the same, with a word on standard error', async () => {
  await withFiles({ 'base.json': base }, async (cwd) => {
    const { code, stdout, stderr } = await leakrank(['compare', 'base.json', 'base.json'], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /^No route is shown to leak more than before; 14 are the same\.$/m);
    assert.equal(
      stderr,
      'leakrank: base.json and base.json say the same, word for word: is one of them named twice?\n',
    );
  });
});
