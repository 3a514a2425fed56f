import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { learnRoutes } from '../src/route/learn.ts';
import { seededRandom } from './support/random.ts';

type Calls = Record<string, number>;

const learn = (calls: Calls): Map<string, string> => {
  const names = Object.keys(calls);
  const learned = learnRoutes(names, Object.values(calls));
  return new Map(names.map((name, i) => [name, learned[i]!]));
};

const learnedNames = (calls: Calls) => [...new Set(learn(calls).values())].sort();

/** Words that look like no value. */
const word = (i: number) =>
  `${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}${'uvwxyz'[i % 6]}ow${'aeiou'[i % 5]}`;
const words = (count: number) => {
  const found = new Set<string>();
  for (let i = 0; found.size < count; i++) found.add(word(i) + 'n'.repeat(i / 300));
  return [...found];
};
const under = (prefix: string, values: readonly string[], calls: number, suffix = ''): Calls =>
  Object.fromEntries(values.map((value) => [`${prefix}/${value}${suffix}`, calls]));

test('slugs become one route', () => {
  assert.deepEqual(learnedNames(under('/posts', words(40), 3)), ['/posts/{name}']);
});

test('too few values stay', () => {
  const calls = under('/blog', words(29), 3);
  assert.deepEqual(learnedNames(calls), Object.keys(calls).sort());
});

test('behind a plural, or where they look like titles, fewer values are enough', () => {
  assert.deepEqual(learnedNames(under('/posts', words(6), 3)), ['/posts/{name}']);
  const titles = words(6).map((one) => `the-${one}-story`);
  assert.deepEqual(learnedNames(under('/blog', titles, 3)), ['/blog/{name}']);
  const five = under('/posts', words(5), 3);
  assert.deepEqual(learnedNames(five), Object.keys(five).sort());
});

test('an action by its name stays beside values, however rare', () => {
  assert.deepEqual(learnedNames({ ...under('/users', words(50), 2), '/users/new': 1, '/users/search': 1 }), [
    '/users/new',
    '/users/search',
    '/users/{name}',
  ]);
});

test('the most popular of the values is one of them', () => {
  const calls = Object.fromEntries(words(300).map((word, i) => [`/users/${word}`, Math.ceil(3000 / (i + 1))]));
  assert.deepEqual(learnedNames(calls), ['/users/{name}']);
});

test('languages become one route', () => {
  assert.deepEqual(learnedNames({ '/en/about': 5, '/de/about': 3, '/en': 9, '/api': 3 }), [
    '/api',
    '/{locale}',
    '/{locale}/about',
  ]);
  assert.deepEqual(learnedNames({ '/en/about': 5, '/api': 3 }), ['/api', '/en/about']);
});

test('values with the same parts below them are of one kind', () => {
  const calls: Calls = {};
  for (const shop of words(12)) for (const part of ['orders', 'stock', 'staff']) calls[`/chain/${shop}/${part}`] = 500;
  assert.deepEqual(learnedNames(calls), ['/chain/{name}/orders', '/chain/{name}/staff', '/chain/{name}/stock']);
});

test('where values were folded on the way, the others follow', () => {
  assert.deepEqual(learnedNames({ ...under('/blog', words(3), 3), '/blog/{name}': 900, '/blog/archive': 4 }), [
    '/blog/archive',
    '/blog/{name}',
  ]);
});

test('values that are called often stay, unless there are very many', () => {
  const often = under('/pages', words(40), 26);
  assert.deepEqual(learnedNames(often), Object.keys(often).sort());
  assert.deepEqual(learnedNames(under('/pages', words(200), 26)), ['/pages/{name}']);
});

test('a value with a share of the traffic of its own keeps its name', () => {
  assert.deepEqual(learnedNames({ ...under('/users', words(50), 2), '/users/me': 60, '/users/me/edit': 7 }), [
    '/users/me',
    '/users/me/edit',
    '/users/{name}',
  ]);
});

test('values at two levels fold, and what stands below them is joined', () => {
  const calls: Calls = {};
  for (const [i, owner] of words(50).entries()) {
    calls[`/repos/${owner}`] = 1;
    calls[`/repos/${owner}/${word(i + 60)}`] = 2;
    calls[`/repos/${owner}/${word(i + 60)}/issues`] = 2;
  }
  assert.deepEqual(learnedNames(calls), ['/repos/{name}', '/repos/{name}/{name}', '/repos/{name}/{name}/issues']);
});

