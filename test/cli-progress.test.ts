import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withFiles } from './support/cli.ts';
import { onTerminal, type Terminal } from './support/in-process.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const MANY = textOf(Array.from({ length: 100 }, (_, i) => uwsgiLine({ ownCount: i + 1, totalCount: i + 1 })));
/** Long enough for a bar: most of it are lines that are read past. */
const LONG = MANY + `${'.'.repeat(1023)}\n`.repeat(20 * 1024);
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

function progress(content: string, terminal: Terminal, flags: string[] = []): Promise<string> {
  return withFiles({ 'a.log': content, 'b.log': content }, async (folder) => {
    const { code, stderr } = await onTerminal([...flags, `${folder}/a.log`, `${folder}/b.log`], terminal);
    assert.equal(code, 0);
    return stderr;
  });
}

test('long files: a bar with bytes, rate and time left, which is gone at the end', async () => {
  const text = await progress(LONG, {});
  assert.match(text, /[█░]+ \d+ % {2}[\d.]+ [KM]?i?B of 40\.\d MiB {2}[\d.]+ [KMG]?i?B\/s {2}(\d+ s|\?) left/);
  assert.ok(text.includes(HIDE_CURSOR));
  assert.ok(text.lastIndexOf(SHOW_CURSOR) > text.lastIndexOf('%'));
  assert.ok(text.lastIndexOf('\x1b[0K') > text.lastIndexOf('%'), 'the line is cleared');
});

test('the bar fits a narrow terminal, and an ASCII one', async () => {
  const text = await progress(LONG, { columns: 60, env: { LC_ALL: 'C' } });
  assert.match(text, /[#.]{8} 0 %/);
  assert.doesNotMatch(text, /[^\x00-\x7f]/);
});

test('no bar: short files, no terminal, TERM=dumb, --quiet', async () => {
  assert.equal(await progress(MANY, {}), '');
  assert.equal(await progress(LONG, { stderr: false }), '');
  assert.equal(await progress(LONG, { env: { TERM: 'dumb' } }), '');
  assert.equal(await progress(LONG, {}, ['--quiet']), '');
});

test('the bar goes when reading fails or is interrupted', async () => {
  await withFiles(
    { 'a.log': LONG, 'b.log.gz': Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), Buffer.alloc(100, 1)]) },
    async (folder) => {
      const failed = await onTerminal([`${folder}/a.log`, `${folder}/b.log.gz`]);
      assert.equal(failed.code, 2);
      assert.ok(failed.stderr.lastIndexOf(SHOW_CURSOR) > failed.stderr.lastIndexOf('%'));
      const aborted = AbortSignal.abort();
      const interrupted = await onTerminal([`${folder}/a.log`], { signal: aborted });
      assert.equal(interrupted.code, 130);
      assert.ok(interrupted.stderr.includes(SHOW_CURSOR));
    },
  );
});

test('a page is not printed onto a terminal', async () => {
  const { code, stdout, stderr } = await onTerminal(['--report', 'html', 'x.log']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(
    stderr,
    /^leakrank: html is for a browser, not for a terminal; write it into a file: --report html=report\.html/,
  );
});

test('--verbose says on standard error what the run took', async () => {
  await withFiles({ 'a.log': MANY }, async (folder) => {
    const run = await onTerminal(['--verbose', '--si', `${folder}/a.log`], {});
    assert.match(
      run.stderr,
      /leakrank: [\d.]+ kB, 100 lines in \d+\.\d\d s: [\d.]+ [kMG]?B\/s; at most [\d.]+ [MG]B of memory\n/,
    );
    const following = await onTerminal(['--verbose', '--follow', `${folder}/a.log`], {});
    assert.equal(following.code, 2);
    assert.match(following.stderr, /--verbose tells what a run took, --follow goes on: give one of them/);
  });
});
