/** Runs bytes through scanner and parser and keeps what came out, as plain values. */
import { LineScanner } from '../../src/lines/scanner.ts';
import { type AnalyzeOptions, resolveOptions } from '../../src/options.ts';
import type { Reading, ReadingKind } from '../../src/parse/reading.ts';
import { Recognizer, type RecognizerSink } from '../../src/parse/recognizer.ts';
import type { WorkerEvent } from '../../src/parse/worker-event.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';

export interface SeenReading {
  line: number;
  pid: number;
  vsz: number;
  rss: number;
  uss: number;
  pss: number;
  heap: number;
  delta: number;
  kind: ReadingKind;
  app: number;
  own: number;
  total: number;
  core: number;
  status: number;
  time: number;
  origin: string;
  workerName: string;
  routeName: string;
  /** Null where the line holds no URI. */
  method: string | null;
  uri: string | null;
}

export interface Seen {
  readings: SeenReading[];
  /** Of damaged lines: line number, pid, rss. */
  torn: [line: number, pid: number, rss: number][];
  malformed: number[];
  otherLines: number;
  events: WorkerEvent[];
  /** Texts of origins, by number. */
  origins: string[];
}

/** Every line ends in exactly one of these. */
export function countLines(seen: Seen): number {
  return seen.readings.length + seen.torn.length + seen.malformed.length + seen.otherLines;
}

export function snapshot(reading: Reading, line: number, origins: readonly string[] = ['']): SeenReading {
  return {
    line,
    pid: reading.pid,
    vsz: reading.vszBytes,
    rss: reading.rssBytes,
    uss: reading.ussBytes,
    pss: reading.pssBytes,
    heap: reading.heapBytes,
    delta: reading.deltaBytes,
    kind: reading.kind,
    app: reading.app,
    own: reading.ownCount,
    total: reading.totalCount,
    core: reading.core,
    status: reading.status,
    time: reading.time,
    origin: origins[reading.origin] ?? '',
    workerName: reading.workerName,
    routeName: reading.routeName,
    method: reading.hasUri ? reading.method() : null,
    uri: reading.hasUri ? reading.uri() : null,
  };
}

export function collectingSink(): { sink: RecognizerSink; seen: Seen } {
  const seen: Seen = { readings: [], torn: [], malformed: [], otherLines: 0, events: [], origins: [''] };
  const sink: RecognizerSink = {
    originOf: (name) => {
      const known = seen.origins.indexOf(name);
      return known < 0 ? seen.origins.push(name) - 1 : known;
    },
    recognised: () => {},
    reading: (reading, line) => void seen.readings.push(snapshot(reading, line, seen.origins)),
    tornReading: (reading, line) => void seen.torn.push([line, reading.pid, reading.rssBytes]),
    malformed: (line) => void seen.malformed.push(line),
    otherLine: () => void seen.otherLines++,
    event: (event) => void seen.events.push(event),
  };
  return { sink, seen };
}

/** Lines of every format, to a sink. */
export function recognizer(sink: RecognizerSink, options: AnalyzeOptions = {}): Recognizer {
  return new Recognizer(new ScanMemory(), sink, resolveOptions(options));
}

/** @param chunks the log in the pieces it is to arrive in. */
export async function collect(
  chunks: Iterable<Uint8Array | string> | string | Buffer,
  maxLineLength = 2 ** 20,
): Promise<Seen> {
  const { sink, seen } = collectingSink();
  const handler = recognizer(sink, { maxLineLength });
  const scanner = new LineScanner(handler, maxLineLength);
  const pieces = typeof chunks === 'string' || Buffer.isBuffer(chunks) ? [chunks] : chunks;
  for (const piece of pieces) scanner.write(Buffer.from(piece));
  await scanner.end();
  handler.finish();
  return seen;
}
