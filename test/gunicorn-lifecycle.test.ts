import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../src/index.ts';
import { GunicornLifecycle } from '../src/parse/gunicorn/lifecycle.ts';
import { readLines } from './support/read-lines.ts';

/** Every wording, in its versions, with what it says. */
const WORDINGS: [line: string, event: unknown][] = [
  ['Starting gunicorn 20.1.0', { kind: 'instance-start' }],
  ['Starting gunicorn 26.1.0', { kind: 'instance-start' }],
  ['Booting worker with pid: 15807', { kind: 'booted', pid: 15_807 }],
  ['Using worker: sync', 'heard'],
  ['Using worker: gthread', { kind: 'concurrent' }],
  ['Using worker: gevent', { kind: 'concurrent' }],
  ['Using worker: uvicorn.workers.UvicornWorker', { kind: 'concurrent' }],
  ['Worker exiting (pid: 15807)', { kind: 'finished', pid: 15_807, reason: 'exit' }],
  ['WORKER TIMEOUT (pid:15807)', { kind: 'finished', pid: 15_807, reason: 'timeout' }],
  ['Worker with pid 15954 was terminated due to signal 9', { kind: 'died', pid: 15_954, signal: 9 }],
  ['Worker (pid:15954) was sent SIGKILL! Perhaps out of memory?', { kind: 'died', pid: 15_954, signal: 9 }],
  ['Worker (pid:15954) was sent SIGTERM!', { kind: 'died', pid: 15_954, signal: 15 }],
  ['Worker (pid:15954) was sent SIGNONSENSE!', { kind: 'died', pid: 15_954, signal: null }],
  ['Worker (pid:15954) exited with code 3.', { kind: 'finished', pid: 15_954, reason: 'exit code 3' }],
  ['Worker (pid:15954) exited with code 255', { kind: 'finished', pid: 15_954, reason: 'exit code 255' }],
  ['Handling signal: term', 'heard'],
  ['Shutting down: Master', { kind: 'instance-stop' }],
];

for (const prefix of [
  '',
  '[2026-11-23 20:55:29 +0000] [15757] [INFO] ',
  '[15757] ',
  '2026-11-23 INFO gunicorn.error: ',
]) {
  test(`every wording is understood behind ${JSON.stringify(prefix)}`, () => {
    for (const [sentence, event] of WORDINGS) {
      assert.deepEqual(new GunicornLifecycle().read(prefix + sentence), event, sentence);
    }
  });
}

test('other lines say nothing', () => {
  const lifecycle = new GunicornLifecycle();
  for (const line of [
    'Booting worker with pid: x',
    'I printed: Booting worker with pid: 5, and more',
    `${'x'.repeat(200)} Booting worker with pid: 5`,
    '10.0.0.1 "GET /Shutting down: Master HTTP/1.1" 200',
    'Worker (pid:15954) was sent home!',
    'Autorestarting worker',
    '',
  ]) {
    assert.equal(lifecycle.read(line), undefined, line);
  }
});

test('why a worker left: its own max-requests, a reload, a stop', () => {
  const lifecycle = new GunicornLifecycle();
  const at = '[2026-11-23 20:55:29 +0000] [7] [INFO] ';
  assert.equal(lifecycle.read(`${at}Autorestarting worker after current request.`), 'heard');
  const exit = `${at}Worker exiting (pid: 7)`;
  assert.deepEqual(lifecycle.read(exit), { kind: 'finished', pid: 7, reason: 'max-requests' });
  lifecycle.read(`${at}Handling signal: hup`);
  assert.deepEqual(lifecycle.read(exit), { kind: 'finished', pid: 7, reason: 'reload' });
  lifecycle.read(`${at}Handling signal: term`);
  assert.deepEqual(lifecycle.read(exit), { kind: 'finished', pid: 7, reason: 'stop' });
  lifecycle.read(`${at}Starting gunicorn 23.0.0`);
  assert.deepEqual(lifecycle.read(exit), { kind: 'finished', pid: 7, reason: 'exit' });
});

const FORMAT = '%(h)s %(t)s "%(r)s" %(s)s %(p)s rss=%({x-rss}o)s';
const access = (pid: number, rss: number) =>
  `127.0.0.1 [23/Nov/2026:20:55:29 +0000] "GET /a HTTP/1.1" 200 <${pid}> rss=${rss}`;

test('a worker that announces its end still has its last request, and its successor counts as a restart', async () => {
  const at = (pid: number) => `[2026-11-23 20:55:29 +0000] [${pid}] [INFO] `;
  const log = [
    `${at(1)}Starting gunicorn 20.1.0`,
    `${at(7)}Booting worker with pid: 7`,
    `${at(8)}Booting worker with pid: 8`,
    access(7, 20_000_000),
    access(8, 20_000_000),
    `${at(7)}Autorestarting worker after current request.`,
    access(7, 20_100_000),
    `${at(7)}Worker exiting (pid: 7)`,
    `${at(9)}Booting worker with pid: 9`,
    access(9, 20_000_000),
    `${at(1)}Worker (pid:8) was sent SIGKILL! Perhaps out of memory?`,
    `${at(8)}Booting worker with pid: 8`,
    access(8, 20_000_000),
  ];
  const report = await analyze([log], { logFormat: [FORMAT] });
  assert.equal(report.totals.restarts, 2);
  assert.deepEqual(
    report.workers.map(({ worker, requests, ended }) => [worker, requests, ended]),
    [
      ['7', 2, 'max-requests'],
      ['8', 1, 'signal 9'],
      ['8#2', 1, null],
      ['9', 1, null],
    ],
  );
});

test('life-cycle lines are no requests', async () => {
  const { readings, otherLines } = await readLines(WORDINGS.map(([line]) => line));
  assert.deepEqual([readings.length, otherLines], [0, WORDINGS.length]);
});
