import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture, ROOT } from './support/fixtures.ts';
import { seededRandom } from './support/random.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LOG = textOf([1, 2, 3].map((n) => uwsgiLine({ ownCount: n, rssBytes: 1e6 + n * 8192, uri: '/a' })));
const random = seededRandom(7);
const binary = Buffer.from(Array.from({ length: 50_000 }, () => random.integer(256)));

const EMPTY_LINES = uwsgiLine({ memoryReport: 0 });

/** What the command says of a file, when it exits with 2 and prints no report. */
const REFUSED: [name: string, content: string | Buffer, message: RegExp][] = [
  ['binary.log', binary, /^leakrank: binary\.log: no request line in \d+ lines/],
  [
    'nginx.log',
    '1.2.3.4 - - [23/Nov/2026:20:50:35 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"\n',
    /no request line in 1 line;/,
  ],
  ['blank.log', '\n\n', /no request line in 2 lines/],
  [
    'no-memory.log',
    `${EMPTY_LINES}\n`,
    /1 request line, but no rss in these lines; turn it on in uWSGI with memory-report = 1/,
  ],
  ['zero.log', `${uwsgiLine({ rssBytes: 0 })}\n`, /all rss readings are 0; turn it on in uWSGI with memory-report = 1/],
  ['cut.log', uwsgiLine().slice(0, 150), /no request line in 1 line \(1 damaged\)/],
  [
    'a.zst',
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2]),
    /a\.zst (?:ends in the middle of its|holds damaged) compressed data/,
  ],
  [
    'a.xz',
    Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1]),
    /a\.xz (?:holds damaged compressed data|is compressed with xz, and the command xz is not there)/,
  ],
  [
    'a.bz2',
    Buffer.from('BZh91AY&SY'),
    /a\.bz2 (?:holds damaged compressed data|is compressed with bzip2, and the command bzip2 is not there)/,
  ],
  [
    'a.gz',
    Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('this is no gzip')]),
    /a\.gz holds damaged compressed data/,
  ],
  ['short.gz', gzipSync(LOG).subarray(0, 15), /short\.gz ends in the middle of its compressed data/],
];

for (const [name, content, message] of REFUSED) {
  test(`${name} is refused in one sentence`, async () => {
    await withFiles({ [name]: content }, async (cwd) => {
      const { code, stdout, stderr } = await leakrank([name], { cwd });
      assert.match(stderr, message);
      assert.match(stderr, /^leakrank: [^\n]+\n$/);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.equal(stdout, '');
      assert.equal(code, 2);
    });
  });
}

test('a missing file and a directory are refused, each with what to do', async () => {
  await withFiles({}, async (cwd) => {
    mkdirSync(`${cwd}/logs`);
    const missing = await leakrank(['nowhere.log'], { cwd });
    assert.deepEqual(missing, {
      code: 2,
      stdout: '',
      stderr: 'leakrank: nowhere.log: there is no such file; check the path\n',
    });
    const folder = await leakrank(['logs/'], { cwd });
    assert.deepEqual(folder, {
      code: 2,
      stdout: '',
      stderr: 'leakrank: logs/ is a directory: name the log files in it, for example logs/*.log, or use --recursive\n',
    });
  });
});

