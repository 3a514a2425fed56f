/** A leak that depends on the status or on a query parameter: `--by` shows it, and the report hints at it by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../src/index.ts';
import { fixturePath } from './support/fixtures.ts';
import { seededRandom } from './support/random.ts';
import { reportOf, routeOf, textOf } from './support/report.ts';
import { simulatedRequests } from './support/simulated-workers.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const NOISE = [
  { share: 5, churnBytes: 2e5 },
  { share: 4, churnBytes: 4e5 },
  { share: 3, warmUpBytes: 2e6 },
];

/** Two workers; the first two planted routes are the halves of one route. */
function log(requestOf: (half: number) => { uri: string; status: number }, leaks: [number, number]): string {
  const planted = [{ share: 1.5, leakedBytes: leaks[0] }, { share: 3, leakedBytes: leaks[1] }, ...NOISE];
  const lines: string[] = [];
  for (const pid of [11, 12]) {
    const random = seededRandom(pid);
    for (const [i, { route, bytes }] of simulatedRequests(pid, planted, 6000).entries()) {
      const other = { uri: `/other/${'abc'[route - 2]}?page=${random.integer(900)}`, status: 200 };
      const half = route < 2 ? requestOf(route) : other;
      lines.push(uwsgiLine({ pid, rssBytes: bytes, ownCount: i + 1, totalCount: '-', ...half }));
    }
  }
  return textOf(lines);
}

const byStatus = (half: number) => ({ uri: `/flaky/${half}`, status: half === 0 ? 500 : 200 });
const byFlag = (half: number) => ({ uri: `/conditional?ref=${half}x&flag=${1 - half}`, status: 200 });

test('all of it in calls with status 500', async () => {
  const text = log(byStatus, [60_000, 0]);
  const report = await reportOf(text);
  const route = routeOf(report, '/flaky/{id}');
  assert.equal(route.verdict, 'leak');
  assert.equal(route.split?.by, 'status');
  assert.equal(route.split?.value, '500');
  assert.match(route.reason, /all of it in calls with status 500, see --by status/);
  assert.ok(Math.abs((route.split?.estimatedBytesPerCall ?? 0) - 60_000) < 15_000);
  const split = await reportOf(text, { by: ['status'] });
  assert.equal(routeOf(split, '/flaky/{id} 500').verdict, 'leak');
  assert.notEqual(routeOf(split, '/flaky/{id} 200').verdict, 'leak');
});

test('all of it in calls with ?flag=1', async () => {
  const text = log(byFlag, [60_000, 0]);
  const route = routeOf(await reportOf(text), '/conditional');
  assert.equal(route.verdict, 'leak');
  assert.equal(route.split?.by, 'query');
  assert.match(route.split?.value ?? '', /^(?:flag=1|ref=0x)$/);
  assert.match(route.reason, /all of it in calls with \?(?:flag=1|ref=0x), see --by query:(?:flag|ref)/);
  const split = await reportOf(text, { by: ['route', 'query:flag'] });
  assert.equal(routeOf(split, '/conditional?flag=1').verdict, 'leak');
  assert.notEqual(routeOf(split, '/conditional?flag=0').verdict, 'leak');
});

test('on a real log: leaks with ?flag=1 only and with status 500 only, too small to be called leaks by themselves', async () => {
  const report = await analyze(fixturePath('lab-n.log.gz'));
  const hints = report.routes.flatMap(({ route, split }) => (split ? [{ route, ...split }] : []));
  assert.deepEqual(
    hints.map(({ route, by, value }) => [route, by, value]),
    [
      ['/conditional', 'query', 'flag=1'],
      ['/flaky/{id}', 'status', '500'],
    ],
  );
  // The truth of both: 51.2 and 31.7 kB per call.
  assert.ok(hints[0]!.estimatedBytesPerCall > 40_000 && hints[0]!.estimatedBytesPerCall < 60_000);
  assert.ok(hints[1]!.estimatedBytesPerCall > 15_000 && hints[1]!.estimatedBytesPerCall < 40_000);
});

test('no hint on a real log without leaks', async () => {
  const report = await analyze(fixturePath('lab-i.log.gz'));
  assert.ok(report.routes.every(({ split }) => split === null));
});

test('on a log without noise, of a leak that shows some requests later', async () => {
  const lines: string[] = [];
  for (const pid of [11, 12, 13, 14]) {
    const random = seededRandom(pid);
    const steps = new Map<number, number>();
    let rssBytes = 40_000_000;
    for (let own = 1; own <= 6000; own++) {
      const isPaid = random.integer(50) === 0;
      const status = isPaid && random.integer(5) === 0 ? 500 : 200;
      if (status === 500) {
        const at = own + 6 + random.integer(6);
        steps.set(at, (steps.get(at) ?? 0) + 400 * 1024);
      }
      rssBytes += steps.get(own) ?? 0;
      const uri = isPaid ? '/pay' : `/other/${'abc'[random.integer(3)]}`;
      lines.push(uwsgiLine({ pid, ownCount: own, totalCount: '-', rssBytes, uri, status }));
    }
  }
  const { verdict, split } = routeOf(await reportOf(textOf(lines)), '/pay');
  assert.deepEqual([verdict, split?.by, split?.value], ['leak', 'status', '500']);
});

test('no hint where both halves leak, or neither', async () => {
  const both = routeOf(await reportOf(log(byStatus, [60_000, 60_000])), '/flaky/{id}');
  assert.equal(both.verdict, 'leak');
  assert.equal(both.split, null);
  const neither = routeOf(await reportOf(log(byStatus, [0, 0])), '/flaky/{id}');
  assert.equal(neither.split, null);
});

test('routes are split by method, status and host, and added up again without', async () => {
  const lines = ['GET', 'POST'].flatMap((method, m) =>
    [200, 404].map((status, s) => uwsgiLine({ method, status, uri: '/a/7', ownCount: 2 * m + s + 1, totalCount: '-' })),
  );
  const names = async (by: string[], text = textOf(lines)) =>
    (await reportOf(text, { by })).routes.map(({ route, calls }) => `${route}=${calls}`).sort();
  assert.deepEqual(await names([]), ['/a/{id}=4']);
  assert.deepEqual(await names(['method']), ['GET /a/{id}=2', 'POST /a/{id}=2']);
  assert.deepEqual(await names(['route,status']), ['/a/{id} 200=2', '/a/{id} 404=2']);
  assert.equal((await names(['method,status'])).length, 4);
  assert.equal((await names(['query:x'])).length, 1);
  const hosts = ['web1', 'web2', 'web1'].map((host, i) => JSON.stringify({ host, pid: 1, rss: 5e7 + i, url: '/a/7' }));
  assert.deepEqual(await names(['host'], textOf(hosts)), ['/a/{id} @web1=2', '/a/{id} @web2=1']);
});
