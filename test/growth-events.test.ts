/** Growth events against the definition, and their bound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsFor, fewerEvents, GrowthEvents } from '../src/attribute/growth-events.ts';
import { Life } from '../src/attribute/life.ts';
import { plainEvents } from '../src/attribute/plain-life.ts';
import { mapOf } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';

/** Adds a call, with its growth where it has one. */
function add(events: GrowthEvents, route: number, position: number, step: number, mostEvents: number): void {
  events.addCalls(Int32Array.of(route), 0, 1);
  if (step > 0) events.add(route, position, position * 10, mostEvents);
}

const ROUTES = Int32Array.from({ length: 5 }, (_, number) => number);

test('of each route the first event of every stretch is kept, with all calls since the event before', () => {
  const random = seededRandom(3);
  const events = new GrowthEvents();
  const expected: { route: number; bytes: number; position: number; calls: Map<number, number> }[] = [];
  const seen = new Set<string>();
  let calls = new Map<number, number>();
  for (let position = 1; position <= 3000; position++) {
    const route = random.integer(5);
    const step = random.integer(3) - 1;
    add(events, route, position, step, Number.POSITIVE_INFINITY);
    calls.set(route, (calls.get(route) ?? 0) + 1);
    const key = `${route} ${Math.floor(position / 25)}`;
    if (step <= 0 || seen.has(key)) continue;
    seen.add(key);
    expected.push({ route, bytes: position * 10, position, calls });
    calls = new Map();
  }
  assert.ok(expected.length > 300);
  assert.deepEqual(
    plainEvents(events.events(ROUTES)).map((event) => ({ ...event, calls: mapOf(event.calls) })),
    expected,
  );
  // Thinned later or on the way: the same.
  const onTheWay = new GrowthEvents();
  const again = seededRandom(3);
  for (let position = 1; position <= 3000; position++) {
    add(onTheWay, again.integer(5), position, again.integer(3) - 1, 60);
  }
  const later = fewerEvents(events.events(ROUTES), events.stretch, 60);
  assert.equal(later.stretch, onTheWay.stretch);
  assert.deepEqual(
    plainEvents(later.events).map((event) => ({ ...event, calls: mapOf(event.calls) })),
    plainEvents(onTheWay.events(ROUTES)).map((event) => ({ ...event, calls: mapOf(event.calls) })),
  );
});

test('more routes that grow a worker than events are wanted: one of each is kept', () => {
  const life = new Life(() => 20);
  for (let i = 0; i < 5000; i++) life.add(i % 300, 40_000_000 + 4096 * i);
  const { events } = life.evidence();
  const count = events.routes.length;
  assert.ok(count >= eventsFor(20) && count <= 600, `${count}`);
  assert.ok(fewerEvents(events, 25, 5).events.routes.length <= 600);
});
