/** Growth events against the definition, and their bound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsFor, fewerEvents, type GrowthEventColumns } from '../src/attribute/growth-events.ts';
import { Life, type LifeEvidence, MAX_FLOORS } from '../src/attribute/life.ts';
import { plainEvents } from '../src/attribute/plain-life.ts';
import type { LifeRequest } from './support/naive-life.ts';
import { mapOf } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';

/** Requests of few routes; the memory of a request in three rises, of one in three falls. */
function made(seed: number): LifeRequest[] {
  const random = seededRandom(seed);
  let bytes = 50_000_000;
  return Array.from({ length: 3000 }, () => {
    bytes += 4096 * (random.integer(3) - 1) * random.integer(4);
    return { route: random.integer(20) === 0 ? -1 : random.integer(5), bytes };
  });
}

/** @param mostFloors a function of how many requests were given, where it changes. */
function lived(requests: readonly LifeRequest[], mostFloors: number | ((given: number) => number)): LifeEvidence {
  let given = 0;
  const life = new Life(() => (typeof mostFloors === 'number' ? mostFloors : mostFloors(given)));
  for (const { route, bytes } of requests) {
    given++;
    life.add(route, bytes);
  }
  return life.evidence();
}

const plain = (events: GrowthEventColumns) =>
  plainEvents(events).map((event) => ({ ...event, calls: mapOf(event.calls) }));

/** By the definition: the lowest of three readings from the request on is above that from the request before. */
function expectedEvents(requests: readonly LifeRequest[]) {
  const lowest = (from: number) => Math.min(...requests.slice(from, from + 3).map(({ bytes }) => bytes));
  const expected: { route: number; bytes: number; position: number; calls: Map<number, number> }[] = [];
  const seen = new Set<string>();
  let calls = new Map<number, number>();
  for (let i = 0; i + 2 < requests.length; i++) {
    const { route } = requests[i]!;
    if (route < 0) continue;
    calls.set(route, (calls.get(route) ?? 0) + 1);
    const position = i + 1;
    const key = `${route} ${Math.floor(position / 25)}`;
    if (i === 0 || lowest(i) <= lowest(i - 1) || seen.has(key)) continue;
    seen.add(key);
    expected.push({ route, bytes: lowest(i), position, calls });
    calls = new Map();
  }
  return expected;
}

test('of each route the first event of every stretch is kept, with all calls since the event before', () => {
  const requests = made(3);
  const { events, stretch } = lived(requests, MAX_FLOORS);
  const expected = expectedEvents(requests);
  assert.ok(expected.length > 300);
  assert.equal(stretch, 25);
  assert.deepEqual(plain(events), expected);
});

test('thinned later or on the way, by one doubling or several at once: the same', () => {
  for (const seed of [3, 4, 5]) {
    const requests = made(seed);
    const whole = lived(requests, MAX_FLOORS);
    for (const mostFloors of [3, 15, 20, 40]) {
      const onTheWay = lived(requests, mostFloors);
      assert.deepEqual(
        plain(lived(requests, (given) => (given < 2500 ? MAX_FLOORS : mostFloors)).events),
        plain(onTheWay.events),
      );
      const later = fewerEvents(whole.events, whole.stretch, eventsFor(mostFloors));
      assert.ok(later.stretch > 25);
      assert.equal(later.stretch, onTheWay.stretch);
      assert.deepEqual(plain(later.events), plain(onTheWay.events));
    }
  }
});

test('more routes that grow a worker than events are wanted: one of each is kept', () => {
  const life = new Life(() => 20);
  for (let i = 0; i < 5000; i++) life.add(i % 300, 40_000_000 + 4096 * i);
  const { events } = life.evidence();
  const count = events.routes.length;
  assert.ok(count >= eventsFor(20) && count <= 600, `${count}`);
  assert.ok(fewerEvents(events, 25, 5).events.routes.length <= 600);
});
