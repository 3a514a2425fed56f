import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ClassicSums } from '../src/attribute/classic.ts';
import { parseClassicLine } from '../src/attribute/classic-line.ts';
import { type LineHandler, LineScanner } from '../src/lines/scanner.ts';
import { classicOracle, type OracleRow } from './support/classic-oracle.ts';
import { fixture, LABS, SAMPLES } from './support/fixtures.ts';
import { fragments, mutatedLine } from './support/fragments.ts';
import { logs } from './support/generated-log.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const NOTHING: LineHandler = {
  startChunk: () => {},
  plainLines: () => 0,
  plainEnd: 0,
  textLine: () => {},
  tooLongLine: () => {},
};

/** Every path with a growth, or none. */
const ALL = -1;

async function classicRows(log: Buffer, foldNumbers = true, threshold = ALL): Promise<OracleRow[]> {
  const classic = new ClassicSums(foldNumbers);
  const scanner = new LineScanner(classic.tap(NOTHING), 2 ** 20);
  scanner.write(log);
  await scanner.end();
  return classic.rows(threshold).map(({ path, bytes, calls }) => ({ path, bytes, calls }));
}

async function assertSame(text: string | Buffer): Promise<void> {
  const log = Buffer.from(text);
  for (const foldNumbers of [true, false]) {
    assert.deepEqual(await classicRows(log, foldNumbers), classicOracle(log.toString(), ALL, foldNumbers));
  }
}

for (const name of [...LABS, ...SAMPLES]) {
  test(`classic rows of ${name} are pyuwsgimemhog's`, async () => assertSame(fixture(name)));
}

test('the threshold is exceeded, not met', async () => {
  const log = Buffer.from(
    [0, 5, 5].map((growth, i) => uwsgiLine({ uri: `/${'ab'[i % 2]}`, rssBytes: 1e7 + growth })).join('\n'),
  );
  assert.deepEqual(await classicRows(log, true, 4), [{ path: '/b', bytes: 5, calls: 1 }]);
  assert.deepEqual(await classicRows(log, true, 5), []);
});

test("classic rows of generated logs are pyuwsgimemhog's", async () => {
  await fc.assert(fc.asyncProperty(logs({ gaps: true }), assertSame));
});

test("classic rows of mutated lines are pyuwsgimemhog's", async () => {
  const mutated = fc.array(mutatedLine, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));
  await fc.assert(fc.asyncProperty(mutated, assertSame), { numRuns: 2000 });
});

test("classic rows of pieces of lines are pyuwsgimemhog's", async () => {
  await fc.assert(fc.asyncProperty(fragments, assertSame), { numRuns: 2000 });
});

test("classic rows of odd paths are pyuwsgimemhog's", async () => {
  const path = fc
    .array(fc.constantFrom('/', '//', ';', '?', '#', 'a', '12', '٣', 'é', '.', '..', ' ', '\t', '[', ']', ':', '@'), {
      maxLength: 8,
    })
    .map((parts) => `/${parts.join('')}`);
  await fc.assert(
    fc.asyncProperty(fc.array(path, { minLength: 1, maxLength: 5 }), async (paths) => {
      await assertSame(paths.map((uri, i) => uwsgiLine({ uri, rssBytes: 1e7 + i })).join('\n'));
    }),
    { numRuns: 1000 },
  );
});

for (const [name, hostile] of [
  ['tails', ' => generated 1 bytes in 1 msecs (HTTP/1.1 200)'],
  ['almost tails', ' => generated 1 bytes in 1 msecs (HTTP/1.1 '],
  ['dates', ' [Mon Nov 23 20:50:35 2026] GET /x'],
  ['counters', '|req: ] 1.2.3.4 '],
  ['almost addresses', '] 1.2.3'],
  ['digits', '1'],
  ['heads', '{rss usage: 1 bytes/0MB} [pid: 1|app: '],
] as const) {
  test(`a line of 200 KB of ${name} comes to an end`, () => {
    const many = hostile.repeat(Math.ceil(200_000 / hostile.length));
    const line = uwsgiLine({ uri: '/x' });
    const middle = line.indexOf('] ') + 2;
    // Where it stands decides what is searched; the answer matters less than that there is one.
    const answers = [many, many + line, line.slice(0, middle) + many + line.slice(middle), line + many].map((text) =>
      parseClassicLine(text),
    );
    assert.equal(answers.length, 4);
    assert.equal(answers[1]?.pid ?? '4193', hostile.startsWith('{rss') ? '1' : '4193');
  });
}
