import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareReports } from '../src/compare/compare.ts';
import { errorsToCount, upperQuantile } from '../src/compare/significance.ts';
import { gatesOf } from '../src/gate/gates.ts';
import { resolveLimits } from '../src/gate/limits.ts';
import { type RouteReport, UserError } from '../src/index.ts';
import { printComparisonMarkdown } from '../src/report/comparison/markdown.ts';
import { printComparisonTable } from '../src/report/comparison/table.ts';
import { leakingRoute, madeReport, madeRoute, rareRoute } from './support/made-report.ts';

const KIB = 1024;

function compare(base: RouteReport[], head: RouteReport[], minChange = KIB) {
  return compareReports(
    { name: 'base', report: madeReport(base) },
    { name: 'head', report: madeReport(head) },
    minChange,
  );
}

/** What becomes of /a, beside a route that is the same in both. */
function changeOf(base: RouteReport | undefined, head: RouteReport | undefined, minChange?: number) {
  const other = madeRoute('/other', { calls: 1000 });
  const { routes } = compare([other, ...(base ? [base] : [])], [other, ...(head ? [head] : [])], minChange);
  const found = routes.find(({ route }) => route === '/a');
  return [found?.change, found?.reason];
}

test('the quantile is that of the normal distribution', () => {
  for (const probability of [0.5, 0.2, 0.05, 0.01, 1e-3, 1e-4, 5e-6]) {
    const naive = naiveUpperQuantile(probability);
    assert.ok(Math.abs(upperQuantile(probability) - naive) < 5e-4, `${probability}: ${naive}`);
  }
});

test('the more routes, the more errors a change has to stand out by', () => {
  assert.ok(Math.abs(errorsToCount(1) - 1.645) < 1e-3);
  assert.ok(Math.abs(errorsToCount(10) - 2.576) < 1e-3);
  assert.ok(errorsToCount(10_000) > 4.4);
  assert.equal(errorsToCount(0), errorsToCount(1));
});

test('each kind of change', () => {
  const leak = (perCall: number, figures?: Partial<RouteReport>) => leakingRoute('/a', perCall, figures);
  const clean = madeRoute('/a');
  const cases: [string, RouteReport | undefined, RouteReport | undefined, string, RegExp][] = [
    [
      'begins to leak',
      clean,
      leak(50 * KIB),
      'new-leak',
      /^keeps 50\.0 KiB per call more than before, give or take 4\.91 KiB$/,
    ],
    ['leaks more', leak(50 * KIB), leak(90 * KIB), 'worse', /^keeps 40\.0 KiB per call more/],
    ['leaks less', leak(90 * KIB), leak(50 * KIB), 'better', /^keeps 40\.0 KiB per call less/],
    ['stops leaking', leak(50 * KIB), clean, 'gone', /^keeps 50\.0 KiB per call less/],
    ['leaks as before', leak(50 * KIB), leak(52 * KIB), 'same', /^no change above 18\.0 KiB per call$/],
    [
      'is clean as before',
      clean,
      madeRoute('/a', { estimatedBytesPerCall: -900 }),
      'same',
      /^no change above 1\.38 KiB/,
    ],
    ['is new and leaks', undefined, leak(50 * KIB), 'new-leak', /^not called before; keeps 50\.0 KiB per call$/],
    ['is new and clean', undefined, clean, 'same', /^not called before; no leak is shown$/],
    [
      'is new and unclear',
      undefined,
      madeRoute('/a', { verdict: 'unclear' }),
      'cannot-tell',
      /^not called before; no leak above/,
    ],
    ['is not called any more', leak(50 * KIB), undefined, 'gone', /^not called any more; kept 50\.0 KiB/],
    ['was clean, is not called any more', clean, undefined, 'same', /^not called any more; no leak was shown$/],
    ['is rare now', clean, rareRoute('/a'), 'cannot-tell', /^2 calls: too few to say$/],
    ['was rare', rareRoute('/a'), leak(50 * KIB), 'cannot-tell', /^2 calls before: too few to compare with$/],
    [
      'is unclear',
      clean,
      madeRoute('/a', { verdict: 'unclear', standardErrorBytesPerCall: 2000 }),
      'cannot-tell',
      /^clean before, unclear now; the difference/,
    ],
    [
      'leaks within the error',
      madeRoute('/a', { standardErrorBytesPerCall: 40 * KIB, detectableBytesPerCall: 90 * KIB }),
      leak(50 * KIB),
      'cannot-tell',
      /^clean before, leak now/,
    ],
    [
      'what one excludes the other shows',
      madeRoute('/a', { standardErrorBytesPerCall: 40 * KIB, detectableBytesPerCall: 30 * KIB }),
      leak(50 * KIB),
      'new-leak',
      /^keeps at least 40\.0 KiB per call, where 30\.0 KiB would have shown before$/,
    ],
    [
      'the same the other way round',
      leak(50 * KIB),
      madeRoute('/a', { standardErrorBytesPerCall: 40 * KIB, detectableBytesPerCall: 30 * KIB }),
      'gone',
      /^kept at least 40\.0 KiB per call, where 30\.0 KiB would have shown now$/,
    ],
  ];
  for (const [what, base, head, change, reason] of cases) {
    const found = changeOf(base, head);
    assert.equal(found[0], change, `${what}: ${found.join(': ')}`);
    assert.match(found[1]!, reason, what);
  }
});

