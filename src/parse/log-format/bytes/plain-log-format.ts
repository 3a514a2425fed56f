/** Reads lines of a log format as bytes, one after the other, up to the first that takes more than that. */
import type { ScanMemory } from '../../../wasm/scan-memory.ts';
import type { RepeatedParser } from '../../format.ts';
import type { LogSink } from '../../log-sink.ts';
import { RepeatedRecords } from '../../repeated-records.ts';
import { LONGEST_REQUEST } from '../glued-records.ts';
import { isBareLine } from './bare-line.ts';
import type { LineReader } from './line-reader.ts';

const NEWLINE = 0x0a;
const NO_WRAPPERS: readonly string[] = [];

export interface PlainContext {
  /** Of the format that read the last line; undefined where it does not read bytes. */
  reader: () => LineReader | undefined;
  /** Hears the pid of every line. */
  remember: (pid: number) => void;
}

export class PlainLogFormat implements RepeatedParser {
  plainEnd = 0;
  readonly wrappers: readonly string[] = NO_WRAPPERS;
  readonly #records: RepeatedRecords;
  readonly #context: PlainContext;
  readonly #longest: number;
  #bytes: Buffer = Buffer.alloc(0);
  #lastNewline = -1;

  /** @param longest longer lines are declined. */
  constructor(memory: ScanMemory, sink: LogSink, longest: number, context: PlainContext) {
    this.#records = new RepeatedRecords(memory, sink);
    this.#context = context;
    // Longer ones may be several records.
    this.#longest = Math.min(longest, LONGEST_REQUEST);
  }

  startChunk(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#lastNewline = bytes.lastIndexOf(NEWLINE);
    this.#records.startChunk(bytes);
  }

  plainLines(start: number, lineNumber: number): number {
    const reader = this.#context.reader();
    if (reader === undefined) return 0;
    const bytes = this.#bytes;
    const records = this.#records;
    let at = start;
    let lines = 0;
    let flushed = 0;
    while (at <= this.#lastNewline && isBareLine(bytes, at)) {
      const end = reader.read(bytes, at);
      if (end < 0 || end - at > this.#longest) break;
      if (records.isFull) {
        records.flush(lineNumber + flushed);
        flushed = lines;
      }
      records.add(reader);
      this.#context.remember(reader.pid);
      lines++;
      at = end + 1;
    }
    records.flush(lineNumber + flushed);
    this.plainEnd = at;
    return lines;
  }
}
