/** Jumps of one size: of a leak, of a warm-up, and of what only takes again what others gave back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOfClass, jumpRows, jumpTableOf, LEAST_JUMP_BYTES, sizeClassOf } from '../src/attribute/jumps.ts';
import { estimate } from '../src/estimate/estimate.ts';
import { findJumping } from '../src/estimate/jumping.ts';
import { regressOwnSteps } from '../src/estimate/own-step-regression.ts';
import { seededRandom } from './support/random.ts';
import { lifeOf, type Request } from './support/simulated-workers.ts';

const MB = 1 << 20;
const RARE = 0;
const BUSY = 1;

/** One in forty requests is RARE; `grow` says what it keeps in its nth call, `give` what BUSY gives back. */
function life(seed: number, grow: (call: number) => number, give = 0): Request[] {
  const random = seededRandom(seed);
  let call = 0;
  let bytes = 50 * MB;
  let taken = 0;
  return Array.from({ length: 4000 }, () => {
    const route = random.integer(40) === 0 ? RARE : BUSY + random.integer(3);
    const kept = route === RARE ? grow(++call) : 0;
    bytes += kept;
    taken += kept;
    // Long before the next call, nearly always.
    if (route === BUSY && random.integer(4) === 0) {
      bytes -= Math.min(taken, give);
      taken -= Math.min(taken, give);
    }
    return { route, bytes };
  });
}

const jumpingOf = (logs: Request[][]) => {
  const lives = logs.map(lifeOf);
  return findJumping(lives, regressOwnSteps(lives, 4));
};

test('classes of sizes: a step lies within an eighth of the middle of its class', () => {
  for (let bytes = LEAST_JUMP_BYTES; bytes < 1e10; bytes *= 1.037) {
    const middle = bytesOfClass(sizeClassOf(bytes));
    assert.ok(Math.abs(middle - bytes) < bytes / 8, `${bytes} ${middle}`);
  }
});

test('jumps of the same route and size are added up', () => {
  assert.deepEqual(
    jumpRows(
      jumpTableOf([
        [2, 5, 1, 3, 0],
        [1, 5, 2, 9, 1],
        [2, 5, 4, 30, 2],
      ]),
    ),
    [
      [1, 5, 2, 9, 1],
      [2, 5, 5, 33, 2],
    ],
  );
});

test('a leak that finds a hole in two of three calls jumps by its size in the third, and stays', () => {
  const [rare, busy] = jumpingOf([1, 2].map((seed) => life(seed, (call) => (call % 3 === 0 ? 5 * MB : 0))));
  assert.ok(Math.abs(rare!.bytes - 5 * MB) < MB / 2);
  assert.ok(Math.abs(rare!.share - 1 / 3) < 0.05);
  assert.ok(rare!.surprise > 50 && rare!.concentration === 1);
  assert.ok(Math.abs(rare!.lateness - 0.5) < 0.1);
  assert.equal(rare!.fallen, 0);
  // Requests right behind a jump are near enough to be taken for it, but seldom.
  assert.ok(busy === null || busy!.share < 0.05);
});

test('a warm-up of ten calls jumps early', () => {
  const [rare] = jumpingOf([1, 2, 3].map((seed) => life(seed, (call) => (call <= 20 ? 2 * MB : 0))));
  assert.ok(rare!.jumps > 20 && rare!.lateness < 0.35, JSON.stringify(rare));
});

test('what is given back before the next call is no leak', () => {
  const logs = [1, 2, 3].map((seed) => life(seed, () => 2 * MB, 2 * MB));
  const [rare] = jumpingOf(logs);
  assert.ok(rare!.share > 0.7 && rare!.fallen > 0.6, JSON.stringify(rare));
  assert.notEqual(estimate(logs.map(lifeOf), 4).findings[RARE]!.verdict, 'leak');
});

test('with threads, whose readings hold large loans of others, jumps still prove a leak', () => {
  const logs = [1, 2, 3, 4].map((seed) => {
    const random = seededRandom(100 + seed);
    let loan = 0;
    return life(seed, (call) => (call % 2 === 0 ? 5 * MB : 0)).map(({ route, bytes }) => {
      if (random.integer(30) === 0) loan = random.integer(2) * random.integer(80) * MB;
      return { route, bytes: bytes + loan };
    });
  });
  const { findings } = estimate(logs.map(lifeOf), 4, true);
  const [rare, ...others] = findings;
  assert.equal(rare!.verdict, 'leak', JSON.stringify(rare));
  assert.ok(rare!.leakedBytesPerCallLow! <= 2.5 * MB && rare!.leakedBytesPerCallHigh! >= 2.5 * MB);
  for (const { verdict } of others) assert.notEqual(verdict, 'leak');
});
