import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupPath, pathOf } from '../src/route/path.ts';
import { type PathNode, PathTree } from '../src/route/path-tree.ts';
import type { RouterOptions } from '../src/route/router.ts';
import { seededRandom } from './support/random.ts';
import { ROUTER_OPTIONS, UriRouter } from './support/uri-router.ts';

const OPTIONS: RouterOptions = ROUTER_OPTIONS;

const routed = (router: UriRouter, uri: string) => router.name(router.number(uri));

const ROUTES: [uri: string, route: string][] = [
  ['/', '/'],
  ['/users/12', '/users/{id}'],
  ['/users/12/', '/users/{id}'],
  ['/users/12//', '/users/{id}'],
  ['/users/12?page=3#x', '/users/{id}'],
  ['/users/12#x?y', '/users/{id}'],
  ['/api/v2/items/7/parts/9', '/api/v2/items/{id}/parts/{id}'],
  ['/12', '/{id}'],
  ['/12/34', '/{id}/{id}'],
  ['http://shop.example/x/5?y', '/x/{id}'],
  ['http://shop.example', '/'],
  ['https://shop.example:8443?q', '/'],
  ['*', '*'],
  ['', ''],
  ['?q=1', ''],
  ['example.com:443', 'example.com:443'],
  ['12', '12'],
  ['//double//slash', '/double/slash'],
  ['///', '/'],
  ['/a;b=1/2', '/a/{id}'],
  ['/a;jsessionid=1F/', '/a'],
  ['/caf%C3%A9/%7euser', '/café/~user'],
  ['/a%2fb/c%2Fd', '/a%2Fb/c%2Fd'],
  ['/a%20b%3b%3F', '/a%20b%3B%3F'],
  ['/%ff/%e9', '/%FF/%E9'],
  ['/100%', '/100%'],
  ['/%2531', '/%2531'],
  ['/Users/ABC', '/Users/ABC'],
  ['/%31%32', '/{id}'],
  ['/invoices/1042.pdf', '/invoices/{id}.pdf'],
  ['/files/d41d8cd98f00b204e9800998ecf8427e.png', '/files/{hash}.png'],
  ['/de-CH/start', '/{locale}/start'],
];

for (const [uri, route] of ROUTES) {
  test(`the route of "${uri}" is "${route}"`, () => {
    assert.equal(groupPath(pathOf(uri)), route);
    assert.equal(routed(new UriRouter(OPTIONS), uri), route);
  });
}

const segment = fc.oneof(
  fc.constantFrom('users', 'v2', '0', '00', '-1', '1.5', '١٢', 'ä', '', ' ', 'http:', '%20', '2026-11-23', '{id}'),
  fc.nat().map(String),
  fc.integer({ min: 38, max: 43 }).map((length) => '9'.repeat(length)),
  fc.constantFrom(...'09afx').map((digit) => digit.repeat(9)),
  fc.string({ maxLength: 12 }),
);
const uri = fc
  .tuple(
    fc.constantFrom('/', '', 'http://h/', 'http://7/', '//'),
    fc.array(segment, { maxLength: 5 }),
    fc.constantFrom('', '/', '?q=/1/2', '#7', '?'),
  )
  .map(([start, segments, end]) => start + segments.join('/') + end);

test('a router that has seen other URIs names a route as one that has not', () => {
  fc.assert(
    fc.property(fc.array(uri, { minLength: 1, maxLength: 30 }), (uris) => {
      const router = new UriRouter(OPTIONS);
      for (const one of [...uris, ...uris.toReversed()]) {
        assert.equal(routed(router, one), groupPath(pathOf(one)));
      }
    }),
    { numRuns: 1000 },
  );
});

test('without grouping, a router names a route by its path', () => {
  fc.assert(
    fc.property(fc.array(uri, { minLength: 1, maxLength: 30 }), (uris) => {
      const router = new UriRouter({ ...OPTIONS, group: false });
      for (const one of [...uris, ...uris]) assert.equal(routed(router, one), pathOf(one));
    }),
  );
});

test('more paths than the cache holds are still named right', () => {
  const router = new UriRouter({ ...OPTIONS, maxRoutes: 100_000 });
  const words = (i: number) => `/w${i % 200}x/w${Math.floor(i / 200) % 200}x`;
  for (let i = 0; i < 70_000; i++) assert.equal(routed(router, `${words(i)}/${i}`), `${words(i)}/{id}`);
});

