/** Findings on simulated workers, whose truth is known, and on evidence that says little or nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LifeEvidence } from '../src/attribute/life.ts';
import { lifeOfPlain } from '../src/attribute/plain-life.ts';
import { estimate } from '../src/estimate/estimate.ts';
import type { Finding } from '../src/estimate/finding.ts';
import { reason } from '../src/estimate/reason.ts';
import { seededRandom } from './support/random.ts';
import { lifeOf, type PlannedRoute, simulatedLives } from './support/simulated-workers.ts';
import { lifeWrittenAndRead } from './support/written-evidence.ts';

const NAMES = ['/a', '/b', '/c', '/d', '/e', '/f'];

const SHOP: PlannedRoute[] = [
  { share: 30 },
  { share: 10, leakedBytes: 20_000 },
  { share: 20, churnBytes: 600_000 },
  { share: 10, warmUpBytes: 8e6 },
  { share: 5, leakedBytes: 60_000, churnBytes: 200_000 },
  { share: 25, churnBytes: 100_000 },
];

const isIn = (finding: Finding, bytes: number) =>
  finding.leakedBytesPerCallLow! <= bytes && bytes <= finding.leakedBytesPerCallHigh!;

function assertSane(findings: readonly Finding[]): void {
  for (const finding of findings) {
    for (const [name, value] of Object.entries(finding)) {
      if (typeof value === 'number') assert.ok(Number.isFinite(value) && value >= 0, `${name} ${value}`);
    }
    const { leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high } = finding;
    assert.equal(low === null, high === null);
    if (low !== null) assert.ok(low <= high!);
    assert.ok(reason(finding, NAMES).length > 10);
  }
}

test('planted leaks are found within their interval, innocents are not accused', () => {
  let planted = 0;
  let found = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const { findings } = estimate(simulatedLives(seed, SHOP, { workers: 4, requests: 4000 }), SHOP.length);
    assertSane(findings);
    SHOP.forEach(({ leakedBytes = 0 }, route) => {
      const finding = findings[route]!;
      const about = `seed ${seed} route ${route}: ${JSON.stringify(finding)}`;
      assert.ok(isIn(finding, leakedBytes), about);
      if (leakedBytes === 0) {
        assert.notEqual(finding.verdict, 'leak', about);
        return;
      }
      planted++;
      // What is not called a leak is not called innocent either.
      assert.ok(finding.verdict === 'leak' || finding.verdict === 'unclear', about);
      if (finding.verdict !== 'leak') return;
      found++;
      assert.match(reason(finding, NAMES), /^grows with every call, in [34] of 4 workers$/);
    });
  }
  assert.ok(found >= planted - 1, `${found} of ${planted} found`);
});

test('where noise swallows the leaks nothing innocent is accused, and the intervals say how little is known', () => {
  const noisy = SHOP.map((route) => ({ ...route, churnBytes: (route.churnBytes ?? 0) * 6 }));
  for (let seed = 1; seed <= 4; seed++) {
    const { findings } = estimate(simulatedLives(seed, noisy, { workers: 4, requests: 2000 }), SHOP.length);
    assertSane(findings);
    SHOP.forEach(({ leakedBytes = 0 }, route) => {
      const finding = findings[route]!;
      const about = `seed ${seed} route ${route}: ${JSON.stringify(finding)}`;
      assert.ok(finding.verdict !== 'leak' || leakedBytes > 0, about);
      assert.ok(isIn(finding, leakedBytes), about);
    });
  }
});

test('a life is explained by its leaks, whose sum is that of the routes', () => {
  const lives = simulatedLives(9, SHOP, { workers: 3, requests: 4000 });
  const { findings, lives: fitted } = estimate(lives, SHOP.length);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  for (const part of ['leakedBytes', 'plateauBytes'] as const) {
    const byRoute = sum(findings.map((finding) => finding[part]));
    assert.ok(Math.abs(byRoute - sum(fitted.map((life) => life[part]))) < 20);
  }
  lives.forEach(({ firstBytes, lastBytes }, i) => {
    const growth = lastBytes - firstBytes;
    assert.ok(Math.abs(growth - fitted[i]!.leakedBytes - fitted[i]!.plateauBytes) < 0.35 * growth);
  });
});

test('what only warms up or borrows is no leak', () => {
  const routes = [{ share: 5, warmUpBytes: 3e7 }, { share: 5, churnBytes: 2e6 }, { share: 5 }];
  const { findings } = estimate(simulatedLives(2, routes, { workers: 3, requests: 3000 }), 3);
  assertSane(findings);
  for (const finding of findings) {
    assert.notEqual(finding.verdict, 'leak');
    assert.equal(finding.leakedBytes, 0);
  }
});

test('two routes that are always called together are both named, and neither is accused', () => {
  const routes = [
    { share: 5 },
    { share: 2, alwaysBefore: 3 },
    { share: 4, churnBytes: 50_000 },
    { share: 0, leakedBytes: 50_000 },
  ];
  const lives = simulatedLives(4, routes, { workers: 4, requests: 3000 });
  const { findings, lives: fitted } = estimate(lives, 4);
  assertSane(findings);
  assert.deepEqual(findings[1]!.inseparableFrom, [3]);
  assert.deepEqual(findings[3]!.inseparableFrom, [1]);
  for (const finding of [findings[1]!, findings[3]!]) {
    assert.equal(finding.verdict, 'unclear');
    assert.equal(finding.leakedBytes, 0);
    assert.equal(finding.leakedBytesPerCallLow, 0);
    // Two routes share what one leaks.
    const truth = findings[3]!.calls * 50_000;
    assert.ok(Math.abs(finding.inseparableLeakedBytes - truth) < 0.2 * truth);
  }
  const explained = fitted.reduce((sum, { leakedBytes }) => sum + leakedBytes, 0);
  assert.ok(Math.abs(explained - findings[1]!.inseparableLeakedBytes) < 10);
  assert.equal(reason(findings[1]!, NAMES), 'always called together with /d: cannot be told apart');
});

test('many routes: the leak is found among hundreds', () => {
  const routes: PlannedRoute[] = Array.from({ length: 300 }, (_, i) => ({
    share: 1 + 300 / (i + 1),
    churnBytes: 20_000,
  }));
  routes[4] = { share: 60, leakedBytes: 80_000 };
  const { findings } = estimate(simulatedLives(5, routes, { workers: 4, requests: 5000 }), 300);
  assertSane(findings);
  assert.deepEqual(
    [...findings.keys()].filter((route) => findings[route]!.verdict === 'leak'),
    [4],
  );
  assert.ok(isIn(findings[4]!, 80_000));
});

test('the same evidence gives the same, also when it was written and read again, and is left as it was', () => {
  const lives = simulatedLives(7, SHOP, { workers: 2, requests: 1500 });
  const before = JSON.stringify(lives);
  const first = estimate(lives, SHOP.length);
  assert.equal(JSON.stringify(lives), before);
  assert.deepEqual(estimate(lives.map(lifeWrittenAndRead), SHOP.length), first);
});

test('no evidence', () => {
  assert.deepEqual(estimate([], 0), { findings: [], lives: [] });
  const { findings } = estimate([], 2);
  assert.deepEqual(
    findings.map(({ verdict }) => verdict),
    ['unclear', 'unclear'],
  );
  assert.equal(reason(findings[0]!, NAMES), 'called never: too few to say');
});

const repeat = (requests: number, routes: number, bytes: (i: number) => number) =>
  lifeOf(Array.from({ length: requests }, (_, i) => ({ route: i % routes, bytes: bytes(i) })));

test('short logs: nothing is claimed', () => {
  const short: [string, LifeEvidence[], RegExp][] = [
    ['one request', [repeat(1, 1, () => 1e6)], /^called (once|never): too few to say$/],
    ['ten requests', [repeat(10, 2, (i) => 1e6 + i * 4096)], /^called 5 times: too few to say$/],
    ['one window', [repeat(25, 2, (i) => 1e6 + i * 4096)], /too few to say$/],
    ['only restarts', Array.from({ length: 500 }, () => repeat(1, 1, () => 1e6)), /^its 500 calls lie|^called never/],
    ['short lives', Array.from({ length: 100 }, () => repeat(20, 2, (i) => 1e6 + i * 9e4)), /^its 1,000 calls lie/],
  ];
  for (const [what, lives, expected] of short) {
    const { findings } = estimate(lives, 2);
    assertSane(findings);
    for (const finding of findings) {
      assert.equal(finding.verdict, 'unclear', what);
      assert.equal(finding.detectableBytesPerCall, null, what);
    }
    assert.match(reason(findings[0]!, NAMES), expected, what);
  }
});

test('all readings equal: no leak, above what the reading may hide', () => {
  const lives = [1, 2, 3].map((seed) =>
    lifeOf(Array.from({ length: 2000 }, (_, i) => ({ route: (i * seed * 7 + (i >> 4)) % 3, bytes: 5e7 }))),
  );
  const { findings } = estimate(lives, 3);
  assertSane(findings);
  for (const finding of findings) {
    assert.equal(finding.verdict, 'clean');
    assert.ok(finding.detectableBytesPerCall! < 5000);
    assert.match(reason(finding, NAMES), /^no leak above .* per call$/);
  }
});

test('one route that leaks the same with every call', () => {
  const lives = [1, 2].map(() => repeat(3000, 1, (i) => 3e7 + Math.ceil((i * 5000) / 4096) * 4096));
  const { findings } = estimate(lives, 1);
  assertSane(findings);
  assert.equal(findings[0]!.verdict, 'leak', JSON.stringify(findings[0]));
  assert.ok(Math.abs(findings[0]!.leakedBytesPerCall - 5000) < 50);
});

test('a leak with every call is found as soon as the log is long enough, and is never called clean', () => {
  for (const [requests, verdict, grounds] of [
    [200, 'unclear', 'too-few-windows'],
    [400, 'unclear', 'too-short-or-leak'],
    [800, 'leak', 'grows-with-every-call'],
    [3000, 'leak', 'grows-with-every-call'],
  ] as const) {
    const random = seededRandom(requests);
    const bytes = Array.from({ length: requests }, (_, i) => 50e6 + i * 200_000 + 4096 * random.integer(100));
    const found = estimate([lifeOf(bytes.map((size) => ({ route: 0, bytes: size })))], 1).findings[0]!;
    assert.deepEqual([requests, found.verdict, found.grounds], [requests, verdict, grounds]);
    if (requests >= 400) assert.ok(isIn(found, 200_000));
    assertSane([found]);
  }
});

test('odd evidence never throws and never gives NaN', () => {
  const odd: LifeEvidence[] = [
    lifeOfPlain({
      window: 25,
      requests: 0,
      firstBytes: 0,
      lastBytes: 0,
      floors: [],
      tail: [],
      own: [],
      jumps: [],
      stretch: 25,
      events: [],
    }),
    lifeOfPlain({
      window: 25,
      requests: 25,
      firstBytes: 1,
      lastBytes: 9,
      floors: [{ bytes: 1, position: 1, calls: [0, 1], steps: [] }],
      tail: [0, 24],
      own: [],
      jumps: [],
      stretch: 25,
      events: [],
    }),
    repeat(900, 1, (i) => (i % 2 ? 2 ** 52 : 1)),
    repeat(900, 3, (i) => 1e9 - i * 1000),
    repeat(900, 3, (i) => (i < 450 ? 1e6 : 1e12)),
  ];
  for (let some = 0; some < 1 << odd.length; some++) {
    assertSane(
      estimate(
        odd.filter((_, i) => some & (1 << i)),
        3,
      ).findings,
    );
  }
});
