import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatesOf } from '../src/gate/gates.ts';
import { type GateOptions, resolveLimits } from '../src/gate/limits.ts';
import { analyze, type RouteReport, UserError } from '../src/index.ts';
import { parseBytes } from '../src/term/parse-bytes.ts';
import { fixturePath } from './support/fixtures.ts';
import { leakingRoute, madeReport, madeRoute, madeWorker, rareRoute } from './support/made-report.ts';
import { assertValid } from './support/report-schema.ts';

const KIB = 1024;

function gates(options: GateOptions, routes: RouteReport[], growths: (number | null)[] = []) {
  const workers = growths.map((growth, i) => madeWorker(String(100 + i), growth));
  return gatesOf(madeReport(routes, workers), resolveLimits(options));
}

test('sizes have a unit: KiB of 1024, kB of 1000', () => {
  const sizes: [string, number][] = [
    ['0B', 0],
    ['512 B', 512],
    ['10KiB', 10_240],
    ['10 kib', 10_240],
    ['10kB', 10_000],
    ['10KB', 10_000],
    ['1.5MiB', 1_572_864],
    ['50MB', 50_000_000],
    ['2GiB', 2 ** 31],
    ['1TB', 1e12],
  ];
  for (const [text, bytes] of sizes) assert.equal(parseBytes(text), bytes, text);
  for (const text of [
    '',
    '10',
    '10K',
    '10iB',
    'KiB',
    '-1KiB',
    '1e3B',
    '1,5MiB',
    '10 KiB per call',
    '٣KiB',
    '99999999TiB',
  ])
    assert.equal(parseBytes(text), undefined, text);
});

