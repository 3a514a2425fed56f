/** What each format promises to its readers, checked with readers that are not ours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { marked, type Tokens } from 'marked';
import { SaxesParser } from 'saxes';
import { analyze, type GateReport, type Report } from '../src/index.ts';
import { fixturePath } from './support/fixtures.ts';
import { gateReport } from './support/gate.ts';
import { print } from './support/print.ts';
import { parsePrometheus, promtool } from './support/prometheus.ts';

const REPORT = await analyze(fixturePath('lab-a.log.gz'));
const GATES: GateReport[] = [
  gateReport('max-leaked', 52_428_800, []),
  { ...gateReport('max-leaked', 1024, []), match: '^/x', outcome: 'inconclusive', message: 'too little was logged' },
  gateReport('max-leak-per-call', 10_240, ['/leak/rare', '/leak/big/{id}']),
];
const GATED: Report = { ...REPORT, gates: GATES };

/** A report with so many routes, most of them clean. */
function wide(routes: number): Report {
  const clean = REPORT.routes.at(-1)!;
  const more = Array.from({ length: routes }, (_, i) => ({ ...clean, rank: i + 1, route: `/r${i}` }));
  return { ...REPORT, routes: [...more, ...REPORT.routes] };
}

const isTable = (token: { type: string }): token is Tokens.Table => token.type === 'table';

test('ndjson: a line is a route of the JSON report', async () => {
  const lines = (await print('ndjson', REPORT)).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    REPORT.routes,
  );
});

test('csv and tsv: a row is a route, with the figures of the JSON report', async () => {
  for (const [kind, delimiter] of [
    ['csv', ','],
    ['tsv', '\t'],
  ] as const) {
    const text = await print(kind, REPORT);
    const rows = parse(text, { columns: true, delimiter, quote: kind === 'csv' ? '"' : null }) as Record<
      string,
      string
    >[];
    assert.equal(rows.length, REPORT.routes.length);
    for (const [i, row] of rows.entries()) {
      const route = REPORT.routes[i]!;
      assert.deepEqual([row.route, row.reason, row.verdict], [route.route, route.reason, route.verdict]);
      assert.equal(Number(row.leakedBytesPerCall), route.leakedBytesPerCall);
      assert.equal(row.leakedBytesPerCallHigh, String(route.leakedBytesPerCallHigh ?? ''));
      assert.equal(row.largestGrowthLine, String(route.largestGrowth?.line ?? ''));
    }
  }
});

test('markdown: gates, then the answer, then at most 20 rows that begin with the verdict, leaks first', async () => {
  const tokens = marked.lexer(await print('markdown', { ...wide(100), gates: GATES }));
  assert.deepEqual(tokens.flatMap(({ type }) => (type === 'space' ? [] : [type])).slice(0, 4), [
    'heading',
    'list',
    'paragraph',
    'table',
  ]);
  const { rows } = tokens.find(isTable)!;
  assert.equal(rows.length, 20);
  assert.deepEqual(
    rows.slice(0, 3).map(([verdict, route]) => [verdict!.text, route!.text]),
    [
      ['**leak**', '`/leak/rare`'],
      ['**leak**', '`/leak/big/{id}`'],
      ['unclear', '`/leak/cache-unbounded/{hash}`'],
    ],
  );
  assert.ok((await print('markdown', wide(100))).includes('94 more routes not shown.'));
  assert.equal(marked.lexer(await print('markdown', REPORT, { top: 3 })).find(isTable)!.rows.length, 3);
});

test('prometheus: real parsers read it; names, types and labels are bounded and unique', async (t) => {
  const text = await print('prometheus', { ...wide(1000), gates: GATES });
  const families = parsePrometheus(text);
  assert.ok(
    families.every(({ name, type, help }) => /^leakrank_[a-z_]+$/.test(name) && type === 'GAUGE' && help !== ''),
  );
  const series = families.flatMap(({ name, metrics }) => metrics.map(({ labels }) => name + JSON.stringify(labels)));
  assert.equal(new Set(series).size, series.length);
  assert.ok(series.length < 400);
  const value = (name: string, label?: string) =>
    families
      .find((f) => f.name === `leakrank_${name}`)
      ?.metrics.find(({ labels }) => label === undefined || Object.values(labels ?? {}).includes(label))?.value;
  assert.equal(Number(value('requests')), 20_000);
  assert.equal(Number(value('route_leaked_bytes_per_call', '/leak/rare')), REPORT.routes[0]!.leakedBytesPerCall);
  assert.equal(value('route_leaked_bytes', '/r999'), undefined);
  assert.deepEqual(
    ['max-leaked', 'max-leak-per-call'].map((gate) => value('gate_passed', gate)),
    ['1', '0'],
  );
  const official = promtool(text);
  if (official) assert.deepEqual(official, { status: 0, output: '' });
  else t.diagnostic('promtool is not installed: only the library read it');
});

interface JUnit {
  counts: Record<string, string>;
  cases: { name: string; outcome: string; message: string }[];
}

function junit(text: string): JUnit {
  const found: JUnit = { counts: {}, cases: [] };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testsuite') found.counts = attributes;
    if (name === 'testcase') found.cases.push({ name: attributes.name!, outcome: 'passed', message: '' });
    const last = found.cases.at(-1);
    if (last && (name === 'failure' || name === 'skipped'))
      Object.assign(last, { outcome: name, message: attributes.message });
  });
  parser.write(text).close();
  return found;
}

test('junit: one case per gate', async () => {
  const { counts, cases } = junit(await print('junit', GATED));
  assert.deepEqual([counts.tests, counts.failures, counts.skipped], ['3', '1', '1']);
  assert.deepEqual(cases, [
    { name: 'max-leaked 50.0 MiB', outcome: 'passed', message: '' },
    { name: 'max-leaked of ^/x 1.00 KiB', outcome: 'skipped', message: 'inconclusive: too little was logged' },
    {
      name: 'max-leak-per-call 10.0 KiB',
      outcome: 'failure',
      message: 'failed: /leak/rare, /leak/big/{id} above it',
    },
  ]);
});

test('junit: without gates one case says so', async () => {
  const { counts, cases } = junit(await print('junit', REPORT));
  assert.deepEqual([counts.tests, counts.failures, counts.skipped], ['1', '0', '1']);
  assert.equal(cases.length, 1);
  assert.match(cases[0]!.message, /^No gate is set/);
});

test('github: failed gates are errors, leaks are warnings, ten at most', async () => {
  const text = await print('github', GATED);
  assert.deepEqual(
    text
      .trimEnd()
      .split('\n')
      .map((line) => /^::(\w+) /.exec(line)?.[1]),
    ['error', 'warning', 'notice', 'warning', 'warning'],
  );
  assert.ok(
    text.startsWith(
      '::error title=leakrank%3A max-leak-per-call 10.0 KiB::failed: /leak/rare, /leak/big/{id} above it\n',
    ),
  );
  const many = { ...GATED, routes: wide(30).routes.map((route) => ({ ...route, verdict: 'leak' as const })) };
  assert.equal((await print('github', many)).trimEnd().split('\n').length, 10);
});

test('no printer fails on a report of nothing', async () => {
  const empty = await analyze([[]]);
  for (const kind of ['table', 'json', 'ndjson', 'csv', 'tsv', 'markdown', 'prometheus', 'junit', 'github'] as const) {
    const text = await print(kind, empty);
    assert.ok(kind === 'ndjson' ? text === '' : text.endsWith('\n'), kind);
  }
});