test('directly below the root it takes more values', () => {
  const few = under('', words(99), 2);
  assert.deepEqual(learnedNames(few), Object.keys(few).sort());
  assert.deepEqual(learnedNames(under('', words(100), 2)), ['/{name}']);
});

test('the page of the position itself and a path that ends in a slash are no values', () => {
  assert.deepEqual(learnedNames({ ...under('/posts', words(40), 3), '/posts': 100, '/posts/': 9 }), [
    '/posts',
    '/posts/',
    '/posts/{name}',
  ]);
});

const STRAYS: [usual: string, strays: string[]][] = [
  ['{hash}', ['{id}', 'deadbeef', 'cafe00d']],
  ['{key}', ['k7', 'ab-1']],
  ['{name}', ['{key}', '{hash}', '{token}']],
  ['{token}', ['{hash}', '{key}', 'abcdefghijklmnopqrst']],
];

for (const [usual, strays] of STRAYS) {
  test(`a few of ${strays.join(', ')} beside many ${usual} are the same`, () => {
    assert.deepEqual(learnedNames({ [`/x/${usual}`]: 1000, ...under('/x', strays, 20) }), [`/x/${usual}`]);
    assert.deepEqual(learnedNames({ [`/x/${usual}/y`]: 1000, ...under('/x', strays, 20, '/z') }), [
      `/x/${usual}/y`,
      `/x/${usual}/z`,
    ]);
  });

  test(`as many of ${strays[0]} as of ${usual} are another route`, () => {
    assert.deepEqual(
      learnedNames({ [`/x/${usual}`]: 100, [`/x/${strays[0]}`]: 100 }),
      [`/x/${usual}`, `/x/${strays[0]}`].sort(),
    );
  });
}

test('a word beside many keys is no stray', () => {
  const names = ['/x/new', '/x/{key}'];
  assert.deepEqual(learnedNames({ '/x/{key}': 1000, '/x/new': 5 }), names);
});

test('files whose names are values and whose endings are ever new become one route', () => {
  const endings = words(31).map((word) => word.slice(0, 4));
  const files = (count: number) =>
    Object.fromEntries([...new Set(endings)].slice(0, count).map((one) => [`/x/{id}.${one}`, 3]));
  const few = files(30);
  assert.equal(learnedNames(few).length, Object.keys(few).length);
  assert.deepEqual(learnedNames({ ...few, '/x/{hash}.{format}': 9, '/x/report.pdf': 2 }), [
    '/x/report.pdf',
    '/x/{hash}.{format}',
    '/x/{id}.{format}',
  ]);
});

test('what does not begin with a slash is left alone', () => {
  const calls: Calls = { '*': 3, '': 1, '(other routes)': 5 };
  for (const value of words(150)) calls[`tasks.${value}`] = 1;
  assert.deepEqual([...learn(calls).values()], Object.keys(calls));
});

const segment = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map(word),
  fc.constantFrom('{id}', '{hash}', '{key}', '{token}', '{name}', 'users', 'me', 'deadbeef', 'k12', ''),
);
const calls: fc.Arbitrary<Calls> = fc
  .array(fc.tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 400,
    size: 'max',
  })
  .map((all) => Object.fromEntries(all.map(([segments, count]) => [`/${segments.join('/')}`, count])));

test('what is learned does not depend on the order of the names', () => {
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 2 ** 30 }), (found, seed) => {
      const random = seededRandom(seed);
      const shuffled = Object.entries(found)
        .map((entry) => ({ entry, key: random.next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ entry }) => entry);
      assert.deepEqual(new Map([...learn(Object.fromEntries(shuffled))].sort()), new Map([...learn(found)].sort()));
    }),
    { numRuns: 60, seed: 20_261_124, endOnFailure: true },
  );
});

test('learning again changes nothing', () => {
  fc.assert(
    fc.property(calls, (found) => {
      const again: Calls = {};
      for (const [name, learned] of learn(found)) again[learned] = (again[learned] ?? 0) + found[name]!;
      assert.deepEqual(learnedNames(again), Object.keys(again).sort());
    }),
    { numRuns: 60, seed: 20_261_124, endOnFailure: true },
  );
});
