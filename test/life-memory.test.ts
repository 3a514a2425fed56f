/** Lives in the memory of life.wasm: it is bounded and used again, moves to another one, and is not trusted when it was full. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sizeClassOf } from '../src/attribute/jumps.ts';
import { Life, type LifeEvidence } from '../src/attribute/life.ts';
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

test('the parts of requests count as calls, and as nothing else', () => {
  const withParts = new Life(() => 20);
  const without = new Life(() => 20);
  const random = seededRandom(9);
  let parts = 0;
  for (let i = 0; i < 2000; i++) {
    const bytes = 40_000_000 + 4096 * random.integer(30);
    const part = random.integer(3) === 0 ? 100 + random.integer(3) : -1;
    if (part >= 0) parts++;
    withParts.add(i % 7, bytes, part);
    without.add(i % 7, bytes);
  }
  const callsOf = ({ floors, tail }: ReturnType<typeof plainLife>) =>
    [...floors.map(({ calls }) => calls), tail].flatMap((pairs) => [...mapOf(pairs)]);
  const rest = (life: LifeEvidence) => {
    const { floors: _floors, tail: _tail, ...other } = life;
    return { ...other, steps: life.floors.steps, bytes: life.floors.bytes };
  };
  const [whole, plain] = [withParts.evidence(), without.evidence()];
  const counted = callsOf(plainLife(whole));
  assert.deepEqual(
    counted.filter(([route]) => route < 100),
    callsOf(plainLife(plain)),
  );
  assert.equal(
    counted.reduce((sum, [route, calls]) => (route < 100 ? sum : sum + calls), 0),
    parts,
  );
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
