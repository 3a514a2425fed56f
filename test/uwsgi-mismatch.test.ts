import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uwsgiMismatch } from '../src/parse/uwsgi/mismatch.ts';
import { collect } from './support/collect.ts';
import { fixture, SAMPLES } from './support/fixtures.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LINE = uwsgiLine({ uri: '/a?b=1' });

test('a line that is a request matches to its end', () => {
  for (const line of [
    LINE,
    `${LINE}\r`,
    `noise ${LINE}`,
    LINE + LINE,
    uwsgiLine({ memoryReport: 0 }),
    uwsgiLine({ memoryReport: 2 }),
    uwsgiLine({ app: '-', ownCount: '-', totalCount: '-' }),
    uwsgiLine({ via: 'sendfile', unit: 'micros' }),
    uwsgiLine({ uri: '', protocol: '' }),
    uwsgiLine({ user: 'bob (admin)', address: '2001:db8::1, 10.0.0.1' }),
  ])
    assert.equal(uwsgiMismatch(line), undefined, line);
});

test('a line cut anywhere stops at its end, or where the part begins that is missing', () => {
  for (let length = 0; length < LINE.length; length++) {
    const found = uwsgiMismatch(LINE.slice(0, length));
    assert.ok(found && found.column <= length, `at ${length}`);
  }
  assert.equal(uwsgiMismatch(LINE.slice(0, 60))?.column, 60);
});

/** What is changed, into what, and where the line stops then: so many characters behind the change's beginning. */
const CHANGES: [from: string, to: string, offset: number][] = [
  ['bytes/95MB', 'bytes/95GB', 8],
  ['{rss usage', '{RSS usage', 1],
  ['[pid: 4193', '[pid: x', 6],
  ['|app: 0', '|ap: 0', 3],
  ['[Mon Nov 23', '[Mon Nov xx', 9],
  ['vars in', 'vars  in', 5],
  ['(HTTP/1.1 200)', '(HTTP/1.1 OK)', 1],
  ['2 headers', 'two headers', 0],
  ['on core 0)', 'on core )', 8],
  ['(1 switches', '(1 changes', 3],
];

for (const [from, to, offset] of CHANGES) {
  test(`${from} as ${to} is where the line stops`, () => {
    assert.ok(LINE.includes(from));
    assert.equal(uwsgiMismatch(LINE.replace(from, to))?.column, LINE.indexOf(from) + offset);
  });
}

test('on real lines it says the same as the grammar', async () => {
  for (const name of SAMPLES.filter((sample) => !/logformat|log-format|encoder|NUL/.test(sample))) {
    for (const line of fixture(name).toString('utf8').split('\n')) {
      // Text of a client that looks like the response's part is for the grammar to judge.
      if (line.split('=> generated ').length > 2) continue;
      const { readings } = await collect(line);
      assert.equal(uwsgiMismatch(line) === undefined, readings.length > 0, line.slice(0, 300));
    }
  }
});
