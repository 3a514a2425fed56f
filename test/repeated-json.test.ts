import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutate } from './fuzz/mutate.ts';
import { BothWays } from './support/both-ways.ts';
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
      both.write(Buffer.from(`${lines.join('\n')}\n`));
    }
    plainLines += both.plainLines;
  }
  assert.ok(plainLines > 1000, `${plainLines} lines were read as bytes`);
});
