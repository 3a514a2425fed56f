import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, UserError } from '../src/index.ts';
import { resolveOptions } from '../src/options.ts';
import { readLines } from './support/read-lines.ts';

test('named groups of every kind', async () => {
  const pattern =
    '^(?<time>\\S+) (?P<host>\\S+) worker (?<pid>\\d+) (?<method>\\S+) (?<uri>\\S+) (?<status>\\d+) mem=(?<rss_kb>\\d+)';
  const line = '2026-11-23T20:55:29.123+01:00 web-1 worker 7 GET /orders/17 200 mem=25360KB and more';
  const { readings } = await readLines([line, 'other'], { pattern: [pattern] });
  assert.deepEqual(
    readings.map(({ time, origin, pid, method, uri, status, rss }) => [time, origin, pid, method, uri, status, rss]),
    [[Date.UTC(2026, 10, 23, 19, 55, 29, 123), 'web-1', 7, 'GET', '/orders/17', 200, 25_968_640]],
  );
});

const UNITS: [group: string, text: string, bytes: number][] = [
  ['rss', '4096', 4096],
  ['rss_kb', '4', 4096],
  ['rssKiB', '4', 4096],
  ['rss_mb', '1.5', 1_572_864],
  ['memMiB', '2', 2_097_152],
  ['rss', '12.5 MB', 13_107_200],
  ['memory', '3GiB', 3_221_225_472],
];
for (const [group, text, bytes] of UNITS) {
  test(`(?<${group}>${text}) is ${bytes} bytes`, async () => {
    const { readings } = await readLines([`/a ${text}`], { pattern: [`^(?<uri>\\S+) (?<${group}>.+)$`] });
    assert.equal(readings[0]!.rss, bytes);
  });
}

test('worker and route by name, several patterns', async () => {
  const { readings } = await readLines(['job send-mail on w-3: 4096', 'GET /a 8192 w-3'], {
    pattern: [
      '^job (?<route>\\S+) on (?<worker>\\S+): (?<rss>\\d+)$',
      '^(?<method>[A-Z]+) (?<uri>\\S+) (?<rss>\\d+) (?<worker>\\S+)$',
    ],
  });
  assert.deepEqual(
    readings.map(({ routeName, uri, workerName, rss }) => [routeName, uri, workerName, rss]),
    [
      ['send-mail', null, 'w-3', 4096],
      ['', '/a', 'w-3', 8192],
    ],
  );
});

const REFUSED: [pattern: string, message: RegExp][] = [
  ['(?<uri>\\S+) (?<rss>\\d+) \\1', /refers back to a group/],
  ['(?<uri>\\S+) (?<rss>\\d+) \\k<uri>', /refers back to a group/],
  ['(?<uri>\\S+)(?= (?<rss>\\d+))', /looks ahead or behind/],
  ['(?<!x)(?<uri>\\S+) (?<rss>\\d+)', /looks ahead or behind/],
  ['(?<uri>\\S+ (?<rss>\\d+)', /is no regular expression \(RE2 syntax\): missing closing \)/],
  ['[', /is no regular expression/],
  ['x', /has no group for a memory figure/],
  ['(?<rss>\\d+)', /has no group for the route/],
  ['(?<uri>\\S+)', /has no group for a memory figure/],
  ['(?<urii>\\S+) (?<rss>\\d+)', /has the group urii, which says nothing here; known are rss/],
];
for (const [pattern, message] of REFUSED) {
  test(`${pattern} is refused with a sentence`, () => {
    assert.throws(
      () => resolveOptions({ pattern: [pattern] }),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}

test('a pattern that backtracks elsewhere ends on a hostile line', async () => {
  const hostile = `${'a'.repeat(60_000)}!`;
  const report = await analyze([[hostile, 'aaaa /x 4096']], { pattern: ['^(?:a+)+ (?<uri>\\S+) (?<rss>\\d+)$'] });
  assert.equal(report.inputs[0]!.readings, 1);
  assert.equal(report.inputs[0]!.otherLines, 1);
});
