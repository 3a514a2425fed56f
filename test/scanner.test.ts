import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LineHandler, LineScanner } from '../src/lines/scanner.ts';

type Line = [way: 'plain' | 'text' | 'long', line: string | null, number: number];

/** Takes as bytes what begins with p; keeps everything in the order it came. */
function recorder(longest = 1000): LineHandler & { lines: Line[] } {
  const lines: Line[] = [];
  let chunk = Buffer.alloc(0);
  let plainEnd = 0;
  return {
    lines,
    startChunk: (bytes) => {
      chunk = Buffer.from(bytes);
    },
    plainLines(start, number) {
      plainEnd = start;
      let count = 0;
      for (;;) {
        const newline = chunk.indexOf(0x0a, plainEnd);
        if (newline < 0 || chunk[plainEnd] !== 0x70 || newline - plainEnd > longest) return count;
        lines.push(['plain', chunk.toString('utf8', plainEnd, newline), number + count++]);
        plainEnd = newline + 1;
      }
    },
    get plainEnd() {
      return plainEnd;
    },
    textLine: (line, number) => void lines.push(['text', line, number]),
    tooLongLine: (number) => void lines.push(['long', null, number]),
  };
}

async function scan(chunks: (string | Buffer)[], maxLineLength = 1000): Promise<Line[]> {
  const handler = recorder(maxLineLength);
  const scanner = new LineScanner(handler, maxLineLength);
  for (const chunk of chunks) scanner.write(Buffer.from(chunk));
  await scanner.end();
  return handler.lines;
}

test('every complete line is delivered before write returns', () => {
  const handler = recorder();
  const scanner = new LineScanner(handler, 1000);
  scanner.write(Buffer.from('p1\nt2\n\np'));
  assert.deepEqual(handler.lines, [
    ['plain', 'p1', 1],
    ['text', 't2', 2],
    ['text', '', 3],
  ]);
  scanner.write(Buffer.from('4\np5\nt6'));
  assert.deepEqual(handler.lines.slice(3), [
    ['text', 'p4', 4],
    ['plain', 'p5', 5],
  ]);
});

test('lines come in the order of the file, numbered from 1, whichever way each takes', async () => {
  const line = fc.constantFrom('p', 'plain', 'text', '', '\r', 'é', 'x'.repeat(30));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(), { maxLength: 20 }), async (all, places) => {
      const bytes = Buffer.from(all.map((text) => `${text}\n`).join(''));
      const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
      const pieces = [...ends, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
      const lines = await scan(pieces);
      assert.deepEqual(
        lines.map(([, text]) => text),
        all,
      );
      assert.deepEqual(
        lines.map(([, , number]) => number),
        all.map((_, i) => i + 1),
      );
    }),
  );
});

test('only a line feed ends a line', async () => {
  assert.deepEqual(await scan(['a\rb\u2028c\u2029d\u0085e\x0bf\x0cg\n']), [
    ['text', 'a\rb\u2028c\u2029d\u0085e\x0bf\x0cg', 1],
  ]);
});

test('a character that a chunk boundary cuts is put together', async () => {
  const bytes = Buffer.from('tä日😀\n');
  for (let at = 1; at < bytes.length; at++) {
    assert.deepEqual(await scan([bytes.subarray(0, at), bytes.subarray(at)]), [['text', 'tä日😀', 1]]);
  }
});

test('a last line without a newline is a line, and nothing behind a newline is none', async () => {
  assert.deepEqual(await scan(['p1\nt']), [
    ['plain', 'p1', 1],
    ['text', 't', 2],
  ]);
  assert.deepEqual(await scan(['p1\n']), [['plain', 'p1', 1]]);
  assert.deepEqual(await scan([]), []);
  assert.deepEqual(await scan(['', '\n', '']), [['text', '', 1]]);
});

test('a line is too long from one character above the limit on, wherever it is cut', async () => {
  for (const [length, way] of [
    [9, 'fits'],
    [10, 'fits'],
    [11, 'long'],
    [25, 'long'],
  ] as const) {
    const bytes = Buffer.from(`t\n${'t'.repeat(length)}\nt\n`);
    for (let at = 0; at <= bytes.length; at++) {
      const lines = await scan([bytes.subarray(0, at), bytes.subarray(at)], 10);
      assert.deepEqual(
        lines.map(([how, , number]) => [how === 'long' ? 'long' : 'fits', number]),
        [
          ['fits', 1],
          [way, 2],
          ['fits', 3],
        ],
        `${length} cut at ${at}`,
      );
    }
  }
});

test('a last line that is too long is one too long line', async () => {
  assert.deepEqual(await scan(['t'.repeat(11)], 10), [['long', null, 1]]);
  assert.deepEqual(await scan(['p\n', 'p'.repeat(8), 'p'.repeat(8), 'p'.repeat(8)], 10), [
    ['plain', 'p', 1],
    ['long', null, 2],
  ]);
});

test('what the handler throws comes out of write', () => {
  const failing: LineHandler = {
    startChunk: () => {},
    plainLines: () => 0,
    plainEnd: 0,
    textLine: () => {
      throw new Error('from the handler');
    },
    tooLongLine: () => {},
  };
  const scanner = new LineScanner(failing, 10);
  assert.throws(() => scanner.write(Buffer.from('a\n')), /from the handler/);
});
