import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, countLines } from './support/collect.ts';
import { innermost, unwrapper } from './support/peeled.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const TIME = '2026-11-23T20:50:35.1Z';
const docker = (log: string, stream = 'stderr') => JSON.stringify({ log, stream, time: TIME });
const cri = (tag: string, text: string, stream = 'stderr') => `${TIME} ${stream} ${tag} ${text}`;
const texts = (lines: string[], longest?: number) => innermost(lines, longest).map(({ text }) => text);

test('pieces of CRI are joined within their stream', () => {
  assert.deepEqual(
    texts([cri('P', 'a'), cri('P', 'x', 'stdout'), cri('P', 'b'), cri('F', 'c'), cri('F', 'y', 'stdout')]),
    ['abc', 'xy'],
  );
});

test('pieces of several containers are joined apart', () => {
  const lines = ['web-1', 'web-2'].map((name) => `${name}  | ${cri('P', name)}`);
  assert.deepEqual(texts([...lines, `web-1  | ${cri('F', '!')}`, `web-2  | ${cri('F', '?')}`]), ['web-1!', 'web-2?']);
});

test("docker's pieces are joined until one ends in a newline", () => {
  const long = 'x'.repeat(16_384);
  assert.deepEqual(texts([docker(long), docker('out\n', 'stdout'), docker(long), docker('y\n')]), [
    'out',
    `${long}${long}y`,
  ]);
  assert.deepEqual(texts([docker('a\n'), docker('b'), docker('c\n')]), ['a', 'bc']);
});

test("docker's JSON from which something has taken the newlines is not joined", () => {
  assert.deepEqual(texts([docker('a'), docker('b'), docker('c')]), ['a', 'b', 'c']);
});

test('a line of uWSGI cut anywhere by CRI is one request', async () => {
  const line = uwsgiLine({ uri: '/x' });
  for (let at = 0; at <= line.length; at += 7) {
    const seen = await collect(`${cri('P', line.slice(0, at))}\n${cri('F', line.slice(at))}\n`);
    assert.equal(seen.readings.length, 1);
    assert.equal(countLines(seen), 2);
  }
});

test('a line of over 10 000 bytes goes on in the next line of its dyno', () => {
  const line = 'x'.repeat(25_000);
  const pieces = [line.slice(0, 10_000), line.slice(10_000, 20_000), line.slice(20_000)];
  const from = (dyno: string, text: string) => `2026-11-23T20:50:35.123000+00:00 app[${dyno}]: ${text}`;
  const [first, second, third] = pieces as [string, string, string];
  assert.deepEqual(texts([from('web.1', first), from('web.2', 'other'), from('web.1', second), from('web.1', third)]), [
    'other',
    line,
  ]);
});

test('a line that has begun when the input ends is read as it is, and every line is counted once', async () => {
  const seen = await collect(`${cri('F', 'x')}\n${cri('P', uwsgiLine({ uri: '/last' }))}\n`);
  assert.equal(seen.readings[0]?.uri, '/last');
  assert.equal(countLines(seen), 2);
  const torn = await collect(`${cri('P', 'a')}\n${cri('P', 'b')}\n${cri('P', 'c', 'stdout')}`);
  assert.equal(countLines(torn), 3);
});

test('lines that never end take a bounded number of characters, and are counted', async () => {
  const longest = 1000;
  const own = unwrapper(longest);
  for (let i = 0; i < 5000; i++) own.peel(cri('P', 'x'.repeat(100), i % 2 ? 'stdout' : 'stderr'));
  for (let i = 0; i < 1000; i++) own.peel(`host-${i}  | ${cri('P', 'x'.repeat(90))}`);
  assert.ok(own.unfinished <= 256);
  const left = own.finish().map((peeled) => (peeled.kind === 'layers' ? peeled.layers[0]!.text.length : 0));
  assert.ok(left.every((length) => length <= longest + 1));
  assert.ok(left.reduce((sum, length) => sum + length, 0) <= 4 * (longest + 1));

  const lines = Array.from({ length: 1000 }, (_, i) => `host-${i}  | ${cri(i % 3 ? 'P' : 'F', 'x'.repeat(90))}\n`);
  assert.equal(countLines(await collect(lines.join(''), longest)), 1000);
});

test('a joined line that is too long is damaged', async () => {
  const seen = await collect(`${cri('P', 'x'.repeat(600))}\n${cri('P', 'x'.repeat(600))}\n${cri('F', 'x')}\n`, 1000);
  assert.deepEqual(seen.malformed, [3]);
  assert.equal(countLines(seen), 3);
});

test('several messages on one line, their bytes counted, are several lines', async () => {
  const message = (uri: string) => `<29>Nov 23 21:02:44 vm uwsgi: ${uwsgiLine({ uri })}`;
  const framed = ['/søk', '/b', '/c'].map((uri) => `${Buffer.byteLength(message(uri))} ${message(uri)}`).join('');
  const seen = await collect(`${framed}\n`);
  assert.deepEqual(
    seen.readings.map(({ uri, origin }) => `${origin} ${uri}`),
    ['vm /søk', 'vm /b', 'vm /c'],
  );
});

test('a wrong count leaves what is behind it with the message', () => {
  const message = '<29>Nov 23 21:02:44 vm uwsgi: abc and what the count has left out';
  assert.deepEqual(texts([`33 ${message}`]), ['abc and what the count has left out']);
});

test("CloudWatch's events are a line each, each with its stream and time", async () => {
  const event = (uri: string, stream: string) => ({
    timestamp: Date.UTC(2026, 10, 23),
    message: uwsgiLine({ uri }),
    logStreamName: stream,
  });
  const answer = { events: [event('/a', 's/1'), event('/b', 's/2')], searchedLogStreams: [] };
  const sent = { messageType: 'DATA_MESSAGE', logStream: 's/3', logEvents: [{ id: '1', timestamp: 1, message: 'x' }] };
  const seen = await collect(`${JSON.stringify(answer)}\n`);
  assert.deepEqual(
    seen.readings.map(({ uri, origin, time }) => [uri, origin, time]),
    [
      ['/a', 's/1', Date.UTC(2026, 10, 23)],
      ['/b', 's/2', Date.UTC(2026, 10, 23)],
    ],
  );
  const [line] = innermost([JSON.stringify(sent)]);
  assert.deepEqual([line?.text, line?.origin], ['x', 's/3']);
});
