import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RouteReport, Verdict } from '../src/index.ts';
import { score, type Truth } from './support/score.ts';

const known = (leaked: number, calls: number, match: string) => ({
  class: leaked > 0 ? 'leak' : 'none',
  calls,
  true_total_leaked: leaked,
  true_bytes_per_call: leaked / calls,
  match,
});

const TRUTH: Truth = {
  scenario: 'made up',
  net_process_growth_logged: 1000,
  routes: {
    '/big/<id>': known(800, 8, '^/big/[^/]+$'),
    '/mid': known(100, 10, '^/mid$'),
    '/tiny': known(20, 10, '^/tiny$'),
    '/none': known(0, 5, '^/none$'),
  },
};

function row(
  route: string,
  leakedBytes: number,
  verdict: Verdict,
  low: number | null,
  high: number | null,
): RouteReport {
  return {
    rank: 0,
    route,
    calls: 1,
    verdict,
    reason: '',
    leakedBytes,
    leakedBytesPerCall: 0,
    leakedBytesPerCallLow: low,
    leakedBytesPerCallHigh: high,
    plateauBytes: 0,
    detectableBytesPerCall: null,
    estimatedBytesPerCall: null,
    standardErrorBytesPerCall: null,
    workersAgreeing: 0,
    workersJudged: 0,
    grossGrowthBytes: 0,
    netGrowthBytes: 0,
    highWaterBytes: 0,
    growthCalls: 0,
    largestGrowthBytes: 0,
    largestPeakBytes: null,
    meanPeakBytes: null,
    largestGrowth: null,
    examples: [],
    split: null,
  };
}

test('a perfect report', () => {
  const routes = [
    row('/big/{id}', 800, 'leak', 90, 110),
    row('/mid', 100, 'leak', 10, 10),
    row('/tiny/', 20, 'unclear', 0, 2),
    row('/none', 0, 'clean', 0, 1),
  ];
  assert.deepEqual(score(TRUTH, { routes }), {
    trueBytes: 920,
    wrongBytes: 0,
    misattribution: 0,
    falselyBlamedBytes: 0,
    material: [
      { route: '/big/<id>', called: true, inInterval: true },
      { route: '/mid', called: true, inInterval: true },
    ],
    materialInTop: 2,
    falseLeaks: [],
  });
});

test('bytes missed, exaggerated and given to the innocent all count', () => {
  const routes = [
    row('/none', 50, 'leak', 10, 20),
    row('GET /big/7?x', 500, 'leak', 50, 60),
    row('/big/8', 200, 'unclear', null, null),
    row('/mid', 130, 'unclear', 0, 20),
    row('/other', 7, 'unclear', 0, 20),
  ];
  const { trueBytes, material, ...rest } = score(TRUTH, { routes });
  assert.deepEqual(rest, {
    wrongBytes: 100 + 30 + 20 + 57,
    misattribution: 207 / 920,
    falselyBlamedBytes: 57,
    materialInTop: 1,
    falseLeaks: ['/none'],
  });
  assert.equal(trueBytes, 920);
  assert.deepEqual(material, [
    { route: '/big/<id>', called: true, inInterval: false },
    { route: '/mid', called: false, inInterval: true },
  ]);
});

test('where nothing leaks there is no share', () => {
  const { '/none': none } = TRUTH.routes;
  const truth = { ...TRUTH, routes: { '/none': none! } };
  const found = score(truth, { routes: [row('/none', 40, 'unclear', 0, 50)] });
  assert.equal(found.misattribution, null);
  assert.equal(found.falselyBlamedBytes, 40);
  assert.deepEqual(found.material, []);
});
