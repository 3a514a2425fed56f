/** What is kept is bounded, however many requests, workers and routes there are; and it is the same from parts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from '../src/attribute/evidence.ts';
import { FollowedLives, floorsPerLife, hashOf, MAX_LIVES } from '../src/attribute/followed-lives.ts';
import { Life, MAX_FLOORS } from '../src/attribute/life.ts';
import { mergeEvidence } from '../src/attribute/merge.ts';
import { plainLife } from '../src/attribute/plain-life.ts';
import { Worker } from '../src/attribute/worker.ts';
import { type Gathered, gatherRoutes } from '../src/rank/gather-routes.ts';
import { Feed } from './support/attribute.ts';
import { mapOf } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';

test('of 100 000 workers with ten requests each, a bounded sample of lives is kept', () => {
  const feed = new Feed();
  for (let pid = 1; pid <= 100_000; pid++) {
    for (let own = 1; own <= 10; own++) feed.add(pid, own, (pid + own) % 7, 40_000_000 + 4096 * own);
    if (pid % 5000 === 0) assert.ok(livesOf(feed) < 2 * MAX_LIVES);
  }
  const { workers, requests } = feed.evidence();
  assert.equal(requests, 1_000_000);
  assert.equal(workers.length, 100_000);
  const followed = workers.filter(({ life }) => life !== null);
  assert.equal(followed.length, MAX_LIVES);
  assert.ok(followed.every(({ life }) => life!.floors.bytes.length === 1));
});

function livesOf({ attributor }: Feed): number {
  return attributor.workers.all.reduce((count, { life }) => count + (life ? 1 : 0), 0);
}

test('a life of two million requests keeps a bounded number of floors and all of its calls', () => {
  const life = new Life();
  for (let i = 0; i < 2_000_000; i++) life.add(i % 13, 40_000_000 + 4096 * (i >> 10));
  const { floors, tail, requests } = plainLife(life.evidence());
  assert.equal(requests, 2_000_000);
  assert.ok(floors.length > MAX_FLOORS / 2 && floors.length <= MAX_FLOORS + 2, `${floors.length} floors`);
  const calls = new Array<number>(13).fill(0);
  for (const pairs of [...floors.map((floor) => floor.calls), tail]) {
    for (const [route, count] of mapOf(pairs)) calls[route]! += count;
  }
  assert.deepEqual(
    calls,
    calls.map((_, route) => Math.ceil((2_000_000 - route) / 13)),
  );
});

test('all lives together keep a bounded number of floors', () => {
  for (const lives of [1, 8, 9, 100, MAX_LIVES]) {
    assert.ok(floorsPerLife(lives) >= 20);
    assert.ok(floorsPerLife(lives) <= MAX_FLOORS);
    assert.ok(lives * floorsPerLife(lives) <= Math.max(2400, 20 * MAX_LIVES));
  }
});

const plain = ({ lives }: Gathered) =>
  lives
    .map(({ worker, life: columns }) => ({ worker, life: plainLife(columns) }))
    .map(({ worker, life }) => ({
      worker,
      ...life,
      floors: life.floors.map((floor) => ({ ...floor, calls: mapOf(floor.calls), steps: mapOf(floor.steps) })),
      tail: mapOf(life.tail),
      events: life.events.map((event) => ({ ...event, calls: mapOf(event.calls) })),
    }));

/** Workers one after another or all at a time: bounds change at other moments. */
function feedOf(pids: readonly number[], inTurn: boolean): Evidence {
  const feed = new Feed();
  const states = pids.map((pid) => ({ pid, random: seededRandom(pid), own: 0, rss: 40_000_000 }));
  const step = (state: (typeof states)[number]) => {
    if (state.own >= 1000 + (state.pid % 9) * 301) return false;
    state.rss += 4096 * (state.random.integer(21) - 9);
    feed.add(state.pid, ++state.own, state.random.integer(6), state.rss);
    return true;
  };
  if (inTurn) for (const state of states) while (step(state));
  else for (let left = states; left.length > 0; ) left = left.filter(step);
  return feed.evidence();
}

test('lives that outgrow their bounds are the same from parts, and in whatever order the workers ran', () => {
  const pids = Array.from({ length: 180 }, (_, i) => i + 1);
  const whole = plain(gatherRoutes(feedOf(pids, false), false));
  assert.ok(whole.every(({ floors }) => floors.length <= floorsPerLife(180)));
  assert.ok(whole.some(({ window }) => window > 25));
  assert.deepEqual(plain(gatherRoutes(feedOf(pids, true), false)), whole);
  assert.deepEqual(plain(gatherRoutes(feedOf(pids.toReversed(), true), false)), whole);
  const parts = [pids.slice(0, 3), pids.slice(3, 100), pids.slice(100)].map((part) => feedOf(part, false));
  assert.deepEqual(plain(gatherRoutes(mergeEvidence(parts[2]!, parts[0]!, parts[1]!), false)), whole);
});

function sampleOf(pids: readonly number[]): number[] {
  const lives = new FollowedLives();
  const workers = pids.map((pid) => new Worker({ concurrent: false }, pid, 0, String(pid), null));
  for (const worker of workers) worker.life = lives.begin(worker);
  lives.finish();
  return workers.flatMap(({ key, life }) => (life ? [Number(key)] : [])).sort((a, b) => a - b);
}

test('the sample of lives depends on the names of the workers alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 2 ** 30 }),
      fc.integer({ min: 1, max: 2 ** 30 }),
      (count, first, seed) => {
        const pids = Array.from({ length: count }, (_, i) => first + i);
        const random = seededRandom(seed);
        const order = new Map(pids.map((pid) => [pid, random.next()]));
        const sample = sampleOf(pids);
        assert.equal(sample.length, Math.min(count, MAX_LIVES));
        assert.deepEqual(sampleOf(pids.toSorted((a, b) => order.get(a)! - order.get(b)!)), sample);
        const smallest = pids.toSorted((a, b) => hashOf(String(a)) - hashOf(String(b))).slice(0, MAX_LIVES);
        assert.deepEqual(
          smallest.sort((a, b) => a - b),
          sample,
        );
      },
    ),
    { numRuns: 8 },
  );
});

test('the sample takes about as many from any range of pids', () => {
  const sample = sampleOf(Array.from({ length: 20_000 }, (_, i) => i + 1));
  for (let from = 1; from <= 20_000; from += 2000) {
    const inRange = sample.filter((pid) => pid >= from && pid < from + 2000).length;
    assert.ok(inRange > 10 && inRange < 45, `${inRange} of the 2000 from ${from} on`);
  }
});
