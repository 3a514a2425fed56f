import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { leakrank, withFiles } from './support/cli.ts';
import { fixturePath } from './support/fixtures.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LAB = fixturePath('lab-i.log.gz');
const TORN = `${uwsgiLine()}\n${uwsgiLine().slice(0, 150)}\n`;

const WRONG: [args: string[], message: RegExp][] = [
  [['--report', 'csv='], /After = stands the name of a file, or - for standard output/],
  [['--report', '=x'], /Allowed choices are table, /],
  [
    ['--report', 'json', '--report', 'csv'],
    /^leakrank: json and csv would be mixed on standard output; write one into/,
  ],
  [['--json', '--report', 'table'], /^leakrank: json and table would be mixed on standard output/],
  [
    ['--report', 'json=x', '--report', 'csv=x'],
    /^leakrank: x is to hold both json and csv; give each a file of its own/,
  ],
  [['--report', 'json=x', '-o', 'y'], /^leakrank: -o y is for a report without a file of its own/],
];

for (const [args, message] of WRONG) {
  test(`leakrank ${args.join(' ')} is refused before anything is read or written`, async () => {
    await withFiles({}, async (cwd) => {
      const { code, stdout, stderr } = await leakrank([...args, LAB], { cwd });
      assert.match(stderr, message);
      assert.deepEqual([code, stdout, readdirSync(cwd)], [2, '', []]);
    });
  });
}

test('--json is --report json, and - is standard output', async () => {
  const json = await leakrank(['--json', LAB]);
  for (const target of ['json', 'json=-']) assert.deepEqual(await leakrank(['--report', target, LAB]), json);
});

test('several reports of one run are what each alone would be', async () => {
  await withFiles({}, async (cwd) => {
    const run = await leakrank(['--report', 'csv=a=b.csv', '--report', 'table', '--report', 'json=x.json', LAB], {
      cwd,
    });
    assert.deepEqual(run, await leakrank([LAB]));
    assert.equal(readFileSync(`${cwd}/a=b.csv`, 'utf8'), (await leakrank(['--report', 'csv', LAB])).stdout);
    assert.equal(readFileSync(`${cwd}/x.json`, 'utf8'), (await leakrank(['--json', LAB])).stdout);
  });
});

test('-o is for the report that names no file', async () => {
  await withFiles({}, async (cwd) => {
    await leakrank(['--report', 'csv=x.csv', '--json', '-o', 'out', LAB], { cwd });
    assert.deepEqual(readdirSync(cwd).sort(), ['out', 'x.csv']);
    assert.equal(readFileSync(`${cwd}/out`, 'utf8')[0], '{');
  });
});

test('reports for people follow one another on standard output', async () => {
  const { stdout } = await leakrank(['--report', 'table', '--report', 'github', LAB]);
  const alone = await Promise.all(['table', 'github'].map((kind) => leakrank(['--report', kind, LAB])));
  assert.equal(stdout, alone.map((one) => one.stdout).join(''));
});

test('one report that cannot be written keeps no other from it', async () => {
  await withFiles({}, async (cwd) => {
    const run = await leakrank(['--report', 'csv=no/such/x', '--report', 'json=x.json', LAB], { cwd });
    assert.equal(run.code, 2);
    assert.match(
      run.stderr,
      /^leakrank: no\/such\/x cannot be written \(ENOENT\); check the path and its permissions\n$/,
    );
    assert.deepEqual(readdirSync(cwd), ['x.json']);
  });
});

test('the file for Prometheus appears in one step: a symbolic link stays, and nothing is left beside it', async () => {
  await withFiles({ 'real.prom': 'old' }, async (cwd) => {
    symlinkSync('real.prom', `${cwd}/link.prom`);
    assert.equal((await leakrank(['--report', 'prometheus=link.prom', LAB], { cwd })).code, 0);
    assert.deepEqual(readdirSync(cwd).sort(), ['link.prom', 'real.prom']);
    assert.match(readFileSync(`${cwd}/real.prom`, 'utf8'), /^# HELP leakrank_info /);
    mkdirSync(`${cwd}/folder`);
    const wrong = await leakrank(['--report', 'prometheus=folder', LAB], { cwd });
    assert.match(wrong.stderr, /^leakrank: folder cannot be written \(EISDIR\)/);
  });
});

test('warnings go to standard error once unless every report shows them itself', async () => {
  for (const kind of ['json', 'markdown']) {
    assert.equal((await leakrank(['--report', kind], { stdin: TORN })).stderr, '');
  }
  for (const kind of ['table', 'csv', 'ndjson', 'prometheus', 'junit', 'github']) {
    assert.match((await leakrank(['--report', kind], { stdin: TORN })).stderr, /^warning: [^\n]*\n$/);
  }
});

test('github adds the Markdown to the job summary, behind what is there', async () => {
  await withFiles({ summary: 'before\n' }, async (cwd) => {
    const env = { GITHUB_STEP_SUMMARY: `${cwd}/summary` };
    const { code, stdout } = await leakrank(['--report', 'github', LAB], { env });
    assert.equal(code, 0);
    assert.match(stdout, /^::notice title=leakrank::No route is shown to leak/);
    const { stdout: markdown } = await leakrank(['--report', 'markdown', LAB]);
    assert.equal(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'), `before\n${markdown}\n`);
    const wrong = await leakrank(['--report', 'github', LAB], { env: { GITHUB_STEP_SUMMARY: `${cwd}/no/x` } });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /the job summary that \$GITHUB_STEP_SUMMARY names, cannot be written \(ENOENT\)/);
  });
});