test('where first segments are too many, further ones share a route, but for actions and what was seen', () => {
  const router = new UriRouter({ maxRoutes: 10_000 });
  for (let i = 0; i < 600; i++) assert.equal(routed(router, `/word${i}x`), `/word${i}x`);
  assert.equal(router.crowdedPaths, 0);
  for (let i = 600; i < 5000; i++) assert.equal(routed(router, `/word${i}x`), '/{name}');
  assert.equal(router.crowdedPaths, 4400);
  assert.equal(routed(router, '/login'), '/login');
  assert.equal(routed(router, '/word7x'), '/word7x');
  assert.equal(routed(router, '/77'), '/{id}');
});

test('however random paths are, routes stay far below their bound', () => {
  const random = seededRandom(7);
  const router = new UriRouter({ maxRoutes: 2000 });
  const word = () => `${'abcdefghij'[random.integer(10)]}${random.integer(2 ** 30).toString(36)}z`;
  for (let i = 0; i < 30_000; i++) router.number(`/${word()}/${word()}/${word()}`);
  assert.ok(router.count < 2000, `${router.count} routes`);
});

test('routes beyond the bound share a row, and known ones keep theirs', () => {
  const router = new UriRouter({ ...OPTIONS, maxRoutes: 2 });
  const names = ['/a', '/b', '/c', '/d', '/a', '/b', '/c'].map((one) => routed(router, one));
  assert.deepEqual(names, ['/a', '/b', '(other routes)', '(other routes)', '/a', '/b', '(other routes)']);
});

test('a route name and its examples are cut where they are endless', () => {
  const router = new UriRouter(OPTIONS);
  const long = `/${'ab/'.repeat(3000)}`;
  const route = router.number(long);
  assert.ok(router.name(route).length < 1100);
  assert.equal(router.examples(route).length, 1);
  assert.ok(router.examples(route)[0]!.length < 1100);
});

test('a path with too many segments is cut, and a segment too long for a name is a value', () => {
  const router = new UriRouter(OPTIONS);
  const deep = '/a'.repeat(64);
  assert.equal(routed(router, deep), deep);
  assert.equal(routed(router, `${deep}/b`), `${deep}/…`);
  assert.equal(routed(router, `${deep}/c/d`), `${deep}/…`);
  assert.equal(routed(router, `/x/${'w'.repeat(255)}`), `/x/${'w'.repeat(255)}`);
  assert.equal(routed(router, `/x/${'w'.repeat(256)}/y`), '/x/{name}/y');
});

test('the page of the root keeps its name however many first segments there are', () => {
  const router = new UriRouter();
  for (let i = 0; i < 700; i++) router.number(`/word${i}x`);
  assert.equal(routed(router, '/'), '/');
});

test('files whose names are values share a route once their endings are too many', () => {
  const router = new UriRouter();
  const ending = (i: number) => `${'abcdefghij'[Math.floor(i / 10) % 10]}${'abcdefghij'[i % 10]}x`;
  for (let i = 0; i < 30; i++) assert.equal(routed(router, `/x/${i}.${ending(i)}`), `/x/{id}.${ending(i)}`);
  for (let i = 30; i < 99; i++) assert.equal(routed(router, `/x/${i}.${ending(i)}`), '/x/{id}.{format}');
  assert.equal(routed(router, `/x/7.${ending(3)}`), `/x/{id}.${ending(3)}`);
  assert.equal(routed(router, '/x/deadbeef1.abc'), '/x/{hash}.{format}');
});

test('words in ever new sequences make no positions without end', () => {
  const random = seededRandom(7);
  const tree = new PathTree(1000);
  const word = () => `/w${'abcdefghijklmnopqrstuvwxyz'[random.integer(26)]}`;
  let placed: string | undefined = '';
  for (let i = 0; i < 20_000; i++) placed = tree.place(Array.from({ length: 8 }, word).join(''), true);
  assert.ok(tree.isFull);
  assert.equal(placed, undefined);
  const count = (node: PathNode): number => [...node.children.values()].reduce((sum, child) => sum + count(child), 1);
  assert.equal(count(tree.root), 8000);
});

test('the first two paths of a route are its examples, each once', () => {
  const router = new UriRouter(OPTIONS);
  const routes = ['/u/1', '/u/1', '/u/b2c3d4e5f6', '/u/1?x'].map((one) => router.number(one));
  assert.deepEqual(router.examples(routes[0]!), ['/u/1']);
  const hidden = router.hiddenTwin(routes[0]!);
  assert.ok(router.isHidden(hidden));
  assert.equal(router.name(hidden), '/u/{id}');
});

test('numbers in what is no path keep routes apart', () => {
  const router = new UriRouter(OPTIONS);
  assert.equal(routed(router, 'host:1/5'), 'host:1/5');
  assert.equal(routed(router, 'host:1/6'), 'host:1/6');
});
