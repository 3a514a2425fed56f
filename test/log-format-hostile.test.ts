import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileLogFormat } from '../src/parse/log-format/compile.ts';
import { CountedText } from './support/counted-text.ts';
import { gunicornLine, uwsgiLine } from './support/log-format-line.ts';
import { readLines } from './support/read-lines.ts';

/** Formats whose numbers no field of a client's surrounds on both sides. */
const ANCHORED = [
  '%(pid) %(rss) %(uri)',
  '%(uri) %(pid) %(rss)',
  '%(pid) %(method) %(uri) %(status) rss=%(rss)',
  '[%(pid)] %(addr) - %(user) [%(ltime)] "%(method) %(uri) %(proto)" %(status) %(size) "%(referer)" "%(uagent)" %(rss)',
  '{"pid":%(pid),"uri":"%(uri)","ua":"%(uagent)","rss":%(rss)}',
  '{"uri":"%(uri)","host":"%(host)","referer":"%(referer)","pid":%(pid),"rss":%(rss)}',
];

/** Pieces that a URI can be made of to look like the rest of a line. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' ',
        '"',
        '","',
        '":',
        '"rss":1',
        ' 999 ',
        '" 200 12 "-" "-" 5',
        'rss=1',
        '{',
        '}',
        ']',
        '[',
        '%(rss)',
      ),
      fc.constantFrom(' HTTP/1.1" 200', '/', '?a=b', '\\', '\\"', '\t', '\r', '\u001b[31m', '\u0001', 'é', '1', '-'),
      fc.string({ maxLength: 8 }).map((text) => text.replace(/[\n\0]/g, '')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

for (const format of ANCHORED) {
  test(`no client changes worker and memory: ${format}`, async () => {
    const requests = fc.array(fc.tuple(hostile, hostile, hostile), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const lines = all.map(([path, uagent, referer], i) =>
          uwsgiLine(format, { uri: `/${path}`, uagent, referer, pid: '77', rss: String(4096 * (i + 1)) }),
        );
        const { readings, malformed } = await readLines(lines, { logFormat: [format] });
        assert.equal(malformed.length, 0);
        assert.deepEqual(
          readings.map(({ pid, rss }) => [pid, rss]),
          lines.map((_, i) => [77, 4096 * (i + 1)]),
        );
      }),
      { numRuns: 20 },
    );
  });
}

test('in every format a line is read rightly or counted as damaged, never lost, where the URI keeps to HTTP', async () => {
  const format = '%(addr) "%(method) %(uri) %(proto)" %(status) rss=%(rss) pid=%(pid) "%(uagent)"';
  const path = hostile.map((text) => text.replace(/[\s\p{Cc}"]/gu, ''));
  await fc.assert(
    fc.asyncProperty(path, hostile, async (uri, uagent) => {
      const line = uwsgiLine(format, { uri: `/${uri}`, uagent, pid: '77', rss: '123456' });
      const { readings, malformed, otherLines } = await readLines([line], { logFormat: [format] });
      assert.equal(readings.length + malformed.length, 1);
      assert.equal(otherLines, 0);
      for (const { pid, rss, uri: seen } of readings) assert.deepEqual([pid, rss, seen], [77, 123_456, `/${uri}`]);
    }),
    { numRuns: 150 },
  );
});

test('gunicorn: escaped quotes in request line and user agent', async () => {
  const format = '%(h)s %(t)s "%(r)s" %(s)s "%(a)s" %(p)s %({x-rss}o)s';
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (text, agent) => {
      const uri = `/${text.replace(/[\s\p{Cc}\\]/gu, '')}`;
      const line = gunicornLine(format, {
        r: `GET ${uri} HTTP/1.1`,
        a: agent.replaceAll('\\', ''),
        p: '<77>',
        '{x-rss}o': '123456',
      });
      const { readings } = await readLines([line], { logFormat: [format] });
      assert.deepEqual(
        readings.map(({ pid, rss, uri: seen, status }) => [pid, rss, seen, status]),
        [[77, 123_456, uri, 200]],
      );
    }),
    { numRuns: 150 },
  );
});

test('a URI that imitates the rest of the line forges nothing where it is ambiguous', async () => {
  const format = '%(uri) %(rss) %(pid) %(uagent)';
  const sure = uwsgiLine(format, { uri: '/a', rss: '8192', pid: '5', uagent: 'curl' });
  const forged = uwsgiLine(format, { uri: 'x 4096 6 curl', rss: '8192', pid: '5', uagent: 'a b' });
  const { readings } = await readLines([sure, forged], { logFormat: [format] });
  assert.deepEqual(
    readings.map(({ pid, rss }) => [pid, rss]),
    [
      [5, 8192],
      [5, 8192],
    ],
  );
  const alone = await readLines([forged], { logFormat: [format] });
  assert.deepEqual([alone.readings.length, alone.malformed.length], [0, 1]);
});

test('each character of a line is looked at a bounded number of times', () => {
  // Steps are counted, not time: how often the text is searched or compared.
  const format = '%(addr) "%(method) %(uri) %(proto)" %(status) "%(referer)" "%(uagent)" rss=%(rss) pid=%(pid) x';
  const { template } = compileLogFormat(format);
  const fragments = ['"', ' "', '" ', '" 200 "', 'rss=1 pid=1 x', ' HTTP/1.1" ', '1', ' ', '-'];
  for (const fragment of fragments) {
    const [short, long] = [1, 8].map((times) => {
      const uri = fragment.repeat(Math.ceil((2000 * times) / fragment.length));
      const text = new CountedText(uwsgiLine(format, { uri, uagent: uri }));
      template.read(text as unknown as string);
      return text.steps;
    });
    assert.ok(long! <= short! * 8 * 1.5 + 1000, `${JSON.stringify(fragment)}: ${short} steps became ${long}`);
  }
});
