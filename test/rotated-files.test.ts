import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inOrderOfRotation, rotatedName } from '../src/source/rotation.ts';

const SETS: [name: string, order: string[]][] = [
  ['logrotate', ['u.log.10.gz', 'u.log.9.gz', 'u.log.2.gz', 'u.log.1', 'u.log']],
  ['dateext', ['u.log-20251231.gz', 'u.log-20260101.gz', 'u.log-20260102', 'u.log']],
  ['dates with hours', ['u.log-2026010109', 'u.log-2026010110', 'u.log-2026010123', 'u.log']],
  ['a date within the name', ['u-2025-12-31.log.zst', 'u-2026-01-01.log', 'u.log']],
  ['kubelet', ['0.log.20261122-101500.gz', '0.log.20261122-101501.gz', '0.log']],
  ['uWSGI log-maxsize', ['u.log.1795467103', 'u.log.1795467999', 'u.log']],
  ['numbers within the name', ['u.2.log.gz', 'u.1.log', 'u.log']],
];

for (const [name, order] of SETS) {
  test(`${name}: a set in any order is put in its own`, () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (shuffled) => {
        assert.deepEqual(inOrderOfRotation(shuffled), order);
      }),
    );
    assert.equal(new Set(order.map((path) => rotatedName(path).set)).size, 1);
  });
}

test('sets stay apart, in the order in which they were named', () => {
  assert.deepEqual(inOrderOfRotation(['b/u.log', 'a/u.log', 'b/u.log.1', 'a/u.log.1', 'x']), [
    'b/u.log.1',
    'b/u.log',
    'a/u.log.1',
    'a/u.log',
    'x',
  ]);
});

test('names that only look alike are sets of their own', () => {
  const names = ['web1', 'web2', 'port-8080', 'v1.2', 'app.99999', 'x-19991399.log', 'release-2026'];
  assert.equal(new Set(names.map((name) => rotatedName(name).set)).size, 6 + 1);
});

test('files that are no set keep the order in which they were named', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/)), (names) => {
      assert.deepEqual(inOrderOfRotation(names), names);
    }),
  );
});
