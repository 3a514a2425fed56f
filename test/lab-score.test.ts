/** Holds the line: what the report says about the real servers whose logs are in fixtures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixtures.ts';
import { reportOf } from './support/report.ts';
import { parseTruth, type Score, score } from './support/score.ts';

const scores = new Map<string, Promise<Score>>();

function scoreOf(lab: string): Promise<Score> {
  let found = scores.get(lab);
  if (!found) {
    const truth = parseTruth(fixture(`lab-${lab}.truth.json`).toString());
    found = reportOf(fixture(`lab-${lab}.log.gz`)).then((report) => score(truth, report));
    scores.set(lab, found);
  }
  return found;
}

const MOST_MISATTRIBUTION: [lab: string, most: number][] = [
  ['a', 0.2],
  ['b2', 0.4],
  ['c', 0.6],
  ['n', 0.15],
];

for (const [lab, most] of MOST_MISATTRIBUTION) {
  test(`lab ${lab}: leaked bytes are attributed wrongly by at most ${most} of what leaked`, async () => {
    const { misattribution } = await scoreOf(lab);
    assert.ok(misattribution !== null && misattribution <= most, `misattribution ${misattribution}`);
  });
}

for (const lab of ['a', 'b2', 'c', 'i', 'n']) {
  test(`lab ${lab}: no innocent route is said to leak`, async () => {
    assert.deepEqual((await scoreOf(lab)).falseLeaks, []);
  });

  test(`lab ${lab}: the interval of every material leak that is found holds the truth`, async () => {
    const { material } = await scoreOf(lab);
    assert.deepEqual(
      material.filter(({ called, inInterval }) => called && !inInterval),
      [],
    );
  });
}

test('lab i, where nothing leaks: not a byte is handed out', async () => {
  assert.equal((await scoreOf('i')).falselyBlamedBytes, 0);
});

test('labs a, b2, c and n: at least half of the material leaks are found', async () => {
  for (const lab of ['a', 'b2', 'c', 'n']) {
    const { material } = await scoreOf(lab);
    const found = material.filter(({ called }) => called).length;
    assert.ok(material.length > 0 && found * 2 >= material.length, `lab ${lab}: ${found} of ${material.length}`);
  }
});
