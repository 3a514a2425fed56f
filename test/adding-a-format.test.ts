/** A format is one file and one line in a registry: the README's example, registered beside the others. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { resolveOptions } from '../src/options.ts';
import { FORMATS } from '../src/parse/formats.ts';
import { Recognizer } from '../src/parse/recognizer.ts';
import { ScanMemory } from '../src/wasm/scan-memory.ts';
import { collectingSink } from './support/collect.ts';
import { example } from './support/example-format.ts';
import { ROOT } from './support/fixtures.ts';

test('a further format is recognised among the others, inside wrappers too', () => {
  const { sink, seen } = collectingSink();
  const formats = new Recognizer(new ScanMemory(), sink, resolveOptions({}), '', [...FORMATS, example]);
  formats.textLine('7 GET /a 200 43376kB', 1);
  formats.textLine('{"pid":7,"url":"/b","rss":44417024}', 2);
  formats.textLine('web-1  | 7 GET /c 500 43380kB', 3);
  formats.textLine('7 GET /a', 4);
  assert.deepEqual(
    seen.readings.map(({ pid, uri, rss, origin }) => [pid, uri, rss, origin]),
    [
      [7, '/a', 44417024, ''],
      [7, '/b', 44417024, ''],
      [7, '/c', 44421120, 'web-1'],
    ],
  );
  assert.equal(seen.otherLines, 1);
});

test('names of formats are unique, and each says what it is recognised by', () => {
  assert.equal(new Set(FORMATS.map(({ name }) => name)).size, FORMATS.length);
  for (const { name, recognisedBy } of FORMATS) assert.ok(recognisedBy.length > 10, name);
});

test('the README shows the example as it is', () => {
  const source = readFileSync(`${ROOT}test/support/example-format.ts`, 'utf8');
  const parser = source.slice(source.indexOf('export const example'));
  assert.ok(readFileSync(`${ROOT}README.md`, 'utf8').includes(parser.trim()));
});
