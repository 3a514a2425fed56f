import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf, routeOf, textOf, warningCodes } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** A request of minute `minute` past 20:00. */
const line = (minute: number, ownCount: number, rssBytes: number, uri: string) =>
  uwsgiLine({ pid: 5, ownCount, totalCount: ownCount, rssBytes, uri, time: Date.UTC(2026, 10, 23, 20, minute, 30) });

const LOG = [
  line(1, 1, 100, '/a'),
  line(2, 2, 250, '/b'),
  line(3, 3, 300, '/c'),
  line(4, 4, 390, '/d'),
  line(5, 5, 900, '/e'),
];
const WINDOW = { since: '2026-11-23T20:03', until: '2026-11-23T20:04' };

test('growth is counted from the last reading before the chosen times to the last within them', async () => {
  const report = await reportOf(textOf(LOG), WINDOW);
  assert.equal(report.totals.growthBytes, 140);
  assert.equal(report.totals.requests, 2);
  assert.equal(routeOf(report, '/c').netGrowthBytes, 50);
  assert.deepEqual(
    report.routes.map(({ route }) => route),
    ['/d', '/c'],
  );
  assert.deepEqual(report.span, { from: '2026-11-23T20:03:30', to: '2026-11-23T20:04:30' });
  assert.deepEqual(report.warnings, []);
});

test('a minute or a day stands for all of it', async () => {
  for (const [since, requests] of [
    ['2026-11-23', 5],
    ['2026-11-23T20:02', 4],
    ['2026-11-23 20:02:30', 4],
    ['2026-11-23T20:02:31', 3],
  ] as const) {
    assert.equal((await reportOf(textOf(LOG), { since })).totals.requests, requests, since);
  }
  for (const [until, requests] of [
    ['2026-11-23', 5],
    ['2026-11-23T20:02', 2],
    ['2026-11-23T20:02:30', 2],
    ['2026-11-23T20:02:29', 1],
  ] as const) {
    assert.equal((await reportOf(textOf(LOG), { until })).totals.requests, requests, until);
  }
});

test('a request that began before the chosen times and ended within them belongs to no route, and sums hold', async () => {
  const slow = line(1, 4, 700, '/slow');
  const report = await reportOf(textOf([...LOG.slice(0, 3), slow, line(4, 5, 720, '/d')]), { since: WINDOW.since });
  assert.equal(report.totals.growthBytes, 470);
  assert.equal(report.totals.unattributedBytes, 400);
  assert.equal(routeOf(report, '/d').netGrowthBytes, 20);
});

test('damaged lines before and behind the chosen times count for nothing', async () => {
  const torn = (minute: number, own: number, rss: number) => line(minute, own, rss, '/x').slice(0, 150);
  const report = await reportOf(
    textOf([
      torn(0, 1, 50),
      torn(0, 2, 90),
      line(2, 3, 100, '/b'),
      line(3, 4, 160, '/c'),
      line(5, 5, 170, '/e'),
      torn(5, 6, 999),
    ]),
    WINDOW,
  );
  assert.equal(report.totals.growthBytes, 60);
  assert.equal(report.totals.unattributedBytes, 0);
  assert.equal(routeOf(report, '/c').netGrowthBytes, 60);
});

test('times without a request give an empty report and a warning', async () => {
  const report = await reportOf(textOf(LOG), { since: '2027-01-01' });
  assert.deepEqual(report.routes, []);
  assert.deepEqual(report.workers, []);
  assert.equal(report.totals.requests, 0);
  assert.deepEqual(warningCodes(report), ['nothing-selected']);
});

test('times before now are taken by the wall clock', async () => {
  const now = new Date();
  const wall = now.getTime() - now.getTimezoneOffset() * 60_000;
  const recent = uwsgiLine({ time: wall - 30 * 60_000, uri: '/recent' });
  const old = uwsgiLine({ time: wall - 3 * 3_600_000, uri: '/old', pid: 6 });
  const report = await reportOf(textOf([old, recent]), { since: '2h' });
  assert.deepEqual(
    report.routes.map(({ route }) => route),
    ['/recent'],
  );
});
