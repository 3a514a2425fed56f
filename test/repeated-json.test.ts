import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutate } from './fuzz/mutate.ts';
import { BothWays, damaged } from './support/both-ways.ts';
import { seededRandom } from './support/random.ts';
import { jsonWriter } from './support/repeated-lines.ts';

test('lines of mixed forms, odd and mutated, are the same as bytes and as text', () => {
  const random = seededRandom(1);
  let plainLines = 0;
  for (let log = 0; log < 40; log++) {
    const both = new BothWays();
    const line = jsonWriter(random);
    for (let i = 0; i < 40; i++) {
      const lines = Array.from({ length: 1 + random.integer(8) }, () =>
        random.integer(6) === 0 ? mutate(line(), line(), random) : line(),
      );
      const text = `${lines.join('\n')}\n`;
      both.write(random.integer(10) === 0 ? damaged(text, random) : Buffer.from(text));
    }
    plainLines += both.plainLines;
  }
  assert.ok(plainLines > 1000, `${plainLines} lines were read as bytes`);
});