test('a file without permission is refused', {
  skip: process.getuid?.() === 0 && 'root may read everything',
}, async () => {
  await withFiles({ 'secret.log': LOG }, async (cwd) => {
    chmodSync(`${cwd}/secret.log`, 0);
    const { code, stderr } = await leakrank(['secret.log'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^leakrank: secret\.log: no permission to read it; /);
  });
});

test('a path with a file for a folder, or too long, is refused', async () => {
  await withFiles({ 'a.log': LOG }, async (cwd) => {
    for (const path of ['a.log/b.log', 'x'.repeat(300)]) {
      const { code, stderr } = await leakrank([path], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /^leakrank: [^\n]+; check the path[^\n]*\n$/);
    }
  });
});

test('an empty file and an empty pipe are fine, and said to be empty', async () => {
  await withFiles({ 'empty.log': '', 'empty.gz': gzipSync('') }, async (cwd) => {
    for (const args of [['empty.log'], ['empty.gz'], [], ['-']]) {
      const { code, stdout, stderr } = await leakrank(args, { cwd });
      assert.equal(code, 0);
      assert.equal(stdout, 'No requests to report on.\n');
      assert.equal(stderr, 'warning: The input is empty.\n');
    }
  });
});

test('a last line without its newline counts', async () => {
  const { code, stdout } = await leakrank(['--json'], { stdin: LOG.trimEnd() });
  assert.equal(code, 0);
  assert.match(stdout, /"readings": 3,/);
});

test('a log cut in the middle of a record is reported on, with a warning', async () => {
  const { code, stdout, stderr } = await leakrank([], { stdin: LOG.slice(0, -60) });
  assert.equal(code, 0);
  assert.match(stdout, /^2 requests, 1 worker/);
  assert.match(stderr, /^warning: 1 request line is damaged and was not read;/);
});

test('a truncated gzip file is reported on as far as it goes, and exits with 2', async () => {
  const bytes = gzipSync(fixture('samples/harakiri-verbose.log').toString().repeat(500), { level: 1 });
  await withFiles({ 'half.log.gz': bytes.subarray(0, bytes.length >> 1) }, async (cwd) => {
    const { code, stdout, stderr } = await leakrank(['half.log.gz'], { cwd });
    assert.equal(code, 2);
    assert.match(stdout, /^\d+ requests, /);
    assert.match(stderr, /leakrank: half\.log\.gz ends in the middle of its compressed data/);
    assert.match(stderr, /warning: 1 input could not be read to the end/);
  });
});

test('of several files the readable ones are reported on, and the missing one makes the exit 2', async () => {
  await withFiles({ 'a.log': LOG }, async (cwd) => {
    const { code, stdout, stderr } = await leakrank(['a.log', 'nowhere.log'], { cwd });
    assert.equal(code, 2);
    assert.match(stdout, /^3 requests/);
    assert.match(stderr, /^leakrank: nowhere\.log: there is no such file/);
  });
});

test('random bytes from a pipe are refused without a stack', async () => {
  const { code, stderr } = await leakrank([], { stdin: randomBytes(100_000) });
  assert.equal(code, 2);
  assert.match(stderr, /^leakrank: standard input: [^\n]+\n$/);
});

test('a command with a slip in its name is no missing file', async () => {
  const { code, stderr } = await leakrank(['comparee', 'a.json', 'b.json']);
  assert.equal(code, 2);
  assert.equal(stderr, 'leakrank: comparee is no file and no command (did you mean compare?)\n');
  await withFiles({ merg: LOG }, async (cwd) => {
    assert.equal((await leakrank(['-q', 'merg'], { cwd })).code, 0);
  });
});

test('a report never takes the place of the log it is about', async () => {
  await withFiles({ 'a.log': LOG }, async (cwd) => {
    symlinkSync('a.log', join(cwd, 'link.log'));
    for (const args of [
      ['-o', 'a.log', 'a.log'],
      ['--report', 'json=./a.log', 'a.log'],
      ['-o', 'link.log', 'a.log'],
      ['collect', 'a.log', '-o', 'a.log'],
    ]) {
      const { code, stderr } = await leakrank(args, { cwd });
      assert.equal(code, 2, args.join(' '));
      assert.match(
        stderr,
        /a\.log.* is read: what is written there would take its place|which is read: what is written/,
      );
      assert.equal(readFileSync(join(cwd, 'a.log'), 'utf8'), LOG);
    }
  });
});

test('gates stay open where nothing was measured', async () => {
  const gates = ['--max-leaked=1MiB', '--max-leak-per-call=1KiB', '--max-worker-growth=1MiB'];
  await withFiles({ 'empty.log': '', 'a.log': LOG }, async (cwd) => {
    for (const gate of gates) {
      assert.equal((await leakrank(['-q', gate, '--inconclusive', 'fail', 'empty.log'], { cwd })).code, 1, gate);
      assert.equal((await leakrank(['-q', gate, 'empty.log'], { cwd })).code, 0, gate);
    }
    const filtered = ['-q', '--match', '/none', '--max-leaked', '1MiB', '--inconclusive', 'fail', 'a.log'];
    assert.equal((await leakrank(filtered, { cwd })).code, 1);
  });
});

test('a full disk behind standard output is no failed gate', {
  skip: existsSync('/dev/full') ? false : 'no /dev/full',
}, () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" bin/leakrank.js fixtures/uwsgi/lab-a.log.gz >/dev/full`, process.execPath],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  assert.equal(status, 2);
  assert.match(stderr, /^leakrank: standard output cannot be written \(ENOSPC\); check the disk$/m);
});
