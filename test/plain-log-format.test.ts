import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRAPPERS } from '../src/lines/unwrap/wrappers.ts';
import { isBareLine } from '../src/parse/log-format/bytes/bare-line.ts';
import { mutate } from './fuzz/mutate.ts';
import { SEEDS } from './fuzz/seeds.ts';
import { BothWays, damaged } from './support/both-ways.ts';
import { formatWriter, LOG_FORMATS } from './support/format-lines.ts';
import { seededRandom } from './support/random.ts';

for (const format of LOG_FORMATS) {
  test(`lines of ${format} are the same as bytes and as text`, () => {
    const random = seededRandom(5);
    const both = new BothWays({ logFormat: [format] });
    const line = formatWriter(format, random);
    for (let i = 0; i < 60; i++) {
      const lines = Array.from({ length: 1 + random.integer(8) }, () =>
        random.integer(8) === 0 ? mutate(line(), line(), random) : line(),
      );
      const text = `${lines.join('\n')}\n`;
      both.write(random.integer(10) === 0 ? damaged(text, random) : Buffer.from(text));
    }
  });
}

test('most lines of usual formats are read as bytes', () => {
  for (const format of [LOG_FORMATS[0], LOG_FORMATS[8]]) {
    const both = new BothWays({ logFormat: [format] });
    const line = formatWriter(format, seededRandom(6));
    for (let i = 0; i < 200; i++) both.write(Buffer.from(`${line()}\n${line()}\n`));
    assert.ok(both.plainLines > 150, `${both.plainLines} of 400 lines of ${format}`);
  }
});

test('no wrapper is around a line that begins like a bare one', () => {
  const random = seededRandom(7);
  const beginnings = ['127.0.0.1 - ', '10.1.2.3 [', '1.2.3.4 "', '1.2.3.4 (', '1.2.3.4 {', '1.2.3.4 <', '[pid: ', 'pid=', 'x_y=', 'GET /', 'MAY /', '(', '"', ':', '::1 ', '-', '/']; // biome-ignore format: a list
  for (let i = 0; i < 20_000; i++) {
    const seed = SEEDS[random.integer(SEEDS.length)]!;
    const text = beginnings[random.integer(beginnings.length)]! + mutate(seed, seed, random);
    const bytes = Buffer.from(`${text}\n`);
    if (!isBareLine(bytes, 0)) continue;
    const first = text.charCodeAt(0);
    for (const { name, begins, unwrap } of WRAPPERS)
      assert.ok(!begins(first) || unwrap(text) === undefined, `${name}: ${JSON.stringify(text)}`);
  }
});
