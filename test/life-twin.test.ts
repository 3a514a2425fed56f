import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coarsened, compacted } from '../src/attribute/coarse-life.ts';
import { Life, type LifeEvidence } from '../src/attribute/life.ts';
import { plainLife } from '../src/attribute/plain-life.ts';
import { type LifeRequest, type NaiveLife, naiveLife } from './support/naive-life.ts';
import { mapOf, sumOfPairs } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';

interface Shape {
  seed: number;
  length: number;
  routes: number;
  /** Route numbers are multiples of it: large ones are kept in another way. */
  spread: number;
  /** Of ten requests, whose memory changes. */
  changes: number;
  pages: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  length: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 4000 })),
  routes: fc.constantFrom(1, 3, 40, 300),
  spread: fc.constantFrom(1, 1, 7, 100),
  changes: fc.constantFrom(0, 1, 5, 10),
  pages: fc.constantFrom(1, 3, 1000),
});
const bound = fc.constantFrom(1, 2, 3, 5, 8, 32, 1024);
/** Of the same life while it was followed: never below the last one. */
const slack = fc.constantFrom(0, 1, 7, 500);

function requestsOf({ seed, length, routes, spread, changes, pages }: Shape): LifeRequest[] {
  const random = seededRandom(seed);
  let bytes = 50_000_000;
  return Array.from({ length }, () => {
    if (random.integer(10) < changes) bytes += 4096 * (random.integer(2 * pages + 1) - pages);
    const route = random.integer(20) === 0 ? -1 : spread * random.integer(routes);
    return { route, bytes };
  });
}

function lived(requests: readonly LifeRequest[], mostFloors: number | (() => number)): LifeEvidence {
  const life = new Life(typeof mostFloors === 'number' ? () => mostFloors : mostFloors);
  for (const { route, bytes } of requests) life.add(route, bytes);
  return life.evidence();
}

/** With maps in place of rows whose order says nothing. Steps that add up to 0 may be kept or not. */
/** Growth events have a test of their own. */
function plain(columns: LifeEvidence): NaiveLife {
  const { events: _events, stretch: _stretch, floors, ...life } = plainLife(columns);
  return {
    ...life,
    floors: floors.map((floor) => ({
      ...floor,
      calls: mapOf(floor.calls),
      steps: withoutZeros(mapOf(floor.steps)),
    })),
    tail: mapOf(life.tail),
    own: new Map(life.own),
  };
}

const withoutZeros = (map: Map<number, number>) => new Map([...map].filter(([, value]) => value !== 0));

function expected(requests: readonly LifeRequest[], mostFloors: number): NaiveLife {
  const naive = naiveLife(requests, mostFloors);
  return { ...naive, floors: naive.floors.map((floor) => ({ ...floor, steps: withoutZeros(floor.steps) })) };
}

test('what is kept of a life is what the definitions say, whatever was merged on the way', () => {
  fc.assert(
    fc.property(shape, bound, slack, (form, mostFloors, more) => {
      const requests = requestsOf(form);
      const life = coarsened(lived(requests, mostFloors + more), mostFloors);
      assert.deepEqual(plain(life), expected(requests, mostFloors));
    }),
    { numRuns: 300 },
  );
});

test('a bound that falls while the life goes on leaves the same behind as the last bound alone', () => {
  fc.assert(
    fc.property(shape, bound, slack, (form, mostFloors, more) => {
      const requests = requestsOf(form);
      let left = more;
      const life = coarsened(
        lived(requests, () => mostFloors + Math.max(0, left--)),
        mostFloors,
      );
      assert.deepEqual(plain(life), expected(requests, mostFloors));
    }),
  );
});

test('a life keeps no more floors than its bound, one for want of a pair, and one for the window that is not full', () => {
  fc.assert(
    fc.property(shape, bound, (form, mostFloors) => {
      const life = lived(requestsOf(form), mostFloors);
      assert.ok(life.floors.bytes.length <= mostFloors + 2);
      assert.ok(coarsened(life, mostFloors).floors.bytes.length <= mostFloors);
    }),
  );
});

test('every call lies before exactly one floor or behind the last', () => {
  fc.assert(
    fc.property(shape, bound, (form, mostFloors) => {
      const requests = requestsOf(form);
      const { floors, tail } = plainLife(lived(requests, mostFloors));
      const total = new Map<number, number>();
      for (const pairs of [...floors.map(({ calls }) => calls), tail]) {
        for (const [route, calls] of mapOf(pairs)) total.set(route, (total.get(route) ?? 0) + calls);
      }
      const made = new Map<number, number>();
      for (const { route } of requests) if (route >= 0) made.set(route, (made.get(route) ?? 0) + 1);
      assert.deepEqual(total, made);
    }),
  );
});

test('the steps of known routes between floors add up to the growth from the first reading to the last floor', () => {
  fc.assert(
    fc.property(shape, bound, (form, mostFloors) => {
      const requests = requestsOf(form).map((request) => ({ ...request, route: Math.max(0, request.route) }));
      const { floors, firstBytes } = plainLife(lived(requests, mostFloors));
      const steps = floors.reduce((sum, floor) => sum + sumOfPairs(floor.steps), 0);
      assert.equal(steps, (floors.at(-1)?.bytes ?? firstBytes) - firstBytes);
    }),
  );
});

/** All of a life, rows sorted by their routes. */
function wholly(life: LifeEvidence) {
  const sorted = (pairs: readonly number[]) => [...withoutZeros(mapOf([...pairs]))].sort(([a], [b]) => a - b);
  const { floors, events, tail, ...rest } = plainLife(life);
  return {
    ...rest,
    floors: floors.map((floor) => ({ ...floor, calls: sorted(floor.calls), steps: sorted(floor.steps) })),
    events: events.map((event) => ({ ...event, calls: sorted(event.calls) })),
    tail: sorted(tail),
  };
}

test('a life that is made smaller when it is over is what its columns made smaller are, growth events too', () => {
  fc.assert(
    fc.property(shape, bound, (form, mostFloors) => {
      const requests = requestsOf(form);
      const life = new Life();
      for (const { route, bytes } of requests) life.add(route, bytes);
      const smaller = wholly(life.evidence(mostFloors));
      assert.deepEqual(smaller, wholly(compacted(lived(requests, Number.POSITIVE_INFINITY), mostFloors)));
    }),
  );
});

test('coarsening at once and step by step is the same, where the last window is full', () => {
  fc.assert(
    fc.property(shape, fc.constantFrom(2, 3, 7, 20), fc.constantFrom(2, 4), (form, most, times) => {
      const life = lived(requestsOf({ ...form, length: form.length - (form.length % 800) }), Number.POSITIVE_INFINITY);
      const twice = coarsened(coarsened(life, most * times), most);
      const once = coarsened(life, most);
      if (life.requests % once.window === 0) assert.deepEqual(plain(twice), plain(once));
    }),
  );
});

test('what was coarsened is left alone', () => {
  fc.assert(
    fc.property(shape, bound, (form, mostFloors) => {
      const life = coarsened(lived(requestsOf(form), Number.POSITIVE_INFINITY), mostFloors);
      assert.equal(coarsened(life, mostFloors), life);
    }),
  );
});

test('a life within its bound is left alone', () => {
  const life = lived(requestsOf({ seed: 5, length: 513, routes: 3, spread: 1, changes: 5, pages: 3 }), 1024);
  assert.equal(coarsened(life, life.floors.bytes.length), life);
});
