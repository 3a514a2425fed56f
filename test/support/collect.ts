/** Runs bytes through scanner and parser and keeps what came out, as plain values. */
import { LineScanner } from '../../src/lines/scanner.ts';
import type { LogSink } from '../../src/parse/log-sink.ts';
import type { Reading } from '../../src/parse/reading.ts';
import { UwsgiParser } from '../../src/parse/uwsgi/parser.ts';
import type { WorkerEvent } from '../../src/parse/worker-event.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';

export interface SeenReading {
  line: number;
  pid: number;
  vsz: number;
  rss: number;
  uss: number;
  pss: number;
  app: number;
  own: number;
  total: number;
  core: number;
  status: number;
  time: number;
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
}

/** Every line ends in exactly one of these. */
export function countLines(seen: Seen): number {
  return seen.readings.length + seen.torn.length + seen.malformed.length + seen.otherLines;
}

export function snapshot(reading: Reading, line: number): SeenReading {
  return {
    line,
    pid: reading.pid,
    vsz: reading.vszBytes,
    rss: reading.rssBytes,
    uss: reading.ussBytes,
    pss: reading.pssBytes,
    app: reading.app,
    own: reading.ownCount,
    total: reading.totalCount,
    core: reading.core,
    status: reading.status,
    time: reading.time,
    method: reading.hasUri ? reading.method() : null,
    uri: reading.hasUri ? reading.uri() : null,
  };
}

export function collectingSink(): { sink: LogSink; seen: Seen } {
  const seen: Seen = { readings: [], torn: [], malformed: [], otherLines: 0, events: [] };
  const sink: LogSink = {
    reading: (reading, line) => void seen.readings.push(snapshot(reading, line)),
    tornReading: (reading, line) => void seen.torn.push([line, reading.pid, reading.rssBytes]),
    malformed: (line) => void seen.malformed.push(line),
    otherLine: () => void seen.otherLines++,
    event: (event) => void seen.events.push(event),
  };
  return { sink, seen };
}

/** @param chunks the log in the pieces it is to arrive in. */
export async function collect(
  chunks: Iterable<Uint8Array | string> | string | Buffer,
  maxLineLength = 2 ** 20,
): Promise<Seen> {
  const { sink, seen } = collectingSink();
  const scanner = new LineScanner(new UwsgiParser(new ScanMemory(), sink), maxLineLength);
  const pieces = typeof chunks === 'string' || Buffer.isBuffer(chunks) ? [chunks] : chunks;
  for (const piece of pieces) scanner.write(Buffer.from(piece));
  await scanner.end();
  return seen;
}
