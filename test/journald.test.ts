import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { collect, countLines, type Seen } from './support/collect.ts';
import { ROOT } from './support/fixtures.ts';
import { reportOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** The same five messages in each: plain, with a TAB, with an escape sequence, not UTF-8, of 4.4 KB. */
const journal = (name: string): Promise<Seen> => collect(readFileSync(`${ROOT}fixtures/journald/${name}.txt`));
const summary = (seen: Seen) => ({
  uris: seen.readings.map(({ uri }) => uri?.slice(0, 16)),
  malformed: seen.malformed,
  lost: seen.events.filter(({ kind }) => kind === 'lost-line'),
  origins: [...new Set(seen.readings.map(({ origin }) => origin))],
});

for (const name of ['short', 'short-iso', 'short-unix']) {
  test(`journalctl -o ${name}: what it kept is read, what it did not keep is counted as damaged`, async () => {
    const seen = await journal(name);
    assert.deepEqual(summary(seen), {
      uris: ['/ok', '/tab        here', '/esc', '/zzzzzzzzzzzzzzz'],
      malformed: [4],
      lost: [{ kind: 'lost-line', pid: 4193 }],
      origins: ['web01'],
    });
    assert.equal(countLines(seen), 5);
  });
}

test('journalctl -o cat: everything is read', async () => {
  const seen = await journal('cat');
  assert.deepEqual(summary(seen), {
    uris: ['/ok', '/tab\there', '/esc\x1b[31m', '/\ufffd\ufffd', '/zzzzzzzzzzzzzzz'],
    malformed: [],
    lost: [],
    origins: [''],
  });
});

test('journalctl -o json: bytes are read, a message over 4096 bytes is lost', async () => {
  const seen = await journal('json');
  assert.deepEqual(summary(seen), {
    uris: ['/ok', '/tab\there', '/esc\x1b[31m', '/\ufffd\ufffd'],
    malformed: [5],
    lost: [{ kind: 'lost-line', pid: 4193 }],
    origins: ['web01'],
  });
  assert.equal(seen.readings[0]?.time, 1795467703565);
});

test('a MESSAGE of any other kind is a lost line, never an exception', async () => {
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  const messages = ['[[["x"]]]', '{}', '7', '[256]', '["a",null]', deep];
  const lines = messages.map((message) => `{"MESSAGE":${message},"__CURSOR":"s"}`);
  const seen = await collect(
    textOf([...lines, '{"MESSAGE":["a","b"],"__CURSOR":"s"}', '{"MESSAGE":[],"__CURSOR":"s"}']),
  );
  assert.deepEqual(seen.malformed, [1, 2, 3, 4, 5, 6]);
  assert.equal(countLines(seen), 8);
});

const line = (pid: number, rss: number, own: number | '-', uri = '/a') =>
  `Nov 23 21:01:43 web01 uwsgi[${pid}]: ${uwsgiLine({ pid, rssBytes: rss, ownCount: own, totalCount: '-', uri })}`;

test('growth across a lost line of a worker that is known by its pid belongs to no route', async () => {
  const blob = 'Nov 23 21:01:43 web01 uwsgi[7]: [266B blob data]';
  const log = [line(7, 50_000_000, 1), line(8, 50_000_000, 1), blob, line(7, 51_000_000, 3), line(8, 52_000_000, 2)];
  const report = await reportOf(textOf(log));
  assert.equal(report.totals.unattributedBytes, 1_000_000);
  assert.equal(report.routes[0]?.netGrowthBytes, 2_000_000);
  assert.equal(report.inputs[0]?.malformedLines, 1);
});

test('a lost line of an unknown process touches workers that do not count their requests, and no other', async () => {
  const blob = 'Nov 23 21:01:43 web01 uwsgi[1]: [266B blob data]';
  const log = [
    line(7, 50_000_000, '-'),
    line(8, 50_000_000, 1),
    blob,
    line(7, 51_000_000, '-'),
    line(8, 52_000_000, 2),
  ];
  const report = await reportOf(textOf(log));
  assert.equal(report.totals.unattributedBytes, 1_000_000);
  assert.equal(report.routes[0]?.netGrowthBytes, 2_000_000);
});

test('a lost line of another host touches nobody', async () => {
  const blob = 'Nov 23 21:01:43 web02 uwsgi[7]: [1.2K blob data]';
  const report = await reportOf(textOf([line(7, 50_000_000, 1), blob, line(7, 51_000_000, 2)]));
  assert.equal(report.totals.unattributedBytes, 0);
});
