/** The state of an attribution, written down and read back at any moment, goes on as if nothing had happened. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Attributor } from '../src/attribute/attributor.ts';
import { Reading } from '../src/parse/reading.ts';
import type { WorkerEvent } from '../src/parse/worker-event.ts';
import { parseKeys } from '../src/route/keys.ts';
import { parseRule } from '../src/route/rules/rule.ts';
import { Rules } from '../src/route/rules/rules.ts';
import { Archive } from '../src/state/archive.ts';
import { type Random, seededRandom } from './support/random.ts';
import { UriRouter } from './support/uri-router.ts';

interface Step {
  pid: number;
  origin: number;
  route: number;
  rssBytes: number;
  event: WorkerEvent | undefined;
}

function steps(seed: number, count: number): Step[] {
  const random = seededRandom(seed);
  const events: WorkerEvent[] = [
    { kind: 'instance-start' },
    { kind: 'spawned', slot: 1, pid: 1, cores: 1 },
    { kind: 'respawned', slot: 1, pid: 2 },
    { kind: 'finished', pid: 3, reason: 'max-requests' },
    { kind: 'booted', pid: 2 },
    { kind: 'died', pid: 1, signal: 9 },
  ];
  return Array.from({ length: count }, () => ({
    pid: 1 + random.integer(4),
    origin: random.integer(2),
    route: random.integer(1200),
    rssBytes: 4096 * random.integer(50_000),
    event: random.integer(200) === 0 ? events[random.integer(events.length)] : undefined,
  }));
}

function feed(attributor: Attributor, { pid, origin, route, rssBytes, event }: Step): void {
  const reading = new Reading();
  Object.assign(reading, { pid, origin, rssBytes, time: rssBytes });
  if (event) attributor.event(event, origin);
  attributor.request(reading, route, 1);
}

/** All that can be seen of it. */
function seen(attributor: Attributor): unknown {
  attributor.finish();
  const { workers, routes, unattributed } = attributor;
  return JSON.parse(
    JSON.stringify({
      unattributed,
      restarts: workers.restarts,
      workers: workers.all.map((worker) => ({ ...worker, life: worker.life?.evidence() ?? null })),
      calls: [...routes.calls],
      net: [...routes.netBytes],
      largest: routes.largest,
    }),
  );
}

test('an attribution cut anywhere, written down and read back gives the same', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 3000 }), fc.nat(), (seed, count, place) => {
      const log = steps(seed, count);
      const cut = place % count;
      const whole = new Attributor('rss');
      for (const step of log) feed(whole, step);
      const first = new Attributor('rss');
      for (const step of log.slice(0, cut)) feed(first, step);
      const second = new Attributor('rss');
      Archive.read(Archive.bytesOf(first), second);
      // The first goes on too: writing changes nothing.
      for (const step of log.slice(cut)) feed(first, step);
      for (const step of log.slice(cut)) feed(second, step);
      const expected = seen(whole);
      assert.deepEqual(seen(second), expected);
      assert.deepEqual(seen(first), expected);
    }),
    { numRuns: 15 },
  );
});

test('a router written down and read back anywhere numbers and names as one that went on', () => {
  const rules = new Rules([parseRule('GET /users/me', 'test'), parseRule('/shops/:shop', 'test')]);
  const by = parseKeys(['query:tab']);
  const uriOf = (random: Random) =>
    `/${['users', 'shops', 'posts', `w${random.integer(900)}x`][random.integer(4)]}/${['me', random.integer(99), `n${'ab'[random.integer(2)]}`][random.integer(3)]}?flag=${random.integer(2)}&tab=${random.integer(3)}`;
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1500 }), fc.nat(), fc.boolean(), (seed, count, place, hasRules) => {
      const random = seededRandom(seed);
      const options = hasRules ? { rules, by } : {};
      const requests = Array.from({ length: count }, () => ({
        uri: uriOf(random),
        method: ['GET', 'POST'][random.integer(2)]!,
        status: [200, 500][random.integer(2)]!,
      }));
      const step = (router: UriRouter, { uri, method, status }: (typeof requests)[number]) => {
        const route = router.number(uri, method, status);
        return [route, router.lastPart];
      };
      const cut = place % count;
      const whole = new UriRouter(options);
      const expected = requests.map((request) => step(whole, request));
      const first = new UriRouter(options);
      for (const request of requests.slice(0, cut)) step(first, request);
      const second = new UriRouter(options);
      Archive.read(Archive.bytesOf(first), second);
      assert.deepEqual(
        requests.slice(cut).map((request) => step(second, request)),
        expected.slice(cut),
      );
      const all = (router: UriRouter) =>
        Array.from({ length: router.count }, (_, i) => [
          router.name(i),
          router.key(i),
          router.part(i),
          router.examples(i)[0],
          router.isGiven(i),
        ]);
      assert.deepEqual(all(second), all(whole));
      assert.equal(second.crowdedPaths, whole.crowdedPaths);
    }),
    { numRuns: 25 },
  );
});
