/** A log read as bytes where that is possible, and all of it as text: both have to tell the same. */
import assert from 'node:assert/strict';
import { LineScanner } from '../../src/lines/scanner.ts';
import { type AnalyzeOptions, resolveOptions } from '../../src/options.ts';
import type { Reading } from '../../src/parse/reading.ts';
import { Recognizer, type RecognizerSink } from '../../src/parse/recognizer.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';
import { type CountingHandler, lineHandler } from './line-handler.ts';
import type { Random } from './random.ts';

interface Way {
  told: string[];
  write: (chunk: Buffer) => void;
  handler: CountingHandler;
}

export class BothWays {
  readonly #bytes: Way;
  readonly #text: Way;

  constructor(options: AnalyzeOptions = {}) {
    this.#bytes = way(options, true);
    this.#text = way(options, false);
  }

  /** Of all lines so far. */
  get plainLines(): number {
    return this.#bytes.handler.plainCount;
  }

  /** @throws AssertionError where one way tells something else than the other. */
  write(chunk: Buffer): void {
    this.#bytes.write(chunk);
    this.#text.write(chunk);
    const [bytes, text] = [this.#bytes.told.splice(0), this.#text.told.splice(0)];
    if (bytes.join('\n') !== text.join('\n')) assert.deepEqual(bytes, text);
  }
}

function way(options: AnalyzeOptions, takesBytes: boolean): Way {
  const told: string[] = [];
  const origins: string[] = [''];
  let known = '';
  const sink: RecognizerSink = {
    originOf: (name) => {
      if (!origins.includes(name)) origins.push(name);
      return origins.indexOf(name);
    },
    recognised: (format, wrappers) => {
      known = `${format} ${wrappers.join(' ')}`;
    },
    reading: (reading, line) => void told.push(`${line} ${known} ${pictureOf(reading)} ${origins[reading.origin]}`),
    tornReading: (reading, line) => void told.push(`${line} torn ${pictureOf(reading)}`),
    malformed: (line) => void told.push(`${line} malformed`),
    otherLine: () => void told.push('other'),
    event: (event, origin) => void told.push(`${JSON.stringify(event)} ${origin}`),
  };
  const resolved = resolveOptions(options);
  const recognizer = new Recognizer(new ScanMemory(), sink, resolved, 'place');
  const handler = lineHandler(recognizer, takesBytes);
  const scanner = new LineScanner(handler, resolved.maxLineLength);
  return { told, handler, write: (chunk) => scanner.write(chunk) };
}

function pictureOf(reading: Reading): string {
  const { bytes, address, origin, methodStart, methodEnd, uriStart, uriEnd, ...rest } = reading;
  const request = reading.hasUri ? [reading.method(), reading.uri()] : [];
  return JSON.stringify([rest, request, Object.is(rest.deltaBytes, Number.NaN)]);
}

/** As if something had damaged a byte on the way. */
export function damaged(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  bytes[random.integer(bytes.length - 1)] = 0x80 + random.integer(128);
  return bytes;
}
