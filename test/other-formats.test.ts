/** celery, oink, PHP-FPM, AWS Lambda and Heroku's samples: what their lines are read as. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { collect, collectingSink, countLines, recognizer } from './support/collect.ts';
import { ROOT } from './support/fixtures.ts';

const sample = (name: string) => readFileSync(`${ROOT}fixtures/${name}`);

function read(...lines: string[]) {
  const { sink, seen } = collectingSink();
  const formats = recognizer(sink);
  for (const [i, line] of lines.entries()) formats.textLine(line, i + 1);
  assert.equal(countLines(seen), lines.length);
  return seen;
}

const CELERY = '[2026-11-23 20:57:18,082: INFO/ForkPoolWorker-1] capp.leaky[9a5b-1]: ';

test('celery: every line of the samples is a reading or another line', async () => {
  for (const [name, readings, lines] of [
    ['celery/maxmem-MP_LOG.log', 3, 51],
    ['celery/maxmem-default-silent.log', 8, 88],
    ['celery/maxtasks3-MP_LOG.log', 10, 72],
  ] as const) {
    const seen = await collect(sample(name));
    assert.equal(seen.readings.length, readings, name);
    assert.equal(countLines(seen), lines, name);
    assert.equal(seen.malformed.length, 0);
    for (const { routeName, pid, rss } of seen.readings) {
      assert.match(routeName, /^capp\.(leaky|spike|boom|oom)$/);
      assert.ok(pid > 18_000 && rss > 2 ** 25);
    }
  }
});

test('celery: pairs, JSON, a worker without a pid', () => {
  const { readings } = read(
    `${CELERY}gmem task=capp.leaky id=9a5b-1 pid=18521 rss=43778048 delta=5328896 state=SUCCESS`,
    `${CELERY}{"rss": 43778048}`,
    `${CELERY}gmem rss_mb=41.75`,
  );
  const time = Date.UTC(2026, 10, 23, 20, 57, 18, 82);
  assert.deepEqual(
    readings.map((one) => [one.routeName, one.pid, one.workerName, one.rss, one.time]),
    [
      ['capp.leaky', 18521, '', 43778048, time],
      ['capp.leaky', -1, 'ForkPoolWorker-1', 43778048, time],
      ['capp.leaky', -1, 'ForkPoolWorker-1', 43778048, time],
    ],
  );
});

test('celery: what happens to its processes', () => {
  const main = (text: string) => `[2026-11-23 20:57:18,082: ERROR/MainProcess] ${text}`;
  const { events, readings } = read(
    main('celery@vm ready.'),
    main("Process 'ForkPoolWorker-2' pid:18529 exited with 'signal 9 (SIGKILL)'"),
    `${CELERY}gmem pid=18521 rss=43778048`,
    '[2026-11-23 20:59:08,986: WARNING/ForkPoolWorker-1] child process exiting after exceeding memory limit (135472KiB / 100000KiB)',
    main("Process 'ForkPoolWorker-7' pid:9 exited with 'exitcode 155'"),
    main('Task capp.boom[1] raised unexpected: rss=1 task=x'),
    main("Task handler raised error: WorkerLostError('Worker exited prematurely: signal 9 (SIGKILL) Job: 0.')"),
  );
  assert.equal(readings.length, 1);
  assert.deepEqual(events, [
    { kind: 'instance-start' },
    { kind: 'finished', pid: 18529, reason: 'signal 9' },
    { kind: 'ended-by-name', name: 'ForkPoolWorker-2', reason: 'signal 9' },
    { kind: 'finished', pid: 18521, reason: 'max-memory-per-child' },
    { kind: 'ended-by-name', name: 'ForkPoolWorker-1', reason: 'max-memory-per-child' },
    { kind: 'finished', pid: 9, reason: 'max-tasks-per-child' },
    { kind: 'ended-by-name', name: 'ForkPoolWorker-7', reason: 'max-tasks-per-child' },
  ]);
});

test('oink: three lines are one reading, also where those of several processes are mixed', () => {
  const line = (pid: number, text: string) => `Feb 01 01:58:29 ey04-s00297 rails[${pid}]: ${text}`;
  const { readings, otherLines, torn } = read(
    line(4413, 'Oink Action: Users#show'),
    line(4414, 'Oink Action: Users#index'),
    line(4413, 'Memory usage: 316516 | PID: 4413'),
    line(4414, 'Instantiation Breakdown: Total: 23 | User: 13'),
    line(4414, 'Memory usage: 316616 | PID: 4414'),
    line(4414, 'Oink Log Entry Complete'),
    line(4413, 'Oink Log Entry Complete'),
    line(4413, 'Oink Log Entry Complete'),
    line(4415, 'Memory usage: 316516 | PID: 4415'),
    line(4415, 'Oink Log Entry Complete'),
  );
  assert.deepEqual(
    readings.map(({ routeName, pid, vsz, rss, origin }) => [routeName, pid, vsz, rss, origin]),
    [
      ['Users#index', 4414, 316616 * 1024, -1, 'ey04-s00297'],
      ['Users#show', 4413, 316516 * 1024, -1, 'ey04-s00297'],
    ],
  );
  assert.equal(torn.length, 1);
  assert.equal(otherLines, 7);
});

test('oink: without syslog', () => {
  const { readings } = read('Oink Action: a#b', 'Memory usage: 100 | PID: 5', 'Oink Log Entry Complete');
  assert.deepEqual([readings[0]!.routeName, readings[0]!.pid], ['a#b', 5]);
});

test('PHP-FPM: access lines are peaks, the error log tells of children', async () => {
  const access = await collect(sample('php-fpm/access.log'));
  assert.deepEqual(
    access.readings.map(({ pid, uri, heap, kind }) => [pid, uri, heap, kind]),
    [2097152, 12099584, 2097152, 2097152, 2097152, 2097152].map((bytes, i) => [
      i < 4 ? 28690 : 28710,
      ['/a.php', '/a.php?n=10000000', '/a.php', '/a.php?z=1', '/a.php', '/a.php'][i],
      bytes,
      'request-peak',
    ]),
  );
  const error = await collect(sample('php-fpm/error.log'));
  assert.deepEqual(error.events, [
    { kind: 'instance-start' },
    { kind: 'finished', pid: 28690, reason: 'recycled' },
    { kind: 'booted', pid: 28710 },
    { kind: 'instance-stop' },
  ]);
  assert.equal(error.otherLines, 7);
});

test('PHP-FPM: the example of www.conf, and quotes in a URI', () => {
  const { readings } = read(
    '127.0.0.1 -  23/Nov/2026:21:04:09 +0000 "GET /a.php?z=1" 200 /srv/a.php 15.207 11816 5.00%',
    '127.0.0.1 - bob 23/Nov/2026:21:04:09 +0000 "GET /a"b" 200 x" 404 /srv/a.php 15.207 11816 5.00%',
  );
  assert.deepEqual(
    readings.map(({ uri, heap, status }) => [uri, heap, status]),
    [
      ['/a.php?z=1', 11816 * 1024, 200],
      ['/a"b" 200 x', 11816 * 1024, 404],
    ],
  );
});

test('Lambda: text, JSON, with a log stream', () => {
  const text =
    'REPORT RequestId: 3604209a-e9a3-11e6-939a-754dd98c7be3\tDuration: 12.34 ms\tBilled Duration: 100 ms \tMemory Size: 128 MB\tMax Memory Used: 46 MB\tInit Duration: 265.72 ms\t';
  const json =
    '{"time":"2026-11-23T20:50:35.123Z","type":"platform.report","record":{"requestId":"x","metrics":{"durationMs":1,"memorySizeMB":128,"maxMemoryUsedMB":50.0}}}';
  const stream = '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef';
  const { readings } = read(
    text,
    json,
    `{"logGroup":"/aws/lambda/mail","logStream":"${stream}","message":${JSON.stringify(text)}}`,
  );
  assert.deepEqual(
    readings.map(({ rss, kind, routeName, workerName }) => [rss / 2 ** 20, kind, routeName, workerName]),
    [
      [46, 'process-peak', '(invocation)', ''],
      [50, 'process-peak', '(invocation)', ''],
      [46, 'process-peak', 'mail', stream],
    ],
  );
});

test('Heroku: samples of a dyno are no readings', () => {
  const { readings, otherLines, events } = read(
    '2026-04-09T08:01:47.421738+00:00 heroku[web.1]: source=web.1 dyno=heroku.1949.ce1e sample#memory_total=88.32MB sample#memory_rss=87.66MB sample#memory_cache=0.66MB',
  );
  assert.deepEqual([readings.length, otherLines, events.length], [0, 1, 1]);
});
