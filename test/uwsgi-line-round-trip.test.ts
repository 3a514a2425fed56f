import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collect } from './support/collect.ts';
import { type UwsgiRequest, uwsgiLine } from './support/uwsgi-line.ts';

/** What a client can put into a line without breaking it. */
const text = (forbidden: RegExp) =>
  fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(' ', '(', ')', '[', ']', '{', '}', '=', '>', '%', '\t', '\r', '/'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    })
    .filter((value) => !forbidden.test(value));

const bytes = fc.maxSafeNat().map((value) => value % 1e14);

const request: fc.Arbitrary<
  Required<Omit<UwsgiRequest, 'app' | 'ownCount' | 'totalCount'>> & {
    app: number;
    ownCount: number;
    totalCount: number;
  }
> = fc.record({
  rssBytes: bytes,
  vszBytes: bytes,
  ussBytes: bytes,
  pssBytes: bytes,
  memoryReport: fc.constantFrom(0, 1, 2),
  host: text(/[\s\0[{]/),
  pid: fc.integer({ min: 1, max: 4_194_304 }),
  app: fc.integer({ min: -1, max: 9 }),
  ownCount: fc.integer({ min: -1, max: 2 ** 31 }),
  totalCount: fc.integer({ min: 0, max: 2 ** 53 - 1 }).map((value) => value % 1e15),
  address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('', 'unix:', '2001:db8::1, 10.0.0.1')),
  user: text(/[\n\0[{]/),
  time: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
  method: fc.constantFrom('GET', 'POST', 'PROPFIND', 'X-ODD', '', 'get'),
  uri: text(/[\n\0]|\[pid: /),
  generatedBytes: fc.nat(),
  duration: fc.nat(),
  unit: fc.constantFrom('msecs', 'micros'),
  via: fc.constantFrom('', 'sendfile', 'route', 'offload'),
  protocol: fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/3', '', 'SPDY/3.1'),
  status: fc.integer({ min: 100, max: 999 }),
  core: fc.nat(4095),
});

test('what uWSGI writes is read back', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (r) => {
      const seen = await collect(`${uwsgiLine(r)}\n`);
      const memory = r.memoryReport > 0;
      const own = r.memoryReport === 2;
      assert.deepEqual(seen.readings, [
        {
          line: 1,
          pid: r.pid,
          vsz: memory ? r.vszBytes : -1,
          rss: memory ? r.rssBytes : -1,
          uss: own ? r.ussBytes : -1,
          pss: own ? r.pssBytes : -1,
          heap: -1,
          delta: Number.NaN,
          kind: 'level',
          app: r.app,
          own: r.ownCount,
          total: r.totalCount,
          core: r.core,
          status: r.status,
          time: r.time,
          origin: '',
          workerName: '',
          routeName: '',
          method: r.method,
          uri: r.uri,
        },
      ]);
    }),
    { numRuns: 1000 },
  );
});
