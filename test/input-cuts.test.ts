import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { collect } from './support/collect.ts';
import { fixture } from './support/fixtures.ts';
import { logs } from './support/generated-log.ts';
import { reportOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** The bytes in pieces that end at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

test('a small log gives the same readings wherever it is cut in two', async () => {
  const log = Buffer.from(
    [
      'spawned uWSGI worker 1 (pid: 5, cores: 1)',
      uwsgiLine({ uri: '/søk', memoryReport: 2 }),
      `noise ${uwsgiLine({ uri: '/b' })}\0${uwsgiLine({ uri: '/c' })}\r`,
      uwsgiLine({ uri: '/d\nfoo' }),
      '',
      '...The work of process 5 is done. Seeya!\r',
      uwsgiLine({ uri: '/last' }),
    ].join('\n'),
  );
  const whole = await collect(log);
  assert.equal(whole.readings.length, 4);
  for (let place = 0; place <= log.length; place++) {
    assert.deepEqual(await collect([log.subarray(0, place), log.subarray(place)]), whole, `cut at ${place}`);
  }
});

for (const size of [1, 2, 3, 7, 64, 4096, 65_536]) {
  test(`a real log gives the same readings in pieces of ${size}`, async () => {
    const log = fixture('samples/http-socket-odd-uris.log');
    const pieces = Array.from({ length: Math.ceil(log.length / size) }, (_, i) =>
      log.subarray(i * size, (i + 1) * size),
    );
    assert.deepEqual(await collect(pieces), await collect(log));
  });
}

test('the report does not depend on where the input is cut', async () => {
  await fc.assert(
    fc.asyncProperty(logs({ gaps: true }), fc.array(fc.nat(), { maxLength: 30 }), async (text, places) => {
      const log = Buffer.from(text);
      assert.deepEqual(await reportOf(cut(log, places)), await reportOf(log));
    }),
  );
});

test('a log gives the same report plain, as gzip, and as several gzip members', async () => {
  await fc.assert(
    fc.asyncProperty(logs(), fc.nat(), async (text, place) => {
      const log = Buffer.from(text);
      const plain = await reportOf(log);
      const [first, second] = cut(log, [place]);
      assert.deepEqual(await reportOf(gzipSync(log)), plain);
      assert.deepEqual(await reportOf(Buffer.concat([gzipSync(first!), gzipSync(second!)])), plain);
      assert.deepEqual(await reportOf(cut(gzipSync(log), [1, 2, 3])), plain);
    }),
    { numRuns: 50 },
  );
});
