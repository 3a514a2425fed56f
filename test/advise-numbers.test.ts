/** The numbers behind the advice, each held against a simple way to the same number. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostWithin, simulate } from '../src/advise/cost.ts';
import { levelOf, type Point, pooledSlope, slopeByLives, slopeByStretches } from '../src/advise/slope.ts';
import { sizeOfWorkers } from '../src/advise/worker-size.ts';
import { seededRandom } from './support/random.ts';
import { lifeOf, simulatedLives } from './support/simulated-workers.ts';

function randomLives(seed: number): Point[][] {
  const random = seededRandom(seed);
  return Array.from({ length: 1 + random.integer(5) }, () => {
    const base = 1e6 * random.next();
    return Array.from({ length: 2 + random.integer(20) }, (_, i) => ({
      position: 25 * (i + 1) + random.integer(20),
      bytes: base + 700 * i + 5e4 * random.next(),
    }));
  });
}

test('the slope leaves the least squares, however the levels of the lives are chosen', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const lives = randomLives(seed);
    const squares = (slope: number) =>
      lives.reduce((total, life) => {
        const rest = life.map(({ position, bytes }) => bytes - slope * position);
        const level = rest.reduce((sum, value) => sum + value, 0) / rest.length;
        return total + rest.reduce((sum, value) => sum + (value - level) ** 2, 0);
      }, 0);
    const slope = pooledSlope(lives);
    for (const other of [slope - 1, slope + 1, slope * 1.01]) assert.ok(squares(other) >= squares(slope), `${seed}`);
  }
  assert.equal(pooledSlope([]), 0);
  assert.equal(pooledSlope([[{ position: 25, bytes: 7 }]]), 0);
});

test('a straight line is found exactly, with an interval of no width', () => {
  const life = (base: number): Point[] => [1, 2, 3, 4, 9].map((n) => ({ position: n, bytes: base + 12 * n }));
  const lives = [life(100), life(900), life(50)];
  for (const { bytesPerRequest, low, high } of [slopeByLives(lives), slopeByStretches(lives, 10)])
    assert.ok([bytesPerRequest, low, high].every((value) => Math.abs(value - 12) < 1e-9));
  assert.equal(levelOf(lives[1]!, 12), 900);
});

test('the interval of a mean is the textbook one', () => {
  // A life of two points has a slope of its own; of equally long ones the pooled slope is the mean.
  const slopes = [3, 7, 8, 12];
  const bytes = [0, 6, 20, 36, 60];
  const life = bytes.flatMap((size, i) => [
    { position: 2 * i, bytes: size },
    { position: 2 * i, bytes: size },
  ]);
  const walked = slopeByStretches([life], 5);
  const lives = slopes.map((slope): Point[] => [
    { position: 0, bytes: 0 },
    { position: 1, bytes: slope },
  ]);
  const mean = 7.5;
  const deviation = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0) / 3);
  const { bytesPerRequest, low, high } = slopeByLives(lives);
  assert.ok(Math.abs(bytesPerRequest - mean) < 1e-9);
  assert.ok(Math.abs((high - low) / 2 - (3.182 * deviation) / 2) < 1e-6);
  assert.ok(Math.abs((walked.high - walked.low) / 2 - (3.182 * deviation) / 2) < 1e-6);
});

test('growth of known size lies within the interval, also of one worker', () => {
  const routes = [
    { share: 8, churnBytes: 2e6 },
    { share: 2, leakedBytes: 60_000 },
    { share: 5, warmUpBytes: 15e6 },
  ];
  const truth = (60_000 * 2) / 15;
  for (const workers of [1, 4]) {
    let covered = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const lives = simulatedLives(seed, routes, { workers, requests: 3000 });
      const size = sizeOfWorkers(lives.map((life) => ({ life, peakBytes: life.lastBytes })))!;
      assert.equal(size.intervalFrom, workers === 1 ? 'stretches' : 'lives');
      assert.ok(Math.abs(size.growthBytesPerRequest / truth - 1) < 0.25, `seed ${seed}: ${size.growthBytesPerRequest}`);
      if (size.growthBytesPerRequestLow <= truth && truth <= size.growthBytesPerRequestHigh) covered++;
    }
    assert.ok(covered >= 24, `${workers} workers: ${covered} of 30`);
  }
});

test('the settled size is that of a worker after its warm-up, without the leak and the borrowed', () => {
  const routes = [
    { share: 8, churnBytes: 2e6 },
    { share: 2, leakedBytes: 60_000 },
    { share: 5, warmUpBytes: 15e6 },
  ];
  const lives = simulatedLives(3, routes, { workers: 4, requests: 4000 });
  const size = sizeOfWorkers(lives.map((life) => ({ life, peakBytes: life.lastBytes })))!;
  // 30 MB at the start, 15 MB of warm-up; the heap's holes may be part of it.
  assert.ok(size.settledBytes > 44e6 && size.settledBytes < 49e6, `${size.settledBytes}`);
  assert.ok(size.largestSettledBytes + size.peakAboveLineBytes < 52e6);
});

test('a life of a few windows says nothing', () => {
  assert.equal(sizeOfWorkers([]), undefined);
  const life = lifeOf(Array.from({ length: 60 }, (_, i) => ({ route: 0, bytes: 4096 * i })));
  assert.equal(sizeOfWorkers([{ life, peakBytes: 1e6 }]), undefined);
});

test('the most within a time is what counting every pair finds', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 50; round++) {
    const times = Array.from({ length: 1 + random.integer(30) }, () => random.integer(100)).sort((a, b) => a - b);
    const naive = Math.max(...times.map((from) => times.filter((time) => time >= from && time - from <= 10).length));
    assert.equal(mostWithin(times, 10), naive);
  }
});

test('the simulation: restarts by time are exact, by requests as the rate has it, and spread ones meet less', () => {
  const byTime = (seconds: number) => ({ requests: () => Number.POSITIVE_INFINITY, seconds, leastSeconds: 0 });
  const timed = simulate([byTime(100), byTime(100)], 5);
  assert.equal(timed.restartsPerHour, 72);
  assert.equal(timed.requestsPerRestart, 500);
  assert.equal(timed.largestShareAtOnce, 1);
  const counted = (spread: number) =>
    Array.from({ length: 10 }, (_, i) => ({
      requests: () => 10_000 + i * spread,
      seconds: Number.POSITIVE_INFINITY,
      leastSeconds: 0,
    }));
  const together = simulate(counted(0), 10);
  assert.ok(Math.abs(together.requestsPerRestart / 10_000 - 1) < 0.02);
  assert.ok(Math.abs(together.restartsPerHour / 36 - 1) < 0.02);
  assert.ok(simulate(counted(1000), 10).largestShareAtOnce < together.largestShareAtOnce);
  assert.deepEqual(simulate(counted(7), 10), simulate(counted(7), 10));
  // Requests alone would end it after one second.
  const gated = simulate([{ requests: () => 5, seconds: Number.POSITIVE_INFINITY, leastSeconds: 10 }], 5);
  assert.equal(gated.requestsPerRestart, 50);
});
