/** JSON, logfmt and LTSV of an attacker: nothing crashes, hangs or is lost, and each line is exactly one thing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lenientMembers } from '../src/parse/json/lenient.ts';
import { forEachPair } from '../src/parse/logfmt/pairs.ts';
import { collectingSink, countLines, recognizer } from './support/collect.ts';

const LINES = [
  '{"time":1795467505.573,"pid":18807,"method":"GET","path":"/a/1","status":200,"rss_bytes":44417024}',
  '{"level":30,"pid":1,"hostname":"h","req":{"method":"GET","url":"/x"},"mem":{"rss":44417024},"msg":"done"}',
  'level=info method=GET path="/a b" status=200 pid=7 rss_mb=12.5',
  'time:2026-11-23T20:50:35Z\tpid:5\treq:GET /a HTTP/1.1\trss_kb:43376',
  '[2026-11-23 20:57:18,082: INFO/ForkPoolWorker-1] a.b[9]: gmem pid=5 rss=43778048 state=SUCCESS',
  '127.0.0.1 -  23/Nov/2026:21:04:09 +0000 "GET /a.php" 200 /srv/a.php pid=28690 0.795 ms M=2097152',
  'Feb 01 01:58:29 h rails[4413]: Memory usage: 316516 | PID: 4413',
  'REPORT RequestId: 36-x\tDuration: 12.34 ms\tBilled Duration: 100 ms \tMemory Size: 128 MB\tMax Memory Used: 46 MB\t',
  'source=web.1 dyno=h.1 sample#memory_total=88.32MB sample#memory_rss=87.66MB',
];

function outcomes(lines: readonly string[]): number {
  const { sink, seen } = collectingSink();
  const formats = recognizer(sink);
  for (const [i, line] of lines.entries()) formats.textLine(line, i + 1);
  return countLines(seen);
}

const PIECES = [
  '"',
  '\\',
  '{',
  '}',
  '":',
  ',"',
  '=',
  '\t',
  ' ',
  '\u0000',
  '1e999',
  '-',
  '[',
  ']',
  'rss',
  '"rss":',
  'pid=',
  '\u001b[31m',
  '\ud800',
  '__proto__',
  '}{"',
];

test('mutated lines: each is exactly one thing', () => {
  const mutated = fc
    .tuple(
      fc.constantFrom(...LINES),
      fc.array(fc.tuple(fc.nat(200), fc.nat(8), fc.constantFrom(...PIECES)), { maxLength: 6 }),
    )
    .map(([line, edits]) =>
      edits.reduce((text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length), line),
    )
    // A NUL ends a record of uWSGI's, wherever it is.
    .map((line) => line.replaceAll('\u0000', '\u0001').replaceAll('}{"', '} {"'));
  fc.assert(
    fc.property(fc.array(mutated, { minLength: 1, maxLength: 8 }), (lines) =>
      assert.equal(outcomes(lines), lines.length),
    ),
    { numRuns: 1500 },
  );
});

test('names of JavaScript are names like any other', () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    const { sink, seen } = collectingSink();
    const formats = recognizer(sink);
    formats.textLine(`{"${key}":{"rss":1,"pid":9},"pid":1,"url":"/${key}","rss":44417024,"${key}":5}`, 1);
    formats.textLine(`${key}=5 pid=1 url=/${key} rss=44417024`, 2);
    assert.deepEqual(
      seen.readings.map(({ pid, rss, uri }) => [pid, rss, uri]),
      [
        [1, 44417024, `/${key}`],
        [1, 44417024, `/${key}`],
      ],
    );
    assert.equal(({} as Record<string, unknown>).rss, undefined);
  }
});

test('numbers beyond all sizes are no memory, and no pid', () => {
  for (const number of ['1e999', '-1e999', '9'.repeat(400), '1e308', '-5', '"NaN"', '"1e3"', 'null', 'true', '[]']) {
    const { sink, seen } = collectingSink();
    recognizer(sink).textLine(`{"pid":1,"url":"/a","rss":${number},"status":${number},"time":${number}}`, 1);
    for (const { rss, status, time } of seen.readings) assert.deepEqual([rss, status, time], [-1, -1, -1], number);
    assert.equal(countLines(seen), 1);
  }
});

const LONG = 2 ** 20;

test('long and deep lines', () => {
  const lines = [
    '{"a":'.repeat(LONG / 5),
    `${'{"a":'.repeat(LONG / 6)}1${'}'.repeat(LONG / 6)}`,
    `{"pid":1,"rss":44417024,"url":${'['.repeat(LONG / 2)}${']'.repeat(LONG / 2)}}`,
    `{"pid":1,"rss":44417024,"url":"/${'a'.repeat(LONG)}"}`,
    `{"pid":1,"rss":44417024,"url":"/${'",",'.repeat(LONG / 4)}"}`,
    `{"pid":1,"url":"/${'","a":"'.repeat(LONG / 7)}","rss":44417024}`,
    `{"pid":1,"url":"/a"b${',"a":"'.repeat(LONG / 6)}","rss":44417024}`,
    `{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":{"rss":1}`).join()}}`,
    `{"pid":1${'}{"pid":1'.repeat(LONG / 9)}}`,
    'a='.repeat(LONG / 2),
    'rss='.repeat(LONG / 4),
    `rss=1 ${'"'.repeat(LONG)}`,
    `rss=1 ${'url="'.repeat(LONG / 5)}`,
    `a:b${'\trss:1'.repeat(LONG / 6)}`,
    `127.0.0.1 - - 23/Nov/2026:21:04:09 +0000 "GET ${'" 200 '.repeat(LONG / 6)}`,
    `REPORT RequestId: ${'REPORT RequestId: a\tDuration: 1 ms\t'.repeat(LONG / 36)}`,
    `${'Oink '.repeat(LONG / 5)}Oink Log Entry Complete`,
    `source=${'sample#memory_ source='.repeat(LONG / 22)}`,
    `[2026-11-23 20:57:18,082: INFO/${'a'.repeat(LONG)}`,
  ];
  for (const line of lines) {
    const { sink, seen } = collectingSink();
    recognizer(sink, { maxLineLength: 2 * LONG }).textLine(line, 1);
    assert.ok(countLines(seen) >= 1, line.slice(0, 60));
    for (const { routeName, workerName, origin } of seen.readings)
      assert.ok(routeName.length + workerName.length + origin.length < 5000);
  }
});

test('names without end take bounded memory', () => {
  const { sink, seen } = collectingSink();
  const formats = recognizer(sink);
  for (let i = 0; i < 20_000; i++) formats.textLine(`{"pid":1,"url":"/a","rss":44417024,"x${i}":{"y${i}":1}}`, i);
  assert.equal(seen.readings.length, 20_000);
});

test('pairs: as a naive reader finds them', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const value = fc.oneof(fc.stringMatching(/^[a-z0-9/?.]{0,8}$/), fc.string({ maxLength: 12 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, value), { maxLength: 8 }), (pairs) => {
      const text = pairs
        .map(([key, raw]) => `${key}=${/^[a-z0-9/?.]*$/.test(raw) ? raw : `"${raw.replace(/["\\]/g, '\\$&')}"`}`)
        .join(' ');
      const found: [string, string][] = [];
      forEachPair(text, 0, (key, raw) => found.push([key, raw]));
      assert.deepEqual(found, pairs);
    }),
  );
});

test('lenient JSON: what JSON.parse reads is read the same', () => {
  const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string({ maxLength: 10 }));
  const key = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(fc.dictionary(key, scalar, { maxKeys: 8, noNullPrototype: true }), (object) => {
      const members = lenientMembers(JSON.stringify(object), () => false);
      assert.deepEqual(Object.fromEntries(members.map(([name, value]) => [name, value])), { ...object });
    }),
  );
});
