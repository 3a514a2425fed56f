import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { UserError } from '../src/errors.ts';
import { compileLogFormat } from '../src/parse/log-format/compile.ts';
import { gunicornLine, uwsgiLine } from './support/log-format-line.ts';
import { readLines } from './support/read-lines.ts';

/** Strings of public configurations, one a line. */
const strings = (name: string) =>
  readFileSync(new URL(`../../fixtures/log-formats/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

const URIS = [
  '/orders/17?page=2',
  '/',
  '/a%20b',
  '/q"uo","rss":1,"te',
  '/br]ack{et}|5|6',
  '/é',
  '*',
  'http://a.example/x',
];

for (const format of strings('uwsgi.txt')) {
  test(`uWSGI's ${format.slice(0, 60)}`, async () => {
    const lines = URIS.map((uri) =>
      uwsgiLine(format, { uri, uagent: 'cu"rl 5 [x] {1} 7 999', referer: 'http://r/"x' }),
    );
    const seen = await readLines(lines, { logFormat: [format] });
    assert.deepEqual([seen.readings.length, seen.malformed.length, seen.otherLines], [URIS.length, 0, 0]);
    for (const [i, reading] of seen.readings.entries()) {
      const { pid, rss, uri, status } = reading;
      assert.equal(pid, 29_132);
      assert.equal(rss, format.includes('%(rss)') ? 34_848_768 : 33 * 2 ** 20);
      // The same mark inside the URI and behind it: only a space would tell.
      if (format.includes('%(uri)|') && uri!.includes('}')) continue;
      // A URI that is absolute behind "http://%(host)" is not to be told from a host.
      if (!format.includes('%(host)%(uri)') || URIS[i]!.startsWith('/')) assert.equal(uri, URIS[i]);
      if (format.includes('%(status)')) assert.equal(status, 200);
    }
  });
}

for (const format of strings('uwsgi-without-memory.txt')) {
  test(`uWSGI's ${format.slice(0, 60)} needs a memory figure, and is read with one`, async () => {
    assert.throws(() => compileLogFormat(format), /^UserError: --log-format holds no memory figure: add %\(rss\)/);
    const longer = `${format} %(rss)`;
    const lines = URIS.map((uri) => uwsgiLine(longer, { uri, json_uri: uri, uagent: 'curl/8 (x)' }));
    const { readings } = await readLines(lines, { logFormat: [longer] });
    assert.deepEqual(
      readings.map(({ uri, rss }) => [uri, rss]),
      URIS.map((uri) => [uri, 34_848_768]),
    );
  });
}

for (const format of strings('gunicorn-without-memory.txt')) {
  test(`gunicorn's ${format.slice(0, 60)} needs a memory figure, and is read with one`, async () => {
    assert.throws(
      () => compileLogFormat(format),
      /^UserError: --log-format holds no memory figure: let the application/,
    );
    const longer = `${format} %(p)s %({x-rss}o)s`;
    const uris = URIS.filter((uri) => uri !== '*');
    const lines = uris.map((uri) =>
      gunicornLine(longer, { r: `GET ${uri} HTTP/1.1`, U: uri, q: '', a: 'cu"rl [x]', '{x-rss}o': '34848768' }),
    );
    const { readings } = await readLines(lines, { logFormat: [longer] });
    assert.deepEqual(
      readings.map(({ uri, rss, pid }) => [uri, rss, pid]),
      uris.map((uri) => [uri, 34_848_768, 29_460]),
    );
  });
}

test('the two servers are told apart by what they write in parentheses', () => {
  const server = (format: string) => compileLogFormat(format).server;
  assert.equal(server('%(h)s "%(r)s" %({x-rss}o)s'), 'gunicorn');
  assert.equal(server('%(m)s %(U)s %({my.rss}e)s'), 'gunicorn');
  assert.equal(server('%(uri)s %(rss)s'), 'uwsgi');
  assert.equal(server('%(uri) %(rss)'), 'uwsgi');
  assert.equal(server('%(r) %(uri) %(rss)'), 'uwsgi');
});

const REFUSED: [format: string, message: RegExp][] = [
  ['', /holds no field/],
  ['no fields', /holds no field; give the server's own string/],
  ['%(uri) %(pid)', /holds no memory figure: add %\(rss\)/],
  ['%(uri) %(rssm)', /%\(rssm\), which is none of uWSGI's variables; was %\(rssM\) meant\?/],
  ['%(uri) %(Rss)', /was %\(rss\) meant/],
  ['%(urii) %(rss)', /says nothing of which route.*%\(urii\) is none of uWSGI's variables; was %\(uri\) meant\?/],
  ['%(pid) %(rss)', /says nothing of which route a request was for: add %\(uri\)/],
  ['%(uri) %(rss', /"%\(rss" whose parenthesis is not closed/],
  ['%() %(uri) %(rss)', /parenthesis is not closed around a name/],
  ['%(uri)%(rss)', /%\(uri\) right before %\(rss\): nothing on a line tells where one ends/],
  ['%(pid)%(rss) %(uri)', /%\(pid\) right before %\(rss\)/],
  ['%(rss)00 %(uri)', /%\(rss\) right before 00/],
  ['%(h)s %(r)s', /let the application set a response header/],
  ['%({x-rss}o)s %(p)s', /says nothing of which route a request was for: add %\(r\)s/],
  ['%(U)s%(q)s %({x-rss}o)s', /%\(U\)s right before %\(q\)s/],
];

for (const [format, message] of REFUSED) {
  test(`${JSON.stringify(format)} is refused with a sentence`, () => {
    assert.throws(
      () => compileLogFormat(format),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}

test('percent signs that begin no variable are text, as the server has it', async () => {
  const format = '100% (a) %x%%(uri) %% %(rss)%';
  const line = '100% (a) %x%/a %% 4096%';
  const { readings } = await readLines([line], { logFormat: [format] });
  assert.deepEqual(
    readings.map(({ uri, rss }) => [uri, rss]),
    [['/a', 4096]],
  );
  const plain = await readLines(['100% (a) 5 /a %% 4096%'], { logFormat: ['100% (a) 5 %(uri) %% %(rss)%'] });
  assert.deepEqual(
    plain.readings.map(({ uri, rss }) => [uri, rss]),
    [['/a', 4096]],
  );
});
