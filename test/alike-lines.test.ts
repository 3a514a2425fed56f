/** A line that is read by its likeness to one before is read as it is by itself; see src/wasm/assembly/likeness.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Reading } from '../src/parse/reading.ts';
import { RecordGrammar } from '../src/parse/uwsgi/record.ts';
import { ScanMemory } from '../src/wasm/scan-memory.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const FIRSTS = ([0, 1, 2] as const).flatMap((memoryReport) =>
  [-1, 0].map((app) =>
    uwsgiLine({
      memoryReport,
      app,
      rssBytes: 40_960_000,
      ussBytes: 1,
      pssBytes: 123_456_789_012,
      pid: 4711,
      ownCount: 9,
      totalCount: 12,
    }),
  ),
);

class Reader {
  readonly #memory = new ScanMemory();

  constructor() {
    // Writes its formats into the memory.
    new RecordGrammar(this.#memory, new Reading());
  }

  /** The fields of a line, or undefined where it is no record. */
  read(line: string): number[] | undefined {
    const bytes = Buffer.from(line, 'latin1');
    const start = this.#memory.loadText(bytes);
    if (this.#memory.functions.parse(start, start + bytes.length, 0) === 0) return undefined;
    return [...this.#memory.fields];
  }
}

/** Replaces what stands at a share of the line's length. */
function changed(line: string, share: number, text: string, removed: number): string {
  const at = Math.floor(share * line.length);
  return line.slice(0, at) + text + line.slice(at + removed);
}

const digits = (line: string, seed: number) => {
  let state = seed;
  return line.replace(/\d/g, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String((state >>> 16) % 10);
  });
};

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const piece = fc.constantFrom('', '0', '7', '99', '-', '-1', ' ', '{', '[', ']', '}', '/', '\0', 'x', '[pid: ', 'MB} ');

test('whatever line came before, a line is read the same', () => {
  const after = FIRSTS.map(() => new Reader());
  let records = 0;
  fc.assert(
    fc.property(
      fc.nat(FIRSTS.length - 1),
      fc.nat(),
      fc.boolean(),
      share,
      piece,
      fc.nat(3),
      (first, seed, isMutated, at, text, removed) => {
        const line = FIRSTS[first]!;
        // A date must stay one, so its digits are put back.
        const date = /\[[A-Z][a-z]{2} [^\]]*\]/;
        const other = digits(line, seed).replace(date, date.exec(line)![0]);
        const next = isMutated ? changed(other, at, text, removed) : other;
        after[first]!.read(line);
        const seen = after[first]!.read(next);
        assert.deepEqual(seen, new Reader().read(next));
        if (seen) records++;
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(records > 1000, `${records} records`);
});

test('numbers of one to fifteen digits are read by their places', () => {
  for (let length = 1; length <= 15; length++) {
    const reader = new Reader();
    const line = (digit: string) => uwsgiLine({ pid: 1 }).replace(/\[pid: 1\|/, `[pid: ${digit.repeat(length)}|`);
    assert.ok(reader.read(line('3')));
    assert.equal(reader.read(line('7'))![4], Number('7'.repeat(length)));
  }
});
