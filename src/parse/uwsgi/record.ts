/**
 * uWSGI's default request line as bytes, one grammar for every variant of it (2.0.x and 2.1): memory-report levels 1 and 2,
 * none, log-micros, `via sendfile()`, empty fields, the short form of lines over 4096 bytes. Source: uwsgi_logit_simple()
 * in core/logging.c.
 *
 *     {address space usage: V bytes/NMB} {rss usage: R bytes/NMB} [pid: P|app: A|req: a/b] ADDR (USER)
 *     {N vars in N bytes} [CTIME] METHOD URI => generated N bytes in N msecs via sendfile() (PROTO STATUS)
 *     N headers in N bytes (N switches on core C)                                                    (all on one line)
 *
 * ADDR, USER, METHOD, URI and PROTO hold whatever the client sent, unescaped. So the head is read from left to right and
 * the tail from right to left, each byte once; what is left between them is method and URI.
 *
 * The formats are here; the loops over the bytes are in src/wasm/assembly/record.ts.
 */
import type { ScanMemory } from '../../wasm/scan-memory.ts';
import type { Reading } from '../reading.ts';
import { fillFromRecord } from '../reading-of-record.ts';

/** `%d` is a number of digits, `%c` one that may also be negative or only a dash: then its value is -1. */
const FORMATS = [
  // %lld up to 2.0.21, hence %c for figures that cannot be negative.
  '{address space usage: %c bytes/%cMB} {rss usage: %d bytes/%dMB} ',
  '{uss usage: %d bytes/%dMB} {pss usage: %d bytes/%dMB} ',
  '[pid: %d|app: %c|req: ',
  '%c/%c] ',
  '[pid: ',
  '{%d vars in %c bytes} [',
  ' %d) %d headers in %d bytes (%d switches on core %d)',
  // Before 0.9.7.
  ' %d) %d headers in %d bytes (%d async switches on async core %d)',
  // Every form of what is between URI and PROTO, the usual first.
  ...['', 'via sendfile() ', 'via route() ', 'via offload() '].flatMap((via) =>
    ['msecs', 'micros'].map((unit) => ` => generated %d bytes in %d ${unit} ${via}(`),
  ),
];

/** Bytes of a log and where they lie in the scanner's memory. Positions are relative to their beginning. */
export interface LoadedBytes {
  bytes: Buffer;
  address: number;
}

export class RecordGrammar {
  readonly #memory: ScanMemory;
  readonly #reading: Reading;

  /** @param reading is filled by every call that succeeds. */
  constructor(memory: ScanMemory, reading: Reading) {
    this.#memory = memory;
    this.#reading = reading;
    for (const [i, format] of FORMATS.entries()) memory.writeFormat(i, format);
  }

  /**
   * Reads a record in [start, end) that a hostile client made ambiguous: text in PROTO that looks like another tail. The
   * request line a client sends is cut at its first space by uWSGI's own HTTP parser and the rest becomes PROTO, so the
   * first ` => generated ` that makes sense is the real one where the last one did not.
   */
  parseDoubtful(loaded: LoadedBytes, start: number, end: number): boolean {
    const { address } = loaded;
    return this.#memory.functions.parse(address + start, address + end, 1) === 1 && this.#fill(loaded);
  }

  /**
   * Reads memory, pid and counters at `start`: all that comes before anything a client can write (but for the address).
   * Returns the position behind `] `, or -1.
   */
  parseHead(loaded: LoadedBytes, start: number, end: number): number {
    const { address } = loaded;
    const behind = this.#memory.functions.parseHead(address + start, address + end);
    if (behind === 0) return -1;
    this.#fill(loaded);
    return behind - address;
  }

  #fill(loaded: LoadedBytes): true {
    this.fillFrom(loaded, this.#memory.fields, 0);
    return true;
  }

  /** Fills the reading from a record's columns, which begin at `at`. */
  fillFrom({ bytes, address }: LoadedBytes, fields: Float64Array, at: number): void {
    fillFromRecord(this.#reading, bytes, address, fields, at);
  }
}
