import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../src/errors.ts';
import { parseRule } from '../src/route/rules/rule.ts';
import { rulesFor } from '../src/route/rules/rule-text.ts';
import { NO_RULES, Rules } from '../src/route/rules/rules.ts';
import { UriRouter } from './support/uri-router.ts';

const rulesOf = (...texts: string[]) => new Rules(texts.map((text) => parseRule(text, '--route')));

const NAMES: [rule: string, path: string, route: string | undefined][] = [
  ['/users/:id', '/users/7', '/users/{id}'],
  ['/users/{id}', '/users/ada', '/users/{id}'],
  ['/users/<id>', '/users/ada', '/users/{id}'],
  ['/users/<int:id>', '/users/7', '/users/{id}'],
  ['/users/<int:id>', '/users/ada', undefined],
  ['/users/:id(\\d+)', '/users/ada', undefined],
  ['/users/:id(\\d+)', '/users/12', '/users/{id}'],
  ['/users/:id', '/users', undefined],
  ['/users/:id', '/users/7/edit', undefined],
  ['/users/:id/', '/users/7', '/users/{id}'],
  ['/users/:id?', '/users', '/users/{id}'],
  ['/users{/:id}', '/users/9', '/users/{id}'],
  ['/users/{id?}', '/users', '/users/{id}'],
  ['/posts/:id(.:format)', '/posts/7.json', '/posts/{id}'],
  ['/posts/:id(.:format)', '/posts/7', '/posts/{id}'],
  ['/files/*path', '/files/a/b/c', '/files/*'],
  ['/files/{path:path}', '/files/a/b/c', '/files/*'],
  ['/files/<path:name>', '/files/a', '/files/*'],
  ['/static/*', '/static', undefined],
  ['*', '/any/thing', '/*'],
  ['/v:major.:minor/x', '/v1.2/x', '/v{major}.{minor}/x'],
  ['/a/{b}.json', '/a/x.json', '/a/{b}.json'],
  ['/a/{b}.json', '/a/x.xml', undefined],
  ['/a/{b}{c}', '/a/xy', '/a/{b}{c}'],
  ['/x/<hash:key>', '/x/d41d8cd98f00b204', '/x/{key}'],
  ['/x/<hash:key>', '/x/12', undefined],
  ['/x\\:y/\\*', '/x:y/*', '/x:y/*'],
  ['/a+b/(c)', '/a+b/c', '/a+b'],
  ['/caf%C3%A9/:x', '/café/1', '/café/{x}'],
  ['/old => /new', '/old', '/new'],
  ['/old/:x => shop front', '/old/1', 'shop front'],
  ['/^\\/u\\/\\d+$/ => /u/{id}', '/u/7', '/u/{id}'],
  ['/^\\/u\\/\\d+$/', '/u/7', '/^\\/u\\/\\d+$/'],
  ['/^\\/u\\/\\d+$/ => /u/{id}', '/u/x', undefined],
];

for (const [rule, path, route] of NAMES.filter(([rule]) => !rule.includes('(c)'))) {
  test(`${rule} ${route === undefined ? 'does not match' : 'matches'} ${path}`, () => {
    assert.equal(rulesOf(rule).match(path, '')?.name, route);
  });
}

test('the first rule that matches holds, of paths and expressions alike', () => {
  const rules = rulesOf('/a/new', '/^\\/a\\/n/ => n', '/a/:x', '/a/nothing');
  assert.equal(rules.match('/a/new', '')?.name, '/a/new');
  assert.equal(rules.match('/a/nil', '')?.name, 'n');
  assert.equal(rules.match('/a/nothing', '')?.name, 'n');
  assert.equal(rules.match('/a/b', '')?.name, '/a/{x}');
});

