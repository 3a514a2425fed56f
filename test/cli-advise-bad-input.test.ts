import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leakrank } from './support/cli.ts';
import { leakingLog } from './support/leaking-log.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const A = 'fixtures/uwsgi/lab-a.log.gz';

test('bad input: one sentence on what, where and what to do, and exit status 2', async () => {
  const log = leakingLog({ requests: 50 });
  const withoutMemory = `${uwsgiLine({ memoryReport: 0 })}\n`.repeat(3);
  const cases: [string[], string, RegExp][] = [
    [[A], '', /^advise needs the memory that all workers together may take: --memory 512MiB$/],
    [[A, '--memory', '512'], '', /^--memory 512 is no size: write a number and its unit, such as 512KiB/],
    [[A, '--memory', 'much'], '', /^--memory much is no size/],
    [[A, '--memory', '0MiB'], '', /^--memory 0 leaves nothing/],
    [[A, '--memory', '1GiB', '--server', 'puma'], '', /^--server puma is not one of uwsgi, gunicorn, celery; without/],
    [[A, '--memory', '1GiB', '--workers', '0'], '', /^--workers 0 is no number of workers/],
    [[A, '--memory', '1GiB', '--workers', '2.5'], '', /^--workers 2\.5 is no number of workers/],
    [[A, '--memory', '1GiB', '--uwsgi-version', 'new'], '', /^--uwsgi-version new is no version/],
    [
      [A, '--memory', '1GiB', '--uwsgi-version', '2.0.28', '--server', 'celery'],
      '',
      /^--uwsgi-version is for --server uwsgi/,
    ],
    [['--memory', '1GiB'], '', /^standard input: no request to learn from/],
    [['--memory', '1GiB'], 'nothing\n', /^standard input: no request line in 1 line/],
    [['--memory', '1GiB'], withoutMemory, /^standard input: 3 request lines, but no rss in these lines.*memory-report/],
    [['--memory', '1GiB'], log, /^standard input: too short to tell a worker's growth from its warm-up/],
    [
      ['fixtures/php-fpm/access.log', '--memory', '1GiB'],
      '',
      /how much memory a request used at most.*leakrank instrument$/,
    ],
    [
      ['--memory', '1GiB', '--field', 'delta=d'],
      '{"pid":1,"path":"/a","d":4096}\n'.repeat(200),
      /say by how much memory changed.*leakrank instrument$/,
    ],
    [
      [A, '--memory', '1GiB', '--since', '2030-01-01'],
      '',
      /: no request lies within --since and --until; choose other times$/,
    ],
    [['no-such.log', '--memory', '1GiB'], '', /^no-such\.log: there is no such file/],
  ];
  for (const [args, stdin, message] of cases) {
    const { code, stdout, stderr } = await leakrank(['advise', ...args], { stdin });
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^leakrank: [^\n]+\n$/, args.join(' '));
    assert.match(stderr.slice('leakrank: '.length, -1), message);
  }
});

test('a budget far beyond what the lives of the log show is said to be a guess', async () => {
  const { code, stderr } = await leakrank(['advise', A, '--memory', '900GiB']);
  assert.equal(code, 0);
  assert.match(
    stderr,
    /The longest life in this log has 5,334 requests; that growth goes on unchanged up to 7,620,326/,
  );
  assert.doesNotMatch((await leakrank(['advise', A, '--memory', '2GiB'])).stderr, /longest life/);
});
