/** What a log format has to offer: one file per format (or a folder), and one line in formats.ts. */
import type { Mark } from '../lines/mark.ts';
import type { ReadingOptions } from '../options.ts';
import type { Archive } from '../state/archive.ts';
import type { ScanMemory } from '../wasm/scan-memory.ts';
import type { LogSink } from './log-sink.ts';
import type { Mismatch } from './mismatch.ts';

export interface Format {
  /** As chosen with --input and shown in reports: "uwsgi". */
  name: string;
  /** What its lines are recognised by, for the report and for people: "[pid: …|app: …|req: …]". */
  recognisedBy: string;
  /** How to have its server log each worker's memory, as a clause: "set memory-report = 1 in uWSGI". */
  memoryAdvice?: string;
  /** Described by the user, so tried before what is only recognised. */
  isExplicit?: true;
  /** Whether it can be used without options that name it (a log-format string, a pattern). */
  isAvailable: (options: ReadingOptions) => boolean;
  /** A parser for one input. @throws UserError when its options are wrong. */
  create: (context: FormatContext) => FormatParser;
}

export interface FormatContext {
  memory: ScanMemory;
  /** Takes readings and events. Origin and time of a wrapper are added on the way: parsers leave both alone. */
  sink: LogSink;
  options: ReadingOptions;
  /** In characters, or bytes where lines are read as such. */
  maxLineLength: number;
  /** The present line as it stands in the log, its wrappers included: some say there what their lines do not. */
  wholeLine: () => string;
}

export interface FormatParser {
  /**
   * Reads a line without newline and wrappers. True: it is of this format, and the sink got it, exactly once per record.
   * False: the sink got nothing, and another format may try. Linear in the line's length, and quick to say no.
   */
  line: (text: string, lineNumber: number) => boolean;
  /**
   * One of these stands on every line of which `line` would say true, whatever came before; see lines/mark.ts. Left out where
   * there are none: then every line is read as text.
   */
  marks?: readonly Mark[];
  /** For a parser whose reading of a line depends on the lines before; see {@link Archive}. */
  transfer?: (archive: Archive) => void;
  /** Where a line stops being a request of this format, for `leakrank inspect`; undefined when it is one. Off the hot path. */
  mismatch?: (text: string) => Mismatch | undefined;
  /** Of a format that reads whole lines as bytes, without making strings. */
  plain?: PlainParser;
  /** Of a format that reads some lines of its own as bytes; asked only where its `line` would be the first. */
  repeated?: RepeatedParser;
}

/** As a plain parser, of lines which stand in the log as they are or behind a prefix that it knows itself. */
export interface RepeatedParser extends PlainParser {
  /** Names of the wrappers that the prefix of the record in hand is. */
  readonly wrappers: readonly string[];
}

/** See LineHandler; longer lines than the bound are declined. */
export interface PlainParser {
  startChunk: (bytes: Buffer) => void;
  plainLines: (start: number, lineNumber: number) => number;
  readonly plainEnd: number;
}
