/**
 * Gives each line of an input to the format that reads it. Formats are found by what the lines hold, line by line: a log may
 * begin with anything, mix formats, and change them. Wrappers are taken off first; where no format reads what is inside, the
 * layers around it are tried, since an application's JSON may look like a collector's.
 */
import type { LineHandler } from '../lines/scanner.ts';
import { type Peeled, Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import type { Options } from '../options.ts';
import type { Archive, Archived } from '../state/archive.ts';
import type { ScanMemory } from '../wasm/scan-memory.ts';
import type { Format, FormatParser, PlainParser } from './format.ts';
import { FORMATS, formatsFor } from './formats.ts';
import { type FormatMismatch, furthestMismatch } from './furthest-mismatch.ts';
import { OtherLines } from './other-lines.ts';
import { type RecognizerSink, StampedSink } from './stamped-sink.ts';

export type { RecognizerSink } from './stamped-sink.ts';

export interface RecognizerOptions extends Pick<Options, 'reading' | 'maxLineLength'> {
  /** Of a sink that wants to know which lines are of no format: all but requests come as text. */
  showsOtherLines?: boolean;
}

export class Recognizer implements LineHandler, Archived {
  readonly #sink: RecognizerSink;
  readonly #unwrapper: Unwrapper;
  #parsers: { format: Format; parser: FormatParser }[];
  /** So many of the parsers keep their places before the others. */
  readonly #explicit: number;
  readonly #fast: { format: Format; parser: FormatParser; plain: PlainParser } | undefined;
  /** Of the last lines that were read as bytes. */
  #plainEnd = 0;
  /** The present chunk; which of the parsers have been told of it. */
  #chunk: Buffer = Buffer.alloc(0);
  readonly #told = new Set<PlainParser>();
  /** What parsers see of the sink. */
  readonly #stamped: StampedSink;
  #wholeLine = '';
  readonly #maxLineLength: number;
  #lastLine = 0;
  /** Undefined where every line is to be read. */
  readonly #otherLines: OtherLines | undefined;
  readonly #memory: ScanMemory;

  /**
   * @param place of all lines, around what their wrappers say; see {@link Source.place}.
   * @param known the formats to choose from.
   * @throws UserError when the options of a format are wrong.
   */
  constructor(
    memory: ScanMemory,
    sink: RecognizerSink,
    options: RecognizerOptions,
    place = '',
    known: readonly Format[] = FORMATS,
  ) {
    this.#memory = memory;
    this.#sink = sink;
    this.#stamped = new StampedSink(sink, place);
    const { reading } = options;
    const formats = formatsFor(reading, known);
    const context = {
      memory,
      sink: this.#stamped,
      options: reading,
      maxLineLength: options.maxLineLength,
      wholeLine: () => this.#wholeLine,
    };
    this.#parsers = formats.map((format) => ({ format, parser: format.create(context) }));
    this.#maxLineLength = options.maxLineLength;
    this.#explicit = formats.filter(({ isExplicit }) => isExplicit).length;
    this.#unwrapper = new Unwrapper(WRAPPERS, options.maxLineLength);
    this.#fast = this.#parsers
      .flatMap(({ format, parser }) => (parser.plain ? [{ format, parser, plain: parser.plain }] : []))
      .at(0);
    if (!options.showsOtherLines) {
      const parsers = this.#parsers.map(({ parser }) => parser);
      this.#otherLines = OtherLines.of(memory, parsers, WRAPPERS, options.maxLineLength);
    }
  }

  startChunk(bytes: Buffer): void {
    this.#memory.forgetChunk();
    this.#chunk = bytes;
    this.#told.clear();
  }

  get plainEnd(): number {
    return this.#plainEnd;
  }

  /** Requests and the other lines between them, up to the first line that may be something else. */
  plainLines(start: number, lineNumber: number): number {
    this.#stamped.startPlain();
    let at = start;
    let lines = 0;
    for (;;) {
      const requests = this.#requests(at, lineNumber + lines);
      if (requests > 0) at = this.#plainEnd;
      const others = this.#passOthers(at);
      if (others > 0) at = this.#plainEnd;
      lines += requests + others;
      if (others === 0 || at === this.#chunk.length) break;
    }
    this.#plainEnd = at;
    return lines;
  }

  #requests(start: number, lineNumber: number): number {
    const repeated = this.#repeatedLines(start, lineNumber);
    if (repeated > 0 || this.#fast === undefined) return repeated;
    const { format, parser, plain } = this.#fast;
    this.#stamped.format = format.name;
    const lines = this.#plainLines(plain, start, lineNumber);
    // As if it had read them as text: where chunks end decides nothing.
    if (lines > 0) this.#prefer(this.#parsers.findIndex((entry) => entry.parser === parser));
    return lines;
  }

  /** Any line may be the end of one that was begun. */
  #passOthers(start: number): number {
    const otherLines = this.#otherLines;
    if (otherLines === undefined || start === this.#chunk.length || this.#unwrapper.unfinished > 0) return 0;
    const lines = otherLines.pass(this.#chunk, start);
    for (let i = 0; i < lines; i++) this.#sink.otherLine();
    this.#plainEnd = otherLines.end;
    return lines;
  }

  /** Lines that the parser which is asked first has learned to read, as long as no line before waits for its end. */
  #repeatedLines(start: number, lineNumber: number): number {
    const { format, parser } = this.#parsers[0]!;
    if (parser.repeated === undefined || this.#unwrapper.unfinished > 0) return 0;
    this.#stamped.format = format.name;
    this.#stamped.repeated = parser.repeated;
    try {
      return this.#plainLines(parser.repeated, start, lineNumber);
    } finally {
      this.#stamped.repeated = undefined;
    }
  }

  #plainLines(parser: PlainParser, start: number, lineNumber: number): number {
    if (!this.#told.has(parser)) {
      this.#told.add(parser);
      parser.startChunk(this.#chunk);
    }
    const lines = parser.plainLines(start, lineNumber);
    this.#plainEnd = parser.plainEnd;
    return lines;
  }

  textLine(line: string, lineNumber: number): void {
    const unwrapper = this.#unwrapper;
    const unfinished = unwrapper.unfinished;
    const peeled = unwrapper.peel(line);
    // The first piece of a line is counted when the line ends, or is given up.
    for (let pieces = unwrapper.unfinished; pieces < unfinished; pieces++) this.#sink.otherLine();
    if (peeled.length === 0 && unwrapper.unfinished <= unfinished) this.#sink.otherLine();
    for (const found of peeled) this.#offer(found, lineNumber);
    this.#lastLine = lineNumber;
  }

  /** The input has ended: lines that a wrapper had cut, and whose ends did not come, are read as they are. */
  finish(): void {
    for (const found of this.#unwrapper.finish()) this.#offer(found, this.#lastLine);
  }

  /** What the reading of later lines depends on; between lines. */
  transfer(archive: Archive): void {
    this.#unwrapper.transfer(archive);
    const order = archive.value(this.#parsers.map(({ format }) => format.name));
    const placeOf = ({ format }: { format: Format }) => order.indexOf(format.name);
    this.#parsers = this.#parsers.toSorted((a, b) => placeOf(a) - placeOf(b));
    for (const { parser } of this.#parsers) parser.transfer?.(archive);
    this.#lastLine = archive.value(this.#lastLine);
  }

  tooLongLine(lineNumber: number): void {
    this.#sink.malformed(lineNumber);
  }

  /** Of all formats, where a line got furthest, and with which; undefined when none can say. */
  mismatch(line: string): FormatMismatch | undefined {
    return furthestMismatch(this.#parsers, line, this.#maxLineLength);
  }

  #offer(found: Peeled, lineNumber: number): void {
    if (found.kind === 'lost') {
      this.#sink.event({ kind: 'lost-line', pid: found.pid }, this.#stamped.originOf(found.origin));
      this.#sink.malformed(lineNumber);
      return;
    }
    if (found.layers[0]!.text.length > this.#maxLineLength) {
      this.#sink.malformed(lineNumber);
      return;
    }
    this.#wholeLine = found.layers.at(-1)!.text;
    for (const layer of found.layers) {
      this.#stamped.startLayer(layer);
      if (this.#read(layer.text, lineNumber)) return;
    }
    this.#sink.otherLine();
  }

  /** Offers the text to all formats, first to the one that read the last line. */
  #read(text: string, lineNumber: number): boolean {
    for (const [i, entry] of this.#parsers.entries()) {
      this.#stamped.format = entry.format.name;
      if (!entry.parser.line(text, lineNumber)) continue;
      this.#prefer(i);
      return true;
    }
    return false;
  }

  /** The parser at this place read a line: it is asked first for the next one, behind those that keep their places. */
  #prefer(i: number): void {
    if (i <= this.#explicit) return;
    const [entry] = this.#parsers.splice(i, 1);
    if (entry) this.#parsers.splice(this.#explicit, 0, entry);
  }
}