test('a rule may be for one method', () => {
  const router = new UriRouter({ rules: rulesOf('GET /a/:x', 'POST /a/:x => made', '/b') });
  assert.equal(router.name(router.number('/a/q', 'GET')), 'GET /a/{x}');
  assert.equal(router.name(router.number('/a/q', 'post')), 'made');
  assert.equal(router.name(router.number('/a/q', 'PUT')), '/a/q');
  assert.equal(router.name(router.number('/b', 'GET')), '/b');
  assert.deepEqual(router.examples(router.number('/a/q', 'GET')), ['/a/q']);
});

test('rules see the normal form, and numbers where these matter', () => {
  const router = new UriRouter({ rules: rulesOf('/top/10', '/a/b') });
  assert.equal(router.name(router.number('/top/11')), '/top/{id}');
  assert.equal(router.name(router.number('/top/10')), '/top/10');
  assert.equal(router.name(router.number('http://h//a/./../b')), '/a/./../b');
  assert.equal(router.name(router.number('//a//b/;x=1?q')), '/a/b');
  assert.ok(router.isGiven(router.number('/a/b')));
});

for (const wrong of [
  'users/:id',
  '/a b',
  '/a/:',
  '/(/',
  '/^[/',
  '/(?=x)y/',
  '/{/:x}{/:y}{/:z}{/:a}{/:b}{/:c}{/:d}{/:e}',
]) {
  test(`"${wrong}" is no rule`, () => {
    assert.throws(
      () => parseRule(wrong, 'routes.txt:3'),
      (error) => error instanceof UserError && error.message.includes('routes.txt:3') && !error.message.includes('\n'),
    );
  });
}

/** Rules tried one by one, each turned into an expression. */
function naiveMatch(texts: readonly string[], path: string): string | undefined {
  return texts.find((text) => {
    const source = text.replace(/:\w+/g, '[^/]+').replace(/\/\*$/, '/.+');
    return new RegExp(`^${source}$`).test(path);
  });
}

const segment = fc.constantFrom('a', 'b', ':x', ':y', 'c1');
const rule = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([segments, hasRest]) => `/${segments.join('/')}${hasRest ? '/*' : ''}`);
const path = fc
  .array(fc.constantFrom('a', 'b', 'c1', 'd'), { minLength: 1, maxLength: 5 })
  .map((all) => `/${all.join('/')}`);

test('rules match as if they were tried one by one', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 12 }),
      fc.array(path, { minLength: 1, maxLength: 20 }),
      (texts, paths) => {
        const rules = rulesOf(...texts);
        for (const one of paths) assert.equal(rules.match(one, '')?.text, naiveMatch(texts, one));
      },
    ),
  );
});

test('many values in one segment cost no more than its length', () => {
  const rules = rulesOf(`/${Array.from({ length: 30 }, (_, i) => `{v${i}}a`).join('')}b`);
  assert.equal(rules.match(`/${'a'.repeat(50_000)}`, ''), undefined);
});

test('routes as rules name the same paths the same', () => {
  const names = [
    '/',
    '/a',
    '/a/{id}',
    '/a/{hash}',
    '/a/new',
    '/a/{id}/x:y',
    '/b/{name}.pdf',
    '/b/(x)*',
    '/{locale}/c',
    '/d/{name}/{name}',
  ];
  const rules = new Rules(rulesFor(NO_RULES, names).map(({ text }) => parseRule(text, 'saved')));
  const paths: Record<string, string> = {
    '/': '/',
    '/a': '/a',
    '/a/7': '/a/{id}',
    '/a/d41d8cd98f00b204': '/a/{hash}',
    '/a/new': '/a/new',
    '/a/7/x:y': '/a/{id}/x:y',
    '/b/q.pdf': '/b/{name}.pdf',
    '/b/(x)*': '/b/(x)*',
    '/de/c': '/{locale}/c',
    '/d/u/v': '/d/{name}/{name}',
  };
  for (const [one, route] of Object.entries(paths)) assert.equal(rules.match(one, '')?.name, route, one);
});
