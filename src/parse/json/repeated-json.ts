/**
 * Lines that look like ones which JSON.parse has read: the same fields in the same order, with the same bytes between the
 * values. These are read as bytes. Every line that departs from that, in whatever way, is left to JSON.parse.
 */
import type { ScanMemory } from '../../wasm/scan-memory.ts';
import type { FieldReader } from '../fields/field-reader.ts';
import type { RepeatedParser } from '../format.ts';
import type { LogSink } from '../log-sink.ts';
import { RepeatedRecords } from '../repeated-records.ts';
import { shapeOf } from './shape/example.ts';
import { viewOf } from './shape/shape.ts';
import { ShapeReader } from './shape/shape-reader.ts';

const NEWLINE = 0x0a;
/** Forms that are kept; of more, those that no line had for longest are forgotten. */
const MOST_SHAPES = 8;
/** Where examples are of no use, so many lines pass at most before the next is looked at. */
const LONGEST_PAUSE = 256;

export class RepeatedJson implements RepeatedParser {
  plainEnd = 0;
  wrappers: readonly string[] = [];
  readonly #fields: FieldReader;
  readonly #longest: number;
  readonly #records: RepeatedRecords;
  /** The one of the line before first. */
  readonly #readers: ShapeReader[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #isLoaded = false;
  /** Where the last newline of the chunk is. */
  #lastNewline = -1;
  /** Lines until the next example, and how many there are between examples. */
  #pause = 0;
  #nextPause = 0;
  /** A line was read as bytes since the last example. */
  #isUseful = true;

  /** @param longest longer lines are declined. */
  constructor(memory: ScanMemory, sink: LogSink, fields: FieldReader, longest: number) {
    this.#records = new RepeatedRecords(memory, sink);
    this.#fields = fields;
    this.#longest = longest;
  }

  /**
   * A line that was read as text, of which others may be repetitions.
   * @param line as it stands in the log, without newline.
   * @param inner the object in it, and what stands behind that.
   */
  learn(line: string, inner: string): void {
    if (this.#pause > 0) {
      this.#pause--;
      return;
    }
    this.#nextPause = this.#isUseful ? 1 : Math.min(LONGEST_PAUSE, this.#nextPause * 2);
    this.#pause = this.#nextPause;
    this.#isUseful = false;
    const shape = line.length <= this.#longest ? shapeOf(line, inner) : undefined;
    if (shape === undefined || this.#readers.some((known) => known.shape.id === shape.id)) return;
    if (this.#readers.length === MOST_SHAPES) this.#readers.pop();
    this.#readers.unshift(new ShapeReader(shape, this.#fields));
    this.#pause = 0;
  }

  startChunk(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#isLoaded = false;
    this.#lastNewline = -1;
    if (this.#readers.length > 0) this.#load();
  }

  plainLines(start: number, lineNumber: number): number {
    if (this.#readers.length === 0) return 0;
    if (!this.#isLoaded) this.#load();
    const bytes = this.#bytes;
    const last = this.#lastNewline;
    const records = this.#records;
    let at = start;
    let lines = 0;
    let flushed = 0;
    while (at <= last) {
      const end = this.#read(bytes, at);
      if (end < 0 || end - at > this.#longest) break;
      const reader = this.#readers[0]!;
      const { wrappers } = reader.shape.prefix;
      if (records.isFull || wrappers !== this.wrappers) {
        records.flush(lineNumber + flushed);
        flushed = lines;
        this.wrappers = wrappers;
      }
      records.add(reader);
      reader.keep();
      lines++;
      at = end + 1;
    }
    records.flush(lineNumber + flushed);
    if (lines > 0) this.#isUseful = true;
    this.plainEnd = at;
    return lines;
  }

  #load(): void {
    this.#isLoaded = true;
    this.#lastNewline = this.#bytes.lastIndexOf(NEWLINE);
    this.#view = viewOf(this.#bytes);
    this.#records.startChunk(this.#bytes);
  }

  /** The end of the line, which the first reader has read then; -1 when none has. */
  #read(bytes: Buffer, start: number): number {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) {
      const reader = readers[i]!;
      const end = reader.read(bytes, this.#view, start);
      if (end < 0) continue;
      if (i > 0) {
        readers.copyWithin(1, 0, i);
        readers[0] = reader;
      }
      return end;
    }
    return -1;
  }
}
