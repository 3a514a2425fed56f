import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf, routeOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const line = (pid: number, ownCount: number, rssBytes: number, uri = '/a', more = {}) =>
  uwsgiLine({ pid, ownCount, totalCount: ownCount, rssBytes, uri, ...more });

const lives = async (lines: string[]) =>
  (await reportOf(textOf(lines))).workers.map(
    ({ worker, requests, firstBytes, lastBytes, ended }) =>
      `${worker}: ${requests} requests ${firstBytes}-${lastBytes} ${ended}`,
  );

test('a worker without news lives', async () => {
  assert.deepEqual(await lives([line(5, 1, 100), line(5, 2, 300)]), ['5: 2 requests 100-300 null']);
});

test('a respawned slot ends its process, and the new one starts from its own first reading', async () => {
  const report = await reportOf(
    textOf([
      'spawned uWSGI worker 1 (pid: 5, cores: 1)',
      line(5, 1, 1000),
      '...The work of process 5 is done (max requests reached (1 >= 1)). Seeya!',
      'worker 1 killed successfully (pid: 5)',
      'Respawned uWSGI worker 1 (new pid: 6)',
      line(6, 2, 100),
      line(6, 3, 150),
    ]),
  );
  assert.deepEqual(
    report.workers.map(({ worker, ended }) => [worker, ended]),
    [
      ['5', 'max-requests'],
      ['6', null],
    ],
  );
  assert.equal(report.totals.restarts, 1);
  assert.equal(report.totals.growthBytes, 50);
});

const ENDS: [reason: string, lines: string[]][] = [
  ['signal 9', ['DAMN ! worker 1 (pid: 5) died, killed by signal 9 :( trying respawn ...']],
  ['died', ['DAMN ! worker 1 (pid: 5) died :( trying respawn ...']],
  ['recycled', ['...The work of process 5 is done. Seeya!']],
  ['reload-on-rss', ['...The work of process 5 is done (reload-on-rss limit reached (9 >= 8)). Seeya!']],
  [
    'evil-reload-on-rss',
    [
      'Mon Nov 23 20:53:52 2026 - *** EVIL RELOAD ON WORKER 1 RSS: 9 (pid: 5) ***',
      'DAMN ! worker 1 (pid: 5) died, killed by signal 9 :( trying respawn ...',
    ],
  ],
  [
    'harakiri',
    [
      'Mon Nov 23 20:53:52 2026 - *** HARAKIRI ON WORKER 1 (pid: 5, try: 1) ***',
      'DAMN ! worker 1 (pid: 5) died, killed by signal 9 :( trying respawn ...',
    ],
  ],
  ['max-worker-lifetime', ['worker 1 lifetime reached, it was running for 61 second(s)']],
  ['respawn', []],
];

for (const [reason, news] of ENDS) {
  test(`a worker can end by ${reason}, and the first reason told is kept`, async () => {
    const seen = await lives([
      'spawned uWSGI worker 1 (pid: 5, cores: 1)',
      line(5, 1, 1000),
      ...news,
      'Respawned uWSGI worker 1 (new pid: 6)',
      line(6, 3, 100),
    ]);
    assert.deepEqual(seen, [`5: 1 requests 1000-1000 ${reason}`, '6: 1 requests 100-100 null']);
  });
}

test('a pid that is given again to the next process is another worker, also when its counters go on', async () => {
  const seen = await lives([
    'spawned uWSGI worker 1 (pid: 5, cores: 1)',
    line(5, 1, 1000),
    'DAMN ! worker 1 (pid: 5) died, killed by signal 9 :( trying respawn ...',
    'Respawned uWSGI worker 1 (new pid: 5)',
    line(5, 3, 100),
  ]);
  assert.deepEqual(seen, ['5: 1 requests 1000-1000 signal 9', '5#2: 1 requests 100-100 null']);
});

test('a counter that falls is another worker', async () => {
  const report = await reportOf(textOf([line(5, 8, 1000), line(5, 9, 2000), line(5, 1, 100), line(5, 2, 120)]));
  assert.deepEqual(
    report.workers.map(({ worker, ended }) => [worker, ended]),
    [
      ['5', 'restart'],
      ['5#2', null],
    ],
  );
  assert.equal(report.totals.restarts, 1);
  assert.equal(report.totals.growthBytes, 1020);
});

test('a new instance of the server ends all workers', async () => {
  const seen = await lives([
    line(5, 1, 1000),
    line(6, 2, 1000),
    '*** Starting uWSGI 2.0.21 (64bit) on [Mon Nov 23 20:53:43 2026] ***',
    line(5, 1, 100),
    line(6, 1, 100),
  ]);
  assert.deepEqual(seen, [
    '5: 1 requests 1000-1000 restart',
    '5#2: 1 requests 100-100 null',
    '6: 1 requests 1000-1000 restart',
    '6#2: 1 requests 100-100 null',
  ]);
});

test('a line that comes late, behind the news of its worker, still belongs to it', async () => {
  const seen = await lives([line(5, 1, 1000), '...The work of process 5 is done. Seeya!', line(5, 2, 1100, '/late')]);
  assert.deepEqual(seen, ['5: 2 requests 1000-1100 null']);
});

test('mounted apps count their requests apart: no gap and no restart is seen', async () => {
  const report = await reportOf(
    textOf([
      line(5, 1, 100, '/one', { app: 0 }),
      line(5, 1, 200, '/two', { app: 1 }),
      line(5, 2, 300, '/one', { app: 0 }),
      line(5, -1, 350, '/static', { app: -1 }),
      line(5, 2, 400, '/two', { app: 1 }),
    ]),
  );
  assert.equal(report.workers.length, 1);
  assert.deepEqual(report.warnings, []);
  assert.equal(routeOf(report, '/two').netGrowthBytes, 150);
});