test('a size without a unit is refused, and the sentence says what it may have meant', () => {
  assert.throws(() => resolveLimits({ maxLeaked: '50' }), {
    name: 'UserError',
    message:
      '--max-leaked 50 is no size: write a number and its unit, such as 50KiB or 50B (B, KiB, MiB, GiB of 1024; kB, MB, GB of 1000)',
  });
  for (const size of ['ten', Number.NaN, -1, Number.POSITIVE_INFINITY])
    assert.throws(() => resolveLimits({ maxWorkerGrowth: size }), UserError);
  assert.throws(
    () => resolveLimits({ routeLimits: [{ match: '(', maxLeaked: '1B' }] }),
    /routeLimits\[0\]\.match \( is no/,
  );
});

test('without limits there are no gates', () => {
  assert.deepEqual(gates({}, [leakingRoute('/a', 1e6)], [1e9]), []);
});

test('max-leak-per-call fails where a route leaks more, the worst first', () => {
  const routes = [
    leakingRoute('/a', 20 * KIB),
    leakingRoute('/b', 90 * KIB),
    leakingRoute('/c', 10 * KIB),
    madeRoute('/d'),
  ];
  const [gate] = gates({ maxLeakPerCall: '10KiB' }, routes);
  assert.deepEqual(gate, {
    gate: 'max-leak-per-call',
    match: null,
    limitBytes: 10_240,
    passed: false,
    outcome: 'failed',
    measuredBytes: 90 * KIB,
    routes: ['/b', '/a'],
    workers: [],
    undecidedRoutes: [],
    message: 'above 10.0 KiB per call: /b (90.0 KiB per call) and /a (20.0 KiB per call)',
  });
});

test('max-leaked looks at all calls of a route', () => {
  const routes = [leakingRoute('/a', 20 * KIB), madeRoute('/d')];
  const [above] = gates({ maxLeaked: '1MiB' }, routes);
  assert.deepEqual([above?.outcome, above?.measuredBytes, above?.routes], ['failed', 2000 * KIB, ['/a']]);
  const [kept] = gates({ maxLeaked: 2000 * KIB }, routes);
  assert.deepEqual([kept?.outcome, kept?.routes, kept?.message], ['passed', [], 'no route is above 1.95 MiB']);
});

test('a route of which the log would not have shown a leak of the limit leaves the gate open', () => {
  const noisy = madeRoute('/noisy', { detectableBytesPerCall: 50 * KIB, leakedBytesPerCallHigh: 90 * KIB });
  const unclear = madeRoute('/unclear', { verdict: 'unclear', leakedBytes: 3e6, leakedBytesPerCallHigh: 60 * KIB });
  const routes = [noisy, unclear, madeRoute('/quiet')];
  const [gate] = gates({ maxLeakPerCall: '10KiB' }, routes);
  assert.deepEqual(
    [gate?.outcome, gate?.passed, gate?.undecidedRoutes],
    ['inconclusive', true, ['/noisy', '/unclear']],
  );
  assert.match(gate?.message ?? '', /would not have shown it of \/noisy and \/unclear$/);
  const [strict] = gates({ maxLeakPerCall: '10KiB', inconclusive: 'fail' }, routes);
  assert.deepEqual([strict?.outcome, strict?.passed, strict?.routes], ['inconclusive', false, []]);
  const [large] = gates({ maxLeakPerCall: '60KiB', inconclusive: 'fail' }, routes);
  assert.deepEqual([large?.outcome, large?.passed], ['passed', true]);
});

test('rare routes do not leave a gate open, unless all are rare', () => {
  const [gate] = gates({ maxLeaked: '1MiB', inconclusive: 'fail' }, [madeRoute('/a'), rareRoute('/b')]);
  assert.deepEqual(
    [gate?.outcome, gate?.message],
    ['passed', 'no route is above 1.00 MiB; 1 route had too few calls to be judged'],
  );
  const [rare] = gates({ maxLeaked: '1MiB', inconclusive: 'fail' }, [rareRoute('/a'), rareRoute('/b')]);
  assert.deepEqual([rare?.outcome, rare?.passed, rare?.undecidedRoutes], ['inconclusive', false, ['/a', '/b']]);
  assert.equal(rare?.message, 'too little was logged to judge any route by 1.00 MiB');
});

test('a limit for some routes stands in for the general one; null lifts it', () => {
  const routes = [
    leakingRoute('/reports', 500 * KIB),
    leakingRoute('/old/a', 900 * KIB),
    leakingRoute('/new', 20 * KIB),
  ];
  const found = gates(
    {
      maxLeakPerCall: '10KiB',
      routeLimits: [
        { match: '^/reports$', maxLeakPerCall: '1MiB' },
        { match: '^/old/', maxLeakPerCall: null },
        { match: 'new', maxLeaked: '1GiB' },
      ],
    },
    routes,
  );
  assert.deepEqual(
    found.map(({ gate, match, outcome, routes: above }) => [gate, match, outcome, above]),
    [
      ['max-leak-per-call', '^/reports$', 'passed', []],
      ['max-leak-per-call', null, 'failed', ['/new']],
      ['max-leaked', 'new', 'passed', []],
    ],
  );
});

test('max-worker-growth is about last minus first reading', () => {
  const [gate] = gates({ maxWorkerGrowth: '200MiB' }, [], [300e6, 100e6, null, 400e6]);
  assert.deepEqual(
    [gate?.outcome, gate?.measuredBytes, gate?.workers, gate?.message],
    ['failed', 400e6, ['103', '100'], '2 workers of 4 grew by more than 200 MiB: 103 (381 MiB) and 100 (286 MiB)'],
  );
  assert.equal(gates({ maxWorkerGrowth: '200MiB' }, [], [100e6])[0]?.outcome, 'passed');
  assert.equal(gates({ maxWorkerGrowth: '200MiB' }, [], [null])[0]?.outcome, 'inconclusive');
  assert.equal(gates({ maxWorkerGrowth: '200MiB' }, [], [])[0]?.outcome, 'inconclusive');
});

test('analyze checks gates, and its report is valid', async () => {
  const report = await analyze(fixturePath('lab-a.log.gz'), {
    maxLeakPerCall: '300KiB',
    maxLeaked: 60_000_000,
    maxWorkerGrowth: '1GiB',
    routeLimits: [{ match: '^/leak/rare$', maxLeakPerCall: '10MiB' }],
  });
  assertValid(report);
  assert.deepEqual(
    report.gates.map(({ gate, match, outcome, routes }) => [gate, match, outcome, routes]),
    [
      ['max-leak-per-call', '^/leak/rare$', 'passed', []],
      ['max-leak-per-call', null, 'inconclusive', []],
      ['max-leaked', null, 'failed', ['/leak/rare', '/leak/big/{id}']],
      ['max-worker-growth', null, 'passed', []],
    ],
  );
});