test('a change below the stated minimum does not count, however sure', () => {
  const before = leakingRoute('/a', 10 * KIB, { standardErrorBytesPerCall: 1 });
  const after = leakingRoute('/a', 10.9 * KIB, { standardErrorBytesPerCall: 1 });
  assert.equal(changeOf(before, after)[0], 'same');
  assert.equal(changeOf(before, after, 100)[0], 'worse');
});

test('negative estimates count as no leak', () => {
  const before = madeRoute('/a', { estimatedBytesPerCall: -50 * KIB, standardErrorBytesPerCall: KIB });
  const after = madeRoute('/a', { estimatedBytesPerCall: 200, standardErrorBytesPerCall: KIB });
  assert.equal(changeOf(before, after)[0], 'same');
});

test('a route that a short log need not have called is not gone, nor new', () => {
  const long = [madeRoute('/other', { calls: 100_000 }), leakingRoute('/a', 50 * KIB)];
  const short = [madeRoute('/other', { calls: 200 })];
  assert.equal(compare(long, short).routes.find(({ route }) => route === '/a')?.change, 'cannot-tell');
  assert.equal(compare(short, long).routes.find(({ route }) => route === '/a')?.change, 'cannot-tell');
});

test('what matters comes first, and every route is counted once', () => {
  const { routes, counts } = compare(
    [
      madeRoute('/new'),
      leakingRoute('/worse', 10 * KIB),
      leakingRoute('/gone', 80 * KIB),
      madeRoute('/same'),
      madeRoute('/rare'),
    ],
    [
      leakingRoute('/new', 50 * KIB),
      leakingRoute('/worse', 90 * KIB),
      madeRoute('/gone'),
      madeRoute('/same'),
      rareRoute('/rare'),
    ],
  );
  assert.deepEqual(
    routes.map(({ route }) => route),
    ['/new', '/worse', '/gone', '/rare', '/same'],
  );
  assert.deepEqual(counts, { 'new-leak': 1, worse: 1, better: 0, gone: 1, 'cannot-tell': 1, same: 1 });
});

test('logs that cannot be compared are refused', () => {
  assert.throws(
    () => compare([madeRoute('/a')], [madeRoute('/b')]),
    /base and head have no route in common: .*--no-group/,
  );
  const uss = madeReport([madeRoute('/a')]);
  uss.inputs[0]!.metric = 'uss';
  const rss = madeReport([madeRoute('/a')]);
  assert.throws(() => compareReports({ name: 'b', report: uss }, { name: 'h', report: rss }, KIB), {
    name: 'UserError',
    message: 'b is about uss, h about rss: make both with the same --metric',
  });
  assert.throws(() => gatesOf(rss, resolveLimits({ baseline: madeReport([madeRoute('/b')]) })), UserError);
});

