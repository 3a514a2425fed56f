import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, countLines } from './support/collect.ts';
import { fixture, LABS, SAMPLES } from './support/fixtures.ts';
import { assertGolden } from './support/golden.ts';
import { referenceRequests } from './support/reference.ts';

/** Logs whose request lines are in another format, or begin inside another one. */
const OTHER_FORMAT = /logformat|log-format|log-encoder/;

test('every line of every sample ends in a known number of readings, damaged lines and other lines', async () => {
  const rows: string[] = [];
  for (const name of SAMPLES) {
    const seen = await collect(fixture(name));
    const counts = [seen.readings.length, seen.torn.length + seen.malformed.length, seen.otherLines];
    rows.push(`${name} readings=${counts[0]} malformed=${counts[1]} other=${counts[2]}\n`);
  }
  assertGolden('sample-counts.txt', rows.join(''));
});

for (const name of [...SAMPLES, ...LABS]) {
  test(`no line of ${name} is lost`, async () => {
    const log = fixture(name);
    const seen = await collect(log);
    const text = log.toString('latin1');
    const physical = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
    const glued = text.split('\0').length - 1;
    assert.equal(countLines(seen), physical + glued);
  });

  test(`the readings of ${name} are those that the reference expression finds`, async () => {
    const log = fixture(name);
    const expected = referenceRequests(log).map((groups) => ({
      pid: Number(groups.pid),
      rss: groups.rss === undefined ? -1 : Number(groups.rss),
      own: Number(groups.own),
      total: Number(groups.total),
      status: Number(groups.status),
      core: Number(groups.core),
    }));
    const seen = await collect(log);
    const actual = seen.readings.map(({ pid, rss, own, total, status, core }) => ({
      pid,
      rss,
      own,
      total,
      status,
      core,
    }));
    if (OTHER_FORMAT.test(name)) assert.ok(actual.length >= expected.length);
    else assert.deepEqual(actual, expected);
  });
}

test('the real logs of the lab hold as many requests as were sent', async () => {
  const counts = await Promise.all(LABS.map(async (name) => (await collect(fixture(name))).readings.length));
  assert.deepEqual(counts, [20_000, 20_000, 16_000, 20_000, 20_000]);
});

test('methods and URIs of ordinary real lines are those that the reference expression finds', async () => {
  const log = fixture('lab-a.log.gz');
  const seen = await collect(log);
  assert.deepEqual(
    seen.readings.map(({ method, uri }) => `${method} ${uri}`),
    referenceRequests(log).map(({ method, uri }) => `${method} ${uri}`),
  );
});
