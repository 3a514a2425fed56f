import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze, type Report, type RouteReport } from '../src/index.ts';
import { type GeneratedRequest, logs, requests } from './support/generated-log.ts';
import { reportOf, textOf } from './support/report.ts';

const linesOf = (all: readonly GeneratedRequest[]) => all.map(({ line }) => line);
const someRequests = (firstPid = 100) => requests({ firstPid, gaps: true }).filter((all) => all.length > 0);

/** The sums of a route; what is largest is a matter of order. */
const sums = (route: RouteReport) => [
  route.calls,
  route.grossGrowthBytes,
  route.netGrowthBytes,
  route.highWaterBytes,
  route.growthCalls,
];

function sumsByRoute(...reports: Report[]): Map<string, number[]> {
  const added = new Map<string, number[]>();
  for (const route of reports.flatMap(({ routes }) => routes)) {
    const before = added.get(route.route) ?? [0, 0, 0, 0, 0];
    added.set(
      route.route,
      sums(route).map((value, i) => value + before[i]!),
    );
  }
  return new Map([...added].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const totals = ({ totals: t }: Report) => [
  t.requests,
  t.workers,
  t.restarts,
  t.growthBytes,
  t.unattributedBytes,
  t.highWaterBytes,
  t.unattributedHighWaterBytes,
];

test('logs of different processes add up', async () => {
  await fc.assert(
    fc.asyncProperty(someRequests(100), someRequests(200), async (one, other) => {
      const [a, b, both] = await Promise.all([
        reportOf(textOf(linesOf(one))),
        reportOf(textOf(linesOf(other))),
        reportOf(textOf([...linesOf(one), ...linesOf(other)])),
      ]);
      assert.deepEqual(sumsByRoute(both), sumsByRoute(a, b));
      assert.deepEqual(
        totals(both),
        totals(a).map((value, i) => value + totals(b)[i]!),
      );
    }),
  );
});

test('the order of lines of different processes changes no sum', async () => {
  await fc.assert(
    fc.asyncProperty(someRequests(), fc.infiniteStream(fc.nat()), async (all, random) => {
      const queues = new Map<number, string[]>();
      for (const { pid, line } of all) queues.set(pid, [...(queues.get(pid) ?? []), line]);
      const shuffled: string[] = [];
      while (queues.size > 0) {
        const pids = [...queues.keys()];
        const pid = pids[random.next().value % pids.length]!;
        const queue = queues.get(pid)!;
        shuffled.push(queue.shift()!);
        if (queue.length === 0) queues.delete(pid);
      }
      const [before, after] = await Promise.all([reportOf(textOf(linesOf(all))), reportOf(textOf(shuffled))]);
      assert.deepEqual(sumsByRoute(after), sumsByRoute(before));
      assert.deepEqual(totals(after), totals(before));
    }),
  );
});

const junk = fc.oneof(
  fc.constantFrom(
    '',
    'Traceback (most recent call last):',
    '[2026-11-23 20:50:35,123] INFO app.views: order processed',
    'hello => generated from app /print',
    '{"pid": 5, "rss": 7}',
    '*** WARNING: you are running uWSGI as root !!! (use the --uid flag) *** ',
  ),
  fc.string().filter((text) => !/[\n\0]/.test(text)),
);

test('lines of junk change the number of other lines and the places, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(someRequests(), fc.array(fc.tuple(fc.nat(), junk), { maxLength: 20 }), async (all, noise) => {
      const mixed = linesOf(all);
      for (const [place, line] of noise) mixed.splice(place % (mixed.length + 1), 0, line);
      const [clean, noisy] = await Promise.all([reportOf(textOf(linesOf(all))), reportOf(textOf(mixed))]);
      assert.equal(noisy.inputs[0]!.otherLines, noise.length);
      for (const route of [...clean.routes, ...noisy.routes]) if (route.largestGrowth) route.largestGrowth.line = 0;
      assert.deepEqual(noisy, { ...clean, inputs: noisy.inputs });
      assert.equal(noisy.inputs[0]!.readings, clean.inputs[0]!.readings);
    }),
  );
});

test('a constant added to all readings changes no growth', async () => {
  const shape = { gaps: true };
  const pair = fc.integer({ min: 0, max: 2 ** 40 }).chain((addBytes) =>
    // The same seed makes the same requests.
    fc.integer().map((seed) => {
      const [plain] = fc.sample(requests(shape), { seed, numRuns: 1 });
      const [raised] = fc.sample(requests({ ...shape, addBytes }), { seed, numRuns: 1 });
      return [linesOf(plain!), linesOf(raised!)] as const;
    }),
  );
  await fc.assert(
    fc.asyncProperty(pair, async ([plain, raised]) => {
      const [a, b] = await Promise.all([reportOf(textOf(plain)), reportOf(textOf(raised))]);
      assert.deepEqual(sumsByRoute(b), sumsByRoute(a));
      assert.deepEqual(totals(b), totals(a));
      assert.deepEqual(
        b.routes.map(({ route, largestGrowthBytes }) => [route, largestGrowthBytes]),
        a.routes.map(({ route, largestGrowthBytes }) => [route, largestGrowthBytes]),
      );
    }),
  );
});

test('a log in two files is read as one log, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), fc.nat(), async (log, place) => {
      const lines = log.split('\n').slice(0, -1);
      const at = place % (lines.length + 1);
      const streams = [lines.slice(0, at), lines.slice(at)].map((part) => Readable.from([Buffer.from(textOf(part))]));
      const [apart, whole] = await Promise.all([analyze(streams), reportOf(log)]);
      assert.deepEqual(sumsByRoute(apart), sumsByRoute(whole));
      assert.deepEqual(totals(apart), totals(whole));
      assert.deepEqual(apart.workers, whole.workers);
    }),
  );
});