test('empty logs give no answer and no error', () => {
  assert.deepEqual(compare([], []).routes, []);
  assert.deepEqual(
    compare([leakingRoute('/a', KIB)], []).routes.map(({ change }) => change),
    ['cannot-tell'],
  );
});

test('a report compared with itself is the same, with a warning', () => {
  const { routes, warnings } = compare([leakingRoute('/a', 90 * KIB)], [leakingRoute('/a', 90 * KIB)]);
  assert.deepEqual(
    routes.map(({ change }) => change),
    ['same'],
  );
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['same-report'],
  );
});

test('the baseline gate fails with the routes that are worse', () => {
  const baseline = madeReport([madeRoute('/a'), leakingRoute('/b', 10 * KIB), madeRoute('/rare')]);
  const report = madeReport([leakingRoute('/a', 50 * KIB), leakingRoute('/b', 90 * KIB), rareRoute('/rare')]);
  const [gate] = gatesOf(report, resolveLimits({ baseline, minChange: '2KiB' }));
  assert.deepEqual(
    [gate?.gate, gate?.limitBytes, gate?.passed, gate?.outcome, gate?.routes, gate?.undecidedRoutes],
    ['baseline', 2048, false, 'failed', ['/a', '/b'], []],
  );
  assert.equal(gate?.measuredBytes, 80 * KIB);
  const [kept] = gatesOf(baseline, resolveLimits({ baseline }));
  assert.deepEqual([kept?.outcome, kept?.measuredBytes], ['passed', 0]);
});

test('the baseline gate is open where a suspect cannot be compared', () => {
  const baseline = madeReport([rareRoute('/a'), madeRoute('/b')]);
  const report = madeReport([leakingRoute('/a', 50 * KIB), madeRoute('/b')]);
  const [gate] = gatesOf(report, resolveLimits({ baseline, inconclusive: 'fail' }));
  assert.deepEqual([gate?.outcome, gate?.passed, gate?.undecidedRoutes], ['inconclusive', false, ['/a']]);
  const [empty] = gatesOf(report, resolveLimits({ baseline: madeReport([]) }));
  assert.deepEqual([empty?.outcome, empty?.passed], ['inconclusive', true]);
});

test('hostile routes are inert in Markdown and on a terminal', () => {
  const hostile = [
    '/<script>alert(1)</script>',
    '/a|b',
    '/``x`',
    '/@someone #1 [x](http://y)',
    '/a\n| forged | row |',
    '/\u001b[31m\u202e',
    '::error::x',
  ];
  const comparison = compare(
    [madeRoute('/other'), ...hostile.map((route) => madeRoute(route))],
    [madeRoute('/other'), ...hostile.map((route) => leakingRoute(route, 50 * KIB))],
  );
  const markdown = printComparisonMarkdown(comparison, 'iec');
  const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
  assert.equal(rows.length, hostile.length + 2);
  for (const row of rows.slice(1)) {
    assert.equal(row.replaceAll('\\|', '').split('|').length, 8, row);
    // Outside of code there is nothing of a route.
    assert.doesNotMatch(row.replace(/(`+) ?.*? ?\1(?!`)/g, ''), /[<@#[]|script/, row);
  }
  const table = printComparisonTable(comparison, { width: 80, top: 20, colour: false, ascii: true, units: 'iec' });
  assert.doesNotMatch(table, /[^\x20-\x7e\n]/);
  assert.doesNotMatch(table, /^(?:\| forged|::error)/m);
});

/** By the trapezoidal rule and bisection. */
function naiveUpperQuantile(probability: number): number {
  const tail = (from: number) => {
    const step = 1e-3;
    let sum = 0;
    for (let x = from; x < 9; x += step)
      sum += (step * (Math.exp((-x * x) / 2) + Math.exp(-((x + step) ** 2) / 2))) / 2;
    return sum / Math.sqrt(2 * Math.PI);
  };
  let low = 0;
  let high = 8;
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (tail(middle) > probability) low = middle;
    else high = middle;
  }
  return low;
}
