/**
 * Gives each line of an input to the format that reads it. Formats are found by what the lines hold, line by line: a log may
 * begin with anything, mix formats, and change them. Wrappers are taken off first; where no format reads what is inside, the
 * layers around it are tried, since an application's JSON may look like a collector's.
 */
import type { LineHandler } from '../lines/scanner.ts';
import { Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import type { Options } from '../options.ts';
import type { ScanMemory } from '../wasm/scan-memory.ts';
import type { Format, FormatParser } from './format.ts';
import { FORMATS } from './formats.ts';
import type { LogSink } from './log-sink.ts';
import { ABSENT, type Reading } from './reading.ts';
import type { WorkerEvent } from './worker-event.ts';

/** The sink of an analysis, which also learns how each reading was come by. */
export interface RecognizerSink extends LogSink {
  /** A number for the origin of lines, the same for the same text in all inputs of an analysis; 0 for ''. */
  originOf: (name: string) => number;
  /** What the following reading was recognised as. */
  recognised: (format: string, wrappers: readonly string[]) => void;
}

const NO_WRAPPERS: readonly string[] = [];

export class Recognizer implements LineHandler {
  readonly #sink: RecognizerSink;
  readonly #unwrapper: Unwrapper;
  readonly #parsers: { format: Format; parser: FormatParser }[];
  /** So many of the parsers keep their places before the others. */
  readonly #explicit: number;
  readonly #fast: FormatParser | undefined;
  readonly #fastName: string;
  /** Where the present line came from. */
  #format = '';
  #wrappers = NO_WRAPPERS;
  #origin = 0;
  #time: number = ABSENT;
  #zoned = false;

  /** @throws UserError when the options of a format are wrong. */
  constructor(memory: ScanMemory, sink: RecognizerSink, options: Pick<Options, 'reading' | 'maxLineLength'>) {
    this.#sink = sink;
    const { reading } = options;
    const formats = FORMATS.filter(({ name, isAvailable }) =>
      reading.format === undefined ? isAvailable(reading) : name === reading.format,
    );
    const context = { memory, sink: this.#stamped(), options: reading };
    this.#parsers = formats.map((format) => ({ format, parser: format.create(context) }));
    this.#explicit = formats.filter(({ isExplicit }) => isExplicit).length;
    this.#unwrapper = new Unwrapper(WRAPPERS, options.maxLineLength);
    const fast = this.#parsers.find(({ parser }) => parser.plainLine !== undefined);
    this.#fast = fast?.parser;
    this.#fastName = fast?.format.name ?? '';
  }

  startChunk(bytes: Buffer): void {
    this.#fast?.startChunk?.(bytes);
  }

  plainLine(bytes: Buffer, start: number, end: number, lineNumber: number): boolean {
    if (this.#fast === undefined) return false;
    this.#format = this.#fastName;
    this.#wrappers = NO_WRAPPERS;
    this.#origin = 0;
    this.#time = ABSENT;
    return this.#fast.plainLine!(bytes, start, end, lineNumber);
  }

  textLine(line: string, lineNumber: number): void {
    for (const { text, origin, time, zoned, wrappers } of this.#unwrapper.layers(line)) {
      this.#wrappers = wrappers;
      this.#origin = this.#sink.originOf(origin);
      this.#time = time;
      this.#zoned = zoned;
      if (this.#read(text, lineNumber)) return;
    }
    this.#sink.otherLine();
  }

  tooLongLine(lineNumber: number): void {
    this.#sink.malformed(lineNumber);
  }

  /** Offers the text to all formats, first to the one that read the last line. */
  #read(text: string, lineNumber: number): boolean {
    for (const [i, entry] of this.#parsers.entries()) {
      this.#format = entry.format.name;
      if (!entry.parser.line(text, lineNumber)) continue;
      if (i > this.#explicit) {
        this.#parsers.splice(i, 1);
        this.#parsers.splice(this.#explicit, 0, entry);
      }
      return true;
    }
    return false;
  }

  /** The sink that parsers see: it adds what wrappers said. */
  #stamped(): LogSink {
    const sink = this.#sink;
    const stamp = (reading: Reading) => {
      reading.origin = this.#origin;
      // The wrapper's clock names its zone; a server's own mostly does not.
      if (this.#time !== ABSENT && (this.#zoned || reading.time === ABSENT)) {
        reading.time = this.#time;
        reading.zoned = this.#zoned;
      }
      sink.recognised(this.#format, this.#wrappers);
    };
    return {
      reading: (reading, lineNumber) => {
        stamp(reading);
        sink.reading(reading, lineNumber);
      },
      tornReading: (reading, lineNumber) => {
        stamp(reading);
        sink.tornReading(reading, lineNumber);
      },
      malformed: (lineNumber) => sink.malformed(lineNumber),
      otherLine: () => sink.otherLine(),
      event: (event: WorkerEvent) => sink.event(event, this.#origin),
    };
  }
}
