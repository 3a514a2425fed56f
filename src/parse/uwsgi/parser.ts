/**
 * uWSGI logs with the default request line. Whole, plain lines are read as bytes where they lie; every other line comes
 * as text and is searched: a record may stand behind a prefix, behind output that lacks its newline, behind a NUL (which
 * uWSGI writes instead of the newline of a line of exactly 4096 bytes), or share a line with another record. Both ways end
 * in the one grammar of record.ts.
 */
import type { Mark } from '../../lines/mark.ts';
import { LAYOUT, type ScanMemory } from '../../wasm/scan-memory.ts';
import type { FormatParser, PlainParser } from '../format.ts';
import type { LogSink } from '../log-sink.ts';
import type { Mismatch } from '../mismatch.ts';
import { Reading } from '../reading.ts';
import type { WorkerEvent } from '../worker-event.ts';
import { parseLifecycle, UWSGI_MARKS } from './lifecycle.ts';
import { uwsgiMismatch } from './mismatch.ts';
import { type LoadedBytes, RecordGrammar } from './record.ts';

const PID = '[pid: ';
const MEMORY = '{address space usage: ';
const GENERATED = ' => generated ';
const TAIL = ' switches on ';
/** The memory report in front of `[pid: ` takes at most this many bytes: four figures of 20 digits twice, and words. */
const LONGEST_MEMORY = 400;

export class UwsgiParser implements FormatParser, PlainParser {
  readonly marks: readonly Mark[] = [PID, GENERATED, '\0', ...UWSGI_MARKS];
  plainEnd = 0;

  readonly #sink: LogSink;
  readonly #memory: ScanMemory;
  readonly #reading = new Reading();
  readonly #grammar: RecordGrammar;
  readonly #chunk: LoadedBytes = { bytes: Buffer.alloc(0), address: 0 };

  readonly #longest: number;

  /** @param longest longer lines are not read as bytes. */
  constructor(memory: ScanMemory, sink: LogSink, longest: number) {
    this.#longest = longest;
    this.#memory = memory;
    this.#sink = sink;
    this.#grammar = new RecordGrammar(memory, this.#reading);
  }

  startChunk(bytes: Buffer): void {
    this.#chunk.bytes = bytes;
    this.#chunk.address = this.#memory.loadChunk(bytes);
  }

  plainLines(start: number, lineNumber: number): number {
    const { bytes, address } = this.#chunk;
    const memory = this.#memory;
    const sink = this.#sink;
    const end = address + bytes.length;
    let at = address + start;
    let lines = 0;
    for (let isFull = true; isFull; ) {
      const count = memory.functions.scan(at, end, this.#longest, memory.paths);
      for (let i = 0; i < count; i++) {
        i += sink.usual?.(memory.records, i, count) ?? 0;
        if (i === count) break;
        this.#grammar.fillFrom(this.#chunk, memory.records, i * LAYOUT.record);
        sink.reading(this.#reading, lineNumber + lines + i);
      }
      lines += count;
      at = memory.scanned;
      isFull = count === LAYOUT.mostRecords;
    }
    this.plainEnd = at - address;
    return lines;
  }

  get plain(): PlainParser {
    return this;
  }

  line(line: string, lineNumber: number): boolean {
    if (!line.includes('\0')) return this.#part(line, lineNumber);
    for (const part of line.split('\0')) if (!this.#part(part, lineNumber)) this.#sink.otherLine();
    return true;
  }

  mismatch(text: string): Mismatch | undefined {
    return uwsgiMismatch(text);
  }

  /** One line, or what stands between NULs. False when there is nothing of uWSGI in it. */
  #part(text: string, lineNumber: number): boolean {
    const withoutReturn = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (!text.includes(PID)) {
      const event = parseLifecycle(withoutReturn);
      if (event) return this.#event(event);
      // The end of a record whose URI holds a newline, or whose head was lost.
      if (!text.includes(TAIL) || !text.includes(GENERATED)) return false;
      this.#sink.malformed(lineNumber);
      return true;
    }
    const bytes = Buffer.from(text, 'utf8');
    const line: LoadedBytes = { bytes, address: this.#memory.loadText(bytes) };
    const heads = this.#heads(line);
    if (heads.length === 0) {
      const event = parseLifecycle(withoutReturn);
      return event !== undefined && this.#event(event);
    }
    for (const [i, head] of heads.entries()) this.#record(line, head, heads[i + 1] ?? bytes.length, lineNumber);
    return true;
  }

  #event(event: WorkerEvent): true {
    this.#sink.event(event);
    this.#sink.otherLine();
    return true;
  }

  /** Where the records of a line begin. */
  #heads(line: LoadedBytes): number[] {
    const { bytes } = line;
    const heads: number[] = [];
    let from = 0;
    for (;;) {
      const pid = bytes.indexOf(PID, from, 'latin1');
      if (pid < 0) return heads;
      const behind = this.#grammar.parseHead(line, pid, bytes.length);
      if (behind < 0) {
        from = pid + PID.length;
        continue;
      }
      heads.push(this.#memoryBefore(line, pid, from));
      from = behind;
    }
  }

  /** The start of the memory report that ends right before `pid`, or `pid` itself. */
  #memoryBefore(line: LoadedBytes, pid: number, from: number): number {
    const { bytes } = line;
    const memory = bytes.subarray(Math.max(from, pid - LONGEST_MEMORY), pid).lastIndexOf(MEMORY, undefined, 'latin1');
    if (memory < 0) return pid;
    const at = Math.max(from, pid - LONGEST_MEMORY) + memory;
    return this.#grammar.parseHead(line, at, bytes.length) > pid ? at : pid;
  }

  #record(line: LoadedBytes, start: number, limit: number, lineNumber: number): void {
    const { bytes } = line;
    const tail = bytes.subarray(start, limit).lastIndexOf(TAIL, undefined, 'latin1');
    const close = tail < 0 ? -1 : bytes.indexOf(0x29, start + tail);
    if (close >= 0 && close < limit && this.#grammar.parseDoubtful(line, start, close + 1)) {
      this.#sink.reading(this.#reading, lineNumber);
    } else {
      // Torn, but the memory and the worker are known: the growth until here is not the next request's.
      this.#grammar.parseHead(line, start, limit);
      this.#sink.tornReading(this.#reading, lineNumber);
    }
  }
}
