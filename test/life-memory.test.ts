/** Lives in the memory of life.wasm: it is bounded and used again, moves to another one, and is not trusted when it was full. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sizeClassOf } from '../src/attribute/jumps.ts';
import { Life, type LifeEvidence } from '../src/attribute/life.ts';
import { ownRows } from '../src/attribute/own-steps.ts';
import { plainLife } from '../src/attribute/plain-life.ts';
import { UserError } from '../src/errors.ts';
import { Archive } from '../src/state/archive.ts';
import { LifeMemory } from '../src/wasm/life-memory.ts';
import { mapOf } from './support/pairs.ts';
import { seededRandom } from './support/random.ts';

const MIB = 2 ** 20;
const sizeOf = (memory: LifeMemory) => memory.ints.byteLength;

/** Adds requests of so many routes whose memory changes now and then, also by jumps. */
function live(life: Life, seed: number, count: number, routes: number): void {
  const random = seededRandom(seed);
  let bytes = 50_000_000;
  for (let i = 0; i < count; i++) {
    if (random.integer(3) === 0) bytes += 4096 * (random.integer(9) - 3);
    if (random.integer(50) === 0) bytes += 300_000 * (random.integer(3) - 1);
    const part = random.integer(4) === 0 ? routes + random.integer(5) : -1;
    life.add(random.integer(30) === 0 ? -1 : random.integer(routes), bytes, part);
  }
}

test('what a life took is taken by those that come after it', () => {
  const memory = new LifeMemory(sizeClassOf);
  let first = 0;
  for (let i = 0; i < 2000; i++) {
    const lives = [1, 2, 3].map(() => new Life(() => 20, memory));
    for (const [seed, life] of lives.entries()) live(life, i + seed, 700, 100);
    for (const life of lives) life.free();
    if (i === 20) first = sizeOf(memory);
  }
  assert.equal(sizeOf(memory), first);
  assert.ok(first <= 2 * MIB, `${first} bytes`);
});

test('a life of a hundred thousand routes has a place for each, and no more', () => {
  const memory = new LifeMemory(sizeClassOf);
  const life = new Life(() => 20, memory);
  for (let i = 0; i < 400_000; i++) life.add((i * 7919) % 100_000, 40_000_000 + 4096 * (i >> 8));
  assert.ok(sizeOf(memory) <= 64 * MIB, `${sizeOf(memory)} bytes`);
  const { floors, tail } = plainLife(life.evidence());
  const calls = new Map<number, number>();
  for (const pairs of [...floors.map((floor) => floor.calls), tail]) {
    for (const [route, count] of mapOf(pairs)) calls.set(route, (calls.get(route) ?? 0) + count);
  }
  assert.equal(calls.size, 100_000);
  assert.ok([...calls.values()].every((count) => count === 4));
});

test('a life that was written down and read goes on as it would have', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.constantFrom(1, 40, 300),
      fc.constantFrom(2, 20, 1024),
      (seed, before, after, routes, mostFloors) => {
        const life = new Life(() => mostFloors);
        live(life, seed, before, routes);
        const copy = new Life(() => mostFloors);
        Archive.read(Archive.bytesOf(life), copy);
        for (const one of [life, copy]) live(one, seed + 1, after, routes);
        assert.deepEqual(copy.evidence(), life.evidence());
      },
    ),
  );
});

test('the parts of requests count as calls, and with the steps and pauses of their routes', () => {
  const random = seededRandom(9);
  const requests = Array.from({ length: 2000 }, (_, i) => ({
    route: i % 7,
    bytes: 40_000_000 + 4096 * random.integer(30),
    part: random.integer(3) === 0 ? 100 + random.integer(3) : -1,
  }));
  const lived = (partOf: (request: (typeof requests)[number]) => number) => {
    const life = new Life(() => 20);
    for (const request of requests) life.add(request.route, request.bytes, partOf(request));
    return life.evidence();
  };
  const whole = lived(({ part }) => part);
  const plain = lived(() => -1);
  const callsOf = (life: LifeEvidence) => {
    const { floors, tail } = plainLife(life);
    return [...floors.map(({ calls }) => calls), tail].flatMap((pairs) => [...mapOf(pairs)]);
  };
  assert.deepEqual(
    callsOf(whole).filter(([route]) => route < 100),
    callsOf(plain),
  );
  const lowest = (from: number) => Math.min(...requests.slice(from, from + 3).map(({ bytes }) => bytes));
  for (const part of [100, 101, 102]) {
    const own = requests.flatMap((request, i) => (request.part === part ? [i] : []));
    const calls = callsOf(whole).reduce((sum, [route, count]) => (route === part ? sum + count : sum), 0);
    assert.equal(calls, own.length);
    const sums = [0, 0, 0, 0, 0, 0];
    for (const i of own) {
      // From where a long life has settled to where two readings follow; each route comes again after seven requests.
      if (i + 1 < 200 || i + 2 >= requests.length) continue;
      const step = lowest(i) - lowest(i - 1);
      for (const [k, value] of [1, step, step * step, 7, 49, 7 * step].entries()) sums[k]! += value;
    }
    assert.deepEqual(new Map(ownRows(whole.own)).get(part), sums);
  }
  const rest = ({ floors, tail: _tail, own, ...other }: LifeEvidence) => ({
    ...other,
    own: ownRows(own).filter(([route]) => route < 100),
    steps: floors.steps,
    bytes: floors.bytes,
  });
  assert.deepEqual(rest(whole), rest(plain));
});

test('when there is no memory left it says so, and nothing that was begun then is told as evidence', () => {
  const memory = new LifeMemory(sizeClassOf);
  const life = new Life(() => 20, memory);
  live(life, 1, 1010, 50);
  const address = memory.newLife();
  const saved = memory.save(address);
  // The size of its first block, more than there can be.
  const sizes = new DataView(saved.buffer);
  const at = Array.from({ length: saved.length / 4 - 1 }, (_, i) => i * 4).find(
    (i) => sizes.getUint32(i, true) === 32 * 88 && i > 500,
  );
  assert.ok(at !== undefined);
  sizes.setUint32(at, 0xf000_0000, true);
  const isTold = (error: unknown) => error instanceof UserError && /memory is full.*--max-routes/.test(error.message);
  assert.throws(() => memory.load(address, saved), isTold);
  assert.throws(() => live(life, 2, 100, 50), isTold);
  assert.throws(() => life.evidence(), isTold);
  assert.throws(() => Archive.bytesOf(life), isTold);
});

test('an error that is no want of memory is told as it is', () => {
  const memory = new LifeMemory(sizeClassOf);
  const address = memory.newLife();
  const isBug = (error: unknown) => error instanceof Error && !(error instanceof UserError);
  assert.throws(() => memory.closeBaseWindow(0xffff_0000, 20, 80), isBug);
  assert.throws(() => memory.save(address), isBug);
});
