/** A log is what strangers requested: in no kind of report may it be more than text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { marked } from 'marked';
import { SaxesParser } from 'saxes';
import { REPORT_KINDS } from '../src/report/printers.ts';
import { printable } from '../src/term/text.ts';
import { HOSTILE, hostileReport, RUNNER_COMMAND, UNSAFE } from './support/hostile.ts';
import { print } from './support/print.ts';
import { parsePrometheus, promtool } from './support/prometheus.ts';

const REPORT = await hostileReport();
const FORMULA = /^[\s"']*[=+\-@＝＋－＠]/u;

test('every name is a route of the report', () => {
  assert.equal(REPORT.routes.length, HOSTILE.length - 1, 'one of the two long names is cut to the other');
});

for (const kind of REPORT_KINDS) {
  test(`${kind}: nothing that acts on a terminal or on a CI runner`, async () => {
    const text = await print(kind, REPORT);
    assert.doesNotMatch(kind === 'tsv' ? text.replaceAll('\t', '') : text, UNSAFE);
    assert.doesNotMatch(
      kind === 'github' ? text.replaceAll(/^::(error|warning|notice) title=/gm, '') : text,
      RUNNER_COMMAND,
    );
    assert.doesNotMatch(text, /\p{Surrogate}/u);
  });
}

test('table: narrow, ASCII and coloured ones too', async () => {
  for (const style of [{ width: 60 }, { ascii: true }, { colour: true }]) {
    const text = (await print('table', REPORT, style)).replaceAll(/\x1b\[\d+m/g, '');
    assert.doesNotMatch(text, UNSAFE);
    assert.doesNotMatch(text, RUNNER_COMMAND);
  }
});

test('explanation: the name of the route is no command', async () => {
  for (const route of ['::error::forged', '##[error]forged']) {
    const explanation = { route, windows: 0, bins: [], workers: [], largestGrowths: [] };
    const text = await print('table', { ...REPORT, explanation });
    assert.ok(text.includes(printable(route)));
    assert.doesNotMatch(text, RUNNER_COMMAND);
  }
});

test('json and ndjson read back as what was requested', async () => {
  assert.deepEqual(JSON.parse(await print('json', REPORT)), REPORT);
  const lines = (await print('ndjson', REPORT)).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    REPORT.routes,
  );
});

test('csv and tsv: no cell is a formula, no row is forged, whatever separator and quotes a reader assumes', async () => {
  for (const [kind, delimiter, quote] of [
    ['csv', ',', '"'],
    ['tsv', '\t', '"'],
    ['tsv', '\t', null],
    ['csv', ';', null],
  ] as const) {
    const text = await print(kind, REPORT);
    const rows = parse(text, {
      delimiter,
      quote,
      relax_column_count: delimiter === ';',
      relax_quotes: true,
    }) as string[][];
    assert.equal(rows.length, REPORT.routes.length + 1);
    for (const cell of rows.flat())
      assert.ok(!FORMULA.test(cell) || cell.startsWith("'") || /^-?\d+$/.test(cell), cell);
  }
});

test('markdown: names are text of code spans in a table of 20 rows, and nothing else', async () => {
  const text = await print('markdown', REPORT);
  const html = await marked.parse(text);
  assert.deepEqual(
    new Set(html.match(/<\/?[a-z]\w*/g)?.map((tag) => tag.replace(/^<\/?/, ''))),
    new Set([
      'h3',
      'ul',
      'li',
      'strong',
      'code',
      'p',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'blockquote',
      'sub',
    ]),
  );
  assert.equal(html.match(/<tr>/g)?.length, 21);
  assert.equal(html.match(/<td/g)?.length, 20 * 7);
  assert.equal(html.match(/<table>/g)?.length, 1);
});

test('prometheus: each route keeps a label of its own', async (t) => {
  const text = await print('prometheus', REPORT);
  const calls = parsePrometheus(text).find(({ name }) => name === 'leakrank_route_calls')!;
  assert.equal(calls.metrics.length, REPORT.routes.length);
  const labels = calls.metrics.map(({ labels }) => labels!.route!);
  assert.equal(new Set(labels).size, labels.length);
  assert.ok(labels.every((label) => label.length < 220));
  assert.ok(labels.includes('/back\\slash'));
  assert.ok(labels.includes('/x"} 1\\'));
  const official = promtool(text);
  if (official) assert.deepEqual(official, { status: 0, output: '' });
  else t.diagnostic('promtool is not installed: only the library read it');
});

test('junit: well-formed XML with a case per gate', async () => {
  let cases = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'testcase') cases++;
    assert.match(name, /^(testsuites?|testcase|failure|system-out)$/);
  });
  parser.write(await print('junit', REPORT)).close();
  assert.equal(cases, REPORT.gates.length);
});

test('github: at most ten commands, each on a line of its own', async () => {
  const leaks = await print('github', { ...REPORT, gates: [] });
  for (const text of [await print('github', REPORT), leaks]) {
    const lines = text.trimEnd().split('\n');
    assert.equal(lines.length, 10);
    for (const line of lines) assert.match(line, /^::(error|warning|notice) title=[^:,]*::[^\r\n]*$/);
  }
});
