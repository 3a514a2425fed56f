import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, countLines } from './support/collect.ts';
import { fixture } from './support/fixtures.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const first = uwsgiLine({ uri: '/first', rssBytes: 1000, pid: 1 });
const second = uwsgiLine({ uri: '/second', rssBytes: 2000, pid: 2, memoryReport: 2 });
const short =
  '{address space usage: 9 bytes/0MB} {rss usage: 8192 bytes/0MB} [pid: 15315|app: 0|req: 4/4] 0.0.0.0 () ' +
  '{16 vars in 7967 bytes} [Mon Nov 23 20:55:07 2026] - - => generated 3 bytes in 0 msecs (- 200) 1 headers in 45 bytes (1 switches on core 0)';

test('the short form of a line over 4096 bytes is a reading without a URI', async () => {
  const seen = await collect(`${short}\n`);
  assert.deepEqual(
    seen.readings.map(({ pid, rss, own, status, uri }) => ({ pid, rss, own, status, uri })),
    [{ pid: 15315, rss: 8192, own: 4, status: 200, uri: null }],
  );
});

test('two records that a NUL keeps apart on one line are two readings', async () => {
  const seen = await collect(`${first}\0${second}\n`);
  assert.deepEqual(
    seen.readings.map(({ uri, line }) => [uri, line]),
    [
      ['/first', 1],
      ['/second', 1],
    ],
  );
  assert.equal(countLines(seen), 2);
});

test('two records that nothing keeps apart on one line are two readings', async () => {
  const seen = await collect(`${first}${second}\n`);
  assert.deepEqual(
    seen.readings.map(({ uri, rss }) => [uri, rss]),
    [
      ['/first', 1000],
      ['/second', 2000],
    ],
  );
});

test('a record behind output without a newline is read', async () => {
  for (const before of ['half a line of the app', 'web-1  | ', '{"not": "memory"} ', '[pid: x] ']) {
    const seen = await collect(`${before}${first}\n`);
    assert.deepEqual(
      seen.readings.map(({ uri, rss, pid }) => [uri, rss, pid]),
      [['/first', 1000, 1]],
      before,
    );
    assert.equal(countLines(seen), 1);
  }
});

test('output behind a record does not hide it', async () => {
  const seen = await collect(`${first}Traceback (most recent call last):\n`);
  assert.deepEqual(
    seen.readings.map(({ uri, rss }) => [uri, rss]),
    [['/first', 1000]],
  );
});

test('a record whose end is lost is torn, and the next one on the line is whole', async () => {
  const seen = await collect(`${first.slice(0, -60)}${second}\n`);
  assert.deepEqual(seen.torn, [[1, 1, 1000]]);
  assert.deepEqual(
    seen.readings.map(({ uri }) => uri),
    ['/second'],
  );
});

test('a line cut anywhere behind its counters is torn, and before them another line', async () => {
  const counters = first.indexOf('] ') + 2;
  for (let length = 1; length < first.length; length++) {
    const seen = await collect(`${first.slice(0, length)}\n`);
    assert.equal(countLines(seen), 1);
    assert.equal(seen.readings.length, 0, `cut at ${length}`);
    if (length >= counters) assert.deepEqual(seen.torn, [[1, 1, 1000]], `cut at ${length}`);
  }
});

test('real lines around 4096 bytes are all read, with the one that lost its newline to a NUL', async () => {
  const seen = await collect(fixture('samples/line-length-4096-edge-NUL.log'));
  assert.deepEqual(
    seen.readings.map(({ own }) => own),
    Array.from({ length: 21 }, (_, i) => i + 1),
  );
  assert.equal(seen.readings.filter(({ uri }) => uri === null).length, 18);
});

test('a record that was torn within its address does not lend its worker to the next one on the line', async () => {
  const torn = first.slice(0, first.indexOf('] ') + 6);
  for (const pieces of [[`${torn}${second}\n`], [torn, `${second}\n`]]) {
    const seen = await collect(pieces);
    assert.deepEqual(seen.torn, [[1, 1, 1000]]);
    assert.deepEqual(
      seen.readings.map(({ pid, rss }) => [pid, rss]),
      [[2, 2000]],
    );
  }
});
