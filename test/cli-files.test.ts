import assert from 'node:assert/strict';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Report } from '../src/index.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** One life of one worker in four parts, oldest first. */
const PARTS = [0, 1, 2, 3].map((part) =>
  textOf(
    [1, 2, 3].map((i) =>
      uwsgiLine({ ownCount: part * 3 + i, totalCount: part * 3 + i, rssBytes: (part * 3 + i) * 2 ** 20 }),
    ),
  ),
);
const ROTATED = {
  'u.log.3.gz': gzipSync(PARTS[0]!),
  'u.log.2.gz': gzipSync(PARTS[1]!),
  'u.log.1': PARTS[2]!,
  'u.log': PARTS[3]!,
};
const ORDER = ['u.log.3.gz', 'u.log.2.gz', 'u.log.1', 'u.log'];

async function reportOn(args: string[], cwd: string): Promise<{ report: Report; stderr: string }> {
  const { code, stdout, stderr } = await leakrank(['--json', ...args], { cwd });
  assert.equal(code, 0, stderr);
  return { report: JSON.parse(stdout) as Report, stderr };
}

test('a rotated set named in any order is read in its own, and the order is printed', async () => {
  await withFiles(ROTATED, async (cwd) => {
    const { report, stderr } = await reportOn(['u.log', 'u.log.1', 'u.log.2.gz', 'u.log.3.gz'], cwd);
    assert.deepEqual(
      report.inputs.map(({ name }) => name),
      ORDER,
    );
    assert.equal(report.workers.length, 1);
    assert.equal(report.totals.growthBytes, 11 * 2 ** 20);
    assert.equal(stderr, `Rotated files are read in their order:\n${ORDER.map((name) => `  ${name}\n`).join('')}`);
    assert.equal((await reportOn(ORDER, cwd)).stderr, '');
    assert.equal((await reportOn(['-q', ...ORDER.toReversed()], cwd)).stderr, '');
  });
});

test('a pattern that no shell expanded, and a folder with --recursive', async () => {
  await withFiles(ROTATED, async (cwd) => {
    assert.deepEqual(
      (await reportOn(['u.log*'], cwd)).report.inputs.map(({ name }) => name),
      ORDER,
    );
    mkdirSync(`${cwd}/logs/web2`, { recursive: true });
    writeFileSync(`${cwd}/logs/u.log`, PARTS[1]!);
    writeFileSync(`${cwd}/logs/u.log.1`, PARTS[0]!);
    writeFileSync(`${cwd}/logs/web2/u.log`, PARTS[0]!);
    const { report } = await reportOn(['--recursive', '--separate', 'logs'], cwd);
    assert.deepEqual(
      report.inputs.map(({ name }) => name),
      ['logs/u.log.1', 'logs/u.log', 'logs/web2/u.log'],
    );
    assert.deepEqual(
      report.workers.map(({ worker, requests }) => [worker, requests]),
      [
        ['logs/u.log/4193', 6],
        ['logs/web2/u.log/4193', 3],
      ],
    );
  });
});

test('the same file twice is an error, by whatever name', async () => {
  await withFiles(ROTATED, async (cwd) => {
    symlinkSync('u.log', `${cwd}/link.log`);
    linkSync(`${cwd}/u.log`, `${cwd}/hard.log`);
    const again: [string[], RegExp][] = [
      [['u.log', 'u.log'], /^leakrank: u\.log is named twice; its requests would count twice, name it once\n$/],
      [['u.log', './u.log'], /^leakrank: u\.log and \.\/u\.log are the same file;/],
      [['u.log', 'link.log'], /^leakrank: u\.log and link\.log are the same file;/],
      [['hard.log', 'u.log'], /^leakrank: hard\.log and u\.log are the same file;/],
      [['u.log*', 'u.log'], /^leakrank: u\.log is named twice;/],
    ];
    for (const [args, stderr] of again) {
      const outcome = await leakrank(args, { cwd });
      assert.deepEqual([outcome.code, outcome.stdout], [2, '']);
      assert.match(outcome.stderr, stderr);
    }
  });
});

test('patterns and folders without files are one sentence', async () => {
  await withFiles({ 'a[1].log': PARTS[0]! }, async (cwd) => {
    mkdirSync(`${cwd}/empty`);
    const outcome = await leakrank(['*.txt'], { cwd });
    assert.deepEqual([outcome.code, outcome.stderr], [2, 'leakrank: *.txt matches no file; check the pattern\n']);
    const folder = await leakrank(['-r', 'empty'], { cwd });
    assert.deepEqual([folder.code, folder.stderr], [2, 'leakrank: empty holds no files; check the path\n']);
    // A name that looks like a pattern.
    assert.equal((await reportOn(['a[1].log'], cwd)).report.totals.requests, 3);
  });
});
