import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, countLines, type SeenReading } from './support/collect.ts';
import { type UwsgiRequest, uwsgiLine } from './support/uwsgi-line.ts';

const START = Date.UTC(2026, 10, 23, 20, 50, 35);
/** What uwsgiLine() writes when nothing is asked for. */
const USUAL: SeenReading = {
  line: 1,
  pid: 4193,
  vsz: 100_000_000,
  rss: 50_000_000,
  uss: -1,
  pss: -1,
  heap: -1,
  delta: Number.NaN,
  kind: 'level',
  app: 0,
  own: 1,
  total: 1,
  core: 0,
  status: 200,
  time: START,
  origin: '',
  workerName: '',
  routeName: '',
  method: 'GET',
  uri: '/',
};

const VARIANTS: [name: string, request: UwsgiRequest, expected: Partial<SeenReading>][] = [
  ['the usual line', {}, {}],
  ['no memory report', { memoryReport: 0 }, { vsz: -1, rss: -1 }],
  ['memory-report 2', { memoryReport: 2, ussBytes: 7, pssBytes: 9 }, { uss: 7, pss: 9 }],
  ['memory-report 2 with a vhost', { memoryReport: 2, ussBytes: 7, pssBytes: 9, host: 'ex.org' }, { uss: 7, pss: 9 }],
  ['a vhost prefix', { host: 'shop.example:8080' }, {}],
  ['a vhost prefix without memory', { host: 'ex.org', memoryReport: 0 }, { vsz: -1, rss: -1 }],
  ['an IPv6 address', { address: '2001:db8::42' }, {}],
  ['an empty address', { address: '' }, {}],
  ['a unix socket address', { address: 'unix:' }, {}],
  ['X-Forwarded-For with hops', { address: '2001:db8::1, 10.0.0.1, 192.168.0.7' }, {}],
  ['X-Forwarded-For with parentheses', { address: '1.2.3.4 () {30 vars in 4 bytes} [x], 5.6.7.8' }, {}],
  ['a user', { user: 'bob' }, {}],
  ['a user with parentheses', { user: 'bob (admin) smith' }, {}],
  ['a user that ends in a parenthesis', { user: 'bob (admin)' }, {}],
  ['OPTIONS *', { method: 'OPTIONS', uri: '*' }, { method: 'OPTIONS', uri: '*' }],
  ['PROPFIND', { method: 'PROPFIND', uri: '/dav/' }, { method: 'PROPFIND', uri: '/dav/' }],
  ['a method in lower case', { method: 'get' }, { method: 'get' }],
  ['no method', { method: '' }, { method: '' }],
  ['micros', { unit: 'micros', duration: 466 }, {}],
  ['via sendfile()', { via: 'sendfile' }, {}],
  ['via route()', { via: 'route' }, {}],
  ['via offload()', { via: 'offload' }, {}],
  ['via offload() in micros', { via: 'offload', unit: 'micros' }, {}],
  ['HTTP/2.0', { protocol: 'HTTP/2.0' }, {}],
  ['HTTP/3', { protocol: 'HTTP/3' }, {}],
  ['an empty protocol', { protocol: '', status: 500 }, { status: 500 }],
  ['an empty URI', { uri: '' }, { uri: '' }],
  ['empty URI and protocol', { uri: '', protocol: '', status: 500 }, { uri: '', status: 500 }],
  ['app: -1 and req: -1', { app: -1, ownCount: -1, totalCount: 7 }, { app: -1, own: -1, total: 7 }],
  ['dashes of an imitation', { app: '-', ownCount: '-', totalCount: '-' }, { app: -1, own: -1, total: -1 }],
  ['a high core', { core: 29 }, { core: 29 }],
  ['a one-digit day', { time: Date.UTC(2026, 0, 5, 3, 4, 5) }, { time: Date.UTC(2026, 0, 5, 3, 4, 5) }],
  ['a leap day', { time: Date.UTC(2028, 1, 29, 23, 59, 59) }, { time: Date.UTC(2028, 1, 29, 23, 59, 59) }],
  ['3 TB of memory', { rssBytes: 3_298_534_883_328 }, { rss: 3_298_534_883_328, vsz: 3_298_584_883_328 }],
  ['a memory figure of 0', { rssBytes: 0, vszBytes: 0 }, { rss: 0, vsz: 0 }],
  ['a negative address space', { vszBytes: -1 }, { vsz: -1 }],
  ['a pid of 7 digits', { pid: 4_194_304 }, { pid: 4_194_304 }],
  ['a space in the URI', { uri: '/with space?q=a b' }, { uri: '/with space?q=a b' }],
  ['an absolute URI', { uri: 'http://abs.example/x?y' }, { uri: 'http://abs.example/x?y' }],
  ['tab, quotes and escape in the URI', { uri: '/a\tb"c\'d\x1b[31m' }, { uri: '/a\tb"c\'d\x1b[31m' }],
  ['a carriage return in the URI', { uri: '/cr\rfoo' }, { uri: '/cr\rfoo' }],
  ['UTF-8 in the URI', { uri: '/søk/日本' }, { uri: '/søk/日本' }],
  ['U+2028 in the URI', { uri: '/a\u2028b' }, { uri: '/a\u2028b' }],
];

for (const [name, request, expected] of VARIANTS) {
  test(`the request line with ${name} is read`, async () => {
    const seen = await collect(`${uwsgiLine(request)}\n`);
    assert.deepEqual(seen.readings, [{ ...USUAL, ...expected }]);
    assert.equal(countLines(seen), 1);
  });

  test(`the request line with ${name} is read the same behind CRLF, without newline and in two pieces`, async () => {
    const line = uwsgiLine(request);
    const half = Math.floor(line.length / 2);
    for (const pieces of [[`${line}\r\n`], [line], [line.slice(0, half), `${line.slice(half)}\n`]]) {
      const seen = await collect(pieces);
      assert.deepEqual(seen.readings, [{ ...USUAL, ...expected }]);
      assert.equal(countLines(seen), 1);
    }
  });
}

test("the cores of uWSGI before 0.9.7 are read: 'async switches on async core'", async () => {
  const line = uwsgiLine({ core: 3 }).replace('switches on core', 'async switches on async core');
  const { readings, malformed } = await collect(`${line}\napp says ${line}\n`);
  assert.deepEqual(
    readings.map(({ core }) => core),
    [3, 3],
  );
  assert.deepEqual(malformed, []);
});
