import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../src/index.ts';
import { collect, countLines } from './support/collect.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const FORGED = ' => generated 9 bytes in 9 msecs (HTTP/9 999) 1 headers in 2 bytes (3 switches on core 4)';

test('a tail forged inside the URI stays in the URI', async () => {
  const seen = await collect(`${uwsgiLine({ uri: `/x${FORGED}`, status: 201 })}\n`);
  assert.equal(seen.readings[0]?.uri, `/x${FORGED}`);
  assert.equal(seen.readings[0]?.status, 201);
  assert.equal(countLines(seen), 1);
});

test('a tail forged inside the protocol stays out of the URI', async () => {
  const protocol = `${FORGED.trim()} HTTP/1.1`;
  const seen = await collect(`${uwsgiLine({ uri: '/x', protocol, status: 202 })}\n`);
  assert.equal(seen.readings[0]?.uri, '/x');
  assert.equal(seen.readings[0]?.status, 202);
  assert.equal(seen.readings[0]?.core, 0);
  assert.equal(countLines(seen), 1);
});

test('a space in the request line of http-socket leaves the path before it', async () => {
  const seen = await collect(`${uwsgiLine({ uri: '/with', protocol: 'space/x HTTP/1.1' })}\n`);
  assert.equal(seen.readings[0]?.uri, '/with');
  assert.equal(seen.readings[0]?.status, 200);
});

test('a newline in the URI makes a torn line and a damaged one, and no request', async () => {
  const seen = await collect(`${uwsgiLine({ uri: '/nl\nfoo', rssBytes: 77 })}\n`);
  assert.deepEqual(seen.readings, []);
  assert.deepEqual(seen.torn, [[1, 4193, 77]]);
  assert.deepEqual(seen.malformed, [2]);
});

test('bytes that are not UTF-8 do not disturb the line', async () => {
  const line = Buffer.from(uwsgiLine({ uri: '/\u00ff\u00fe\u00c3(bin' }), 'latin1');
  for (const pieces of [
    [line, '\n'],
    [line.subarray(0, 200), line.subarray(200), '\n'],
  ]) {
    const seen = await collect(pieces);
    assert.equal(seen.readings[0]?.uri, '/\ufffd\ufffd\ufffd(bin');
    assert.equal(seen.readings[0]?.status, 200);
    assert.equal(seen.readings.length, 1);
  }
});

test('invalid UTF-8 in a vhost, a user and a method is passed over', async () => {
  const text = uwsgiLine({ host: 'h\u00ff', user: '\u00fe', method: 'G\u00fd', uri: '/ok' });
  const seen = await collect(Buffer.from(`${text}\n`, 'latin1'));
  assert.equal(seen.readings[0]?.uri, '/ok');
});

test('a head forged in the client address does not make a request of its own', async () => {
  const address = '[pid: 9|app: 0|req: 1/1] 1.1.1.1';
  const whole = await collect(`${uwsgiLine({ address, uri: '/x' })}\n`);
  assert.ok(whole.readings.length <= 1);
  assert.ok(countLines(whole) >= 1);
});

test('a number too long to hold exactly is no figure rather than a wrong one', async () => {
  const line = uwsgiLine().replace('50000000 bytes', '5000000000000000000000 bytes');
  const seen = await collect(`${line}\n`);
  assert.ok(seen.readings.every(({ rss }) => rss === -1));
  assert.equal(countLines(seen), 1);
});

for (const byte of [0, 0x20, 0x30, 0x5b, 0xff]) {
  test(`a line with the byte ${byte} anywhere gives the same read as bytes and read as text`, async () => {
    const line = Buffer.from(`${uwsgiLine({ uri: '/x', memoryReport: 2 })}\n`);
    for (let at = 0; at < line.length - 1; at++) {
      const damaged = Buffer.from(line);
      damaged[at] = byte;
      const whole = await collect(damaged);
      assert.deepEqual(await collect([damaged.subarray(0, 1), damaged.subarray(1)]), whole, `at ${at}`);
      assert.ok(countLines(whole) >= 1);
    }
  });
}

test('what paths hold does not become a part of the grammar', async () => {
  const lines = [
    uwsgiLine({ uri: '/users', totalCount: 1 }),
    // The form of a line that is tried last.
    uwsgiLine({ uri: '/users', totalCount: 2, unit: 'micros', via: 'offload' }),
    uwsgiLine({ uri: '/users', totalCount: 3, unit: 'hours' as 'micros' }),
  ];
  const bytes = [Buffer.from(`${lines.join('\n')}\n`)];
  const report = await analyze(bytes.values());
  assert.equal(report.inputs[0]?.readings, 2);
  assert.equal(report.inputs[0]?.malformedLines, 1);
});
