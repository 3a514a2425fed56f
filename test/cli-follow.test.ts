/** --follow as a user runs it: logs that grow, rotate and are emptied; a pipe; a terminal. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Report } from '../src/index.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { type Live, live, onPty, PTY } from './support/live.ts';
import { assertValid } from './support/report-schema.ts';
import { comparable } from './support/resumed.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

function requests(first: number, count: number, pid = 1): string {
  const line = (n: number) => uwsgiLine({ pid, ownCount: n, totalCount: n, rssBytes: 40e6 + n * 4096, uri: `/r/${n}` });
  return Array.from({ length: count }, (_, i) => `${line(first + i)}\n`).join('');
}

const reports = (stdout: string) =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Report);
const counted = (count: number) => (stdout: string) => reports(stdout).at(-1)?.totals.requests === count;

async function stopped(running: Live, signal: NodeJS.Signals = 'SIGINT') {
  const { code, stdout, stderr } = await running.end(signal);
  assert.equal(code, 0, stderr);
  return stdout;
}

test('into a pipe: a report per line, only when something came, through rotation and truncation', async (t) => {
  await withFiles({ 'u.log': requests(1, 10), 'v.log': requests(1, 10, 2) }, async (folder) => {
    const [path, other] = [`${folder}/u.log`, `${folder}/v.log`];
    const running = live(t, ['--follow', path, other]);
    await running.until(counted(20));
    appendFileSync(path, requests(11, 5));
    await running.until(counted(25));
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, requests(16, 5));
    writeFileSync(path, requests(21, 5));
    appendFileSync(other, requests(11, 1, 2));
    await running.until(counted(36));
    truncateSync(other);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    appendFileSync(other, requests(12, 4, 2));
    await running.until(counted(40));
    const all = reports(await stopped(running));
    for (const report of all) assertValid(report);
    assert.deepEqual([...new Set(all.map((report) => JSON.stringify(report)))].length, all.length);
    assert.ok(all.length <= 8);
    const { routes, workers, inputs } = all.at(-1)!;
    assert.deepEqual(
      inputs.map(({ name, readings }) => [name, readings]),
      [
        [path, 25],
        [other, 15],
      ],
    );
    assert.equal(routes[0]!.calls, 40);
    assert.equal(workers.length, 2);
    const whole = await leakrank(['--json', `${path}.1`, path]);
    assert.equal((JSON.parse(whole.stdout) as Report).totals.requests, 25);
  });
});

test('standard input is followed to its end', async (t) => {
  const running = live(t, ['--follow']);
  running.child.stdin!.write(requests(1, 10));
  await running.until(counted(10));
  running.child.stdin!.write(requests(11, 3));
  await running.until(counted(13));
  running.child.stdin!.end(requests(14, 1));
  const { code, stdout } = await running.end();
  assert.equal(code, 0);
  assert.equal(reports(stdout).at(-1)!.totals.requests, 14);
});

test('with a state, SIGTERM ends it and the next run goes on; files of reports are kept new', async (t) => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const path = `${folder}/u.log`;
    const flags = ['--state', `${folder}/s`];
    const prometheus = `${folder}/leaks.prom`;
    const running = live(t, ['--follow', ...flags, '--report', 'json', '--report', `prometheus=${prometheus}`, path]);
    await running.until(counted(10));
    appendFileSync(path, requests(11, 10));
    await running.until(counted(20));
    await stopped(running, 'SIGTERM');
    assert.match(readFileSync(prometheus, 'utf8'), /^leakrank_requests 20$/m);
    renameSync(path, `${path}.1`);
    writeFileSync(path, requests(21, 10));
    const next = live(t, ['--follow', ...flags, path]);
    await next.until(counted(30));
    const last = (await stopped(next)).trimEnd().split('\n').at(-1)!;
    const whole = await leakrank(['--json', `${path}.1`, path]);
    assert.deepEqual(comparable(last), comparable(whole.stdout));
  });
});

test('a reader that goes away ends it', async (t) => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const running = live(t, ['--follow', `${folder}/u.log`]);
    await running.until(counted(10));
    running.child.stdout!.destroy();
    appendFileSync(`${folder}/u.log`, requests(11, 1));
    const { code, stderr } = await running.end();
    assert.deepEqual([code, stderr], [0, '']);
  });
});

test('other reports are printed at the end; a gate that fails is told', async (t) => {
  await withFiles({ 'u.log': requests(1, 100) }, async (folder) => {
    const running = live(t, ['--follow', '--report', 'csv', '--max-worker-growth', '1KiB', `${folder}/u.log`]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(running.outcome.stdout, '');
    const { code, stdout, stderr } = await running.end('SIGINT');
    assert.match(stdout, /^rank,/);
    assert.match(stderr, /gate failed: max-worker-growth/);
    assert.equal(code, 1);
  });
});

test('on a terminal the table is replaced in place, and stays at the end', PTY, async (t) => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const running = onPty(t, ['--follow', `${folder}/u.log`]);
    await running.until((shown) => shown.includes('10 requests'));
    appendFileSync(`${folder}/u.log`, requests(11, 10));
    await running.until((shown) => shown.includes('20 requests'));
    running.child.stdin!.write('\x03');
    const { stdout } = await running.end();
    assert.match(stdout, /exit status 0/);
    const [, ...frames] = stdout.split('\x1b[?2026h');
    assert.ok(frames.length >= 3);
    // Back to the first row, and every line is cleared behind its end: nothing is erased that is drawn again.
    assert.match(frames[1]!, /^\x1b\[\d+A\r/);
    assert.doesNotMatch(stdout, /\x1b\[2J/);
    const end = frames.at(-1)!;
    assert.ok(end.includes('\x1b[?25h'), 'the cursor is back');
    assert.match(end, /20 requests[\s\S]*\/r\/\{id\}/);
  });
});
