import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type AnalyzeOptions, analyze, type Report, UserError } from '../src/index.ts';
import { fixture, fixturePath } from './support/fixtures.ts';
import { reportOf, routeOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const SAMPLE = fixturePath('options/memory-report.log');

/** The report without the name of its input. */
function nameless(report: Report): Report {
  const text = JSON.stringify(report, (key, value: unknown) => (key === 'name' || key === 'file' ? '' : value));
  return JSON.parse(text) as Report;
}

test('a path, a URL, streams and lines of one log give one report', async () => {
  const bytes = fixture('options/memory-report.log');
  const lines = bytes.toString().split('\n').slice(0, -1);
  async function* later<T>(values: readonly T[]) {
    for (const value of values) yield value;
  }
  const expected = nameless(await analyze(SAMPLE));
  assert.equal(expected.totals.requests, 14);
  const inputs = {
    URL: pathToFileURL(SAMPLE),
    'file stream': createReadStream(SAMPLE),
    'stream of buffers': Readable.from([bytes]),
    'stream of text': Readable.from([bytes.toString()]),
    'web stream': new Blob([bytes]).stream(),
    'async iterable of lines': later(lines),
    'async iterable of lines with newlines': later(lines.map((line) => `${line}\n`)),
    'async iterable of bytes': later([new Uint8Array(bytes.subarray(0, 999)), new Uint8Array(bytes.subarray(999))]),
    'iterable of lines': new Set([bytes.toString()]),
  };
  for (const [name, input] of Object.entries(inputs)) {
    assert.deepEqual(nameless(await analyze(input)), expected, name);
  }
});

test('an array holds the files of one log', async () => {
  const report = await analyze([SAMPLE, pathToFileURL(fixturePath('lab-i.log.gz'))]);
  assert.deepEqual(
    report.inputs.map(({ name, readings }) => [name, readings]),
    [
      [fixturePath('lab-i.log.gz'), 20_000],
      [SAMPLE, 14],
    ],
  );
});

test('a worker may live on from one file to the next', async () => {
  const line = (ownCount: number, rssBytes: number) => uwsgiLine({ ownCount, rssBytes, uri: '/a' });
  const files = [[line(1, 100)], [line(2, 300)]].map((lines) => Readable.from([Buffer.from(textOf(lines))]));
  const report = await analyze(files);
  assert.equal(routeOf(report, '/a').netGrowthBytes, 200);
  assert.deepEqual(routeOf(report, '/a').largestGrowth?.file, 'input 2');
  assert.deepEqual(routeOf(report, '/a').largestGrowth?.line, 1);
});

test('a function of the caller names routes by the URI with its query, or leaves it to the grouping', async () => {
  const log = textOf(
    ['/index.php?page=shop&id=1', '/index.php?page=shop&id=2', '/users/5'].map((uri, i) =>
      uwsgiLine({ uri, ownCount: i + 1 }),
    ),
  );
  const route = (uri: string) => /[?&]page=(\w+)/.exec(uri)?.[1];
  const report = await reportOf(log, { route });
  assert.deepEqual(report.routes.map((r) => [r.route, r.calls]).sort(), [
    ['/users/{id}', 1],
    ['shop', 2],
  ]);
});

test('what the function of the caller throws is passed on', async () => {
  const route = () => {
    throw new RangeError('mine');
  };
  for (const pieces of [[`${uwsgiLine()}\n`], [uwsgiLine(), '\n']]) {
    await assert.rejects(reportOf(pieces, { route }), RangeError);
  }
});

test('an input that cannot be read is a UserError', async () => {
  for (const input of ['no/such/file.log', fixturePath('samples'), [SAMPLE, 'no/such/file.log']]) {
    await assert.rejects(analyze(input), UserError);
  }
});

test("an error of a stream that is not the user's is passed on as it is", async () => {
  const failing = new Readable({
    read() {
      this.destroy(new RangeError('from below'));
    },
  });
  await assert.rejects(analyze(failing), RangeError);
});

const WRONG: [AnalyzeOptions, RegExp][] = [
  [{ since: 'yesterday' }, /^--since yesterday is no time; write /],
  [{ until: '2026-02-30' }, /^--until 2026-02-30 is no time/],
  [{ since: '2026-13-01' }, /is no time/],
  [{ since: '2026-11-24', until: '2026-11-23' }, /is later than/],
  [{ status: ['abc'] }, /^--status abc is no HTTP status/],
  [{ status: ['500-400'] }, /is no HTTP status/],
  [{ match: ['('] }, /^--match \( is no regular expression: /],
  [{ exclude: ['['] }, /^--exclude \[ is no regular expression/],
  [{ maxRoutes: 0 }, /^--max-routes takes a whole number from 1 on, not 0/],
  [{ maxRoutes: 1.5 }, /not 1\.5/],
  [{ maxLineLength: Number.NaN }, /not NaN/],
];

for (const [options, message] of WRONG) {
  test(`the options ${JSON.stringify(options)} are refused`, async () => {
    await assert.rejects(analyze(SAMPLE, options), { name: 'UserError', message });
  });
}

test('an aborted signal ends the reading, and the report says so', async () => {
  const stop = new AbortController();
  async function* lines() {
    for (let i = 1; ; i++) {
      if (i === 10) stop.abort();
      yield uwsgiLine({ ownCount: i });
    }
  }
  const report = await analyze(lines(), { signal: stop.signal });
  assert.ok(report.totals.requests >= 9 && report.totals.requests <= 10);
  assert.deepEqual(
    report.warnings.map(({ code }) => code),
    ['incomplete-input'],
  );
});

test('the package can be imported by its name, with its schema and manifest', async () => {
  const name = 'leakrank';
  const itself = (await import(name)) as { analyze: unknown; UserError: unknown };
  assert.equal(itself.analyze, analyze);
  assert.equal(itself.UserError, UserError);
  assert.match(import.meta.resolve('leakrank/package.json'), /package\.json$/);
  assert.match(import.meta.resolve('leakrank/report.schema.json'), /src\/report\/report\.schema\.json$/);
});
