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
 */
import { CTIME_LENGTH, CtimeReader } from '../ctime.ts';
import { type Bytes, match, matchBack, pattern } from '../pattern.ts';
import { ABSENT, type Reading } from '../reading.ts';

// %lld up to 2.0.21, hence the counters for figures that cannot be negative.
const MEMORY = pattern('{address space usage: %c bytes/%cMB} {rss usage: %d bytes/%dMB} ');
const OWN_MEMORY = pattern('{uss usage: %d bytes/%dMB} {pss usage: %d bytes/%dMB} ');
const PROCESS = pattern('[pid: %d|app: %c|req: %c/%c] ');
const PID = pattern('[pid: ');
const VARS = pattern('{%d vars in %c bytes} [');
const TAIL_END = pattern(' %d) %d headers in %d bytes (%d switches on core %d)');
/** Every form of what is between URI and PROTO, the usual first. */
const GENERATED = ['', 'via sendfile() ', 'via route() ', 'via offload() '].flatMap((via) =>
  ['msecs', 'micros'].map((unit) => pattern(` => generated %d bytes in %d ${unit} ${via}(`)),
);

const [OPEN_PAREN, CLOSE_PAREN, SPACE, DASH] = [0x28, 0x29, 0x20, 0x2d];
const [OPEN_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x5b, 0x5d];

export class RecordGrammar {
  readonly #reading: Reading;
  readonly #dates = new CtimeReader();
  readonly #values = new Float64Array(8);
  /** What stands for the client's address and user may be the head of another record, behind a torn one. */
  #addressHidesRecord = false;
  #bytes: Bytes = { bytes: new Uint8Array(0), view: new DataView(new ArrayBuffer(0)) };

  /** @param reading is filled by every successful call. */
  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /**
   * Reads [start, end) when it is one record from its first byte to its last and nothing in it is doubtful; the reading
   * is undefined after false. What this declines is the business of {@link parseDoubtful}.
   */
  parse(bytes: Buffer, start: number, end: number): boolean {
    const request = this.#parseRequestHead(bytes, this.parseHead(bytes, start, end), end);
    if (request < 0 || this.#addressHidesRecord) return false;
    const protocolEnd = this.#parseTailEnd(request, end);
    const arrow = this.#parseGenerated(bytes, request, protocolEnd);
    return arrow >= 0 && this.#setRequest(bytes, request, arrow) && !this.#hidesRecord(bytes, request, arrow);
  }

  /**
   * Reads a record in [start, end) that a hostile client made ambiguous: text in PROTO that looks like another tail. The
   * request line a client sends is cut at its first space by uWSGI's own HTTP parser and the rest becomes PROTO, so the
   * first ` => generated ` that makes sense is the real one where the last one did not.
   */
  parseDoubtful(bytes: Buffer, start: number, end: number): boolean {
    const request = this.#parseRequestHead(bytes, this.parseHead(bytes, start, end), end);
    if (request < 0) return false;
    const protocolEnd = this.#parseTailEnd(request, end);
    let arrow = this.#parseGenerated(bytes, request, protocolEnd);
    if (arrow < 0) arrow = this.#findGenerated(bytes, request, protocolEnd);
    return arrow >= 0 && this.#setRequest(bytes, request, arrow);
  }

  /**
   * Reads memory, pid and counters at `start`: all that comes before anything a client can write (but for the address).
   * Returns the position behind `] `, or -1.
   */
  parseHead(bytes: Buffer, start: number, end: number): number {
    const reading = this.#reading;
    if (this.#bytes.bytes !== bytes) {
      this.#bytes = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
      reading.bytes = bytes;
    }
    const values = this.#values;
    reading.vszBytes = reading.rssBytes = reading.ussBytes = reading.pssBytes = ABSENT;
    reading.core = reading.status = reading.time = ABSENT;
    reading.hasUri = false;
    let at = start;
    if (bytes[at] === OPEN_BRACE) {
      at = match(this.#bytes, at, end, MEMORY, values);
      if (at < 0) return -1;
      reading.vszBytes = values[0]!;
      reading.rssBytes = values[2]!;
      if (bytes[at] === OPEN_BRACE) {
        at = match(this.#bytes, at, end, OWN_MEMORY, values);
        if (at < 0) return -1;
        reading.ussBytes = values[0]!;
        reading.pssBytes = values[2]!;
      }
    }
    at = match(this.#bytes, at, end, PROCESS, values);
    reading.pid = values[0]!;
    reading.app = values[1]!;
    reading.ownCount = values[2]!;
    reading.totalCount = values[3]!;
    return at;
  }

  /** `ADDR (USER) {N vars in N bytes} [CTIME] `: the first place where the fixed part fits. Returns where METHOD begins. */
  #parseRequestHead(bytes: Buffer, head: number, end: number): number {
    this.#addressHidesRecord = false;
    if (head < 0) return -1;
    for (let brace = head; brace < end; brace++) {
      if (this.#beginsRecord(bytes, brace, end)) this.#addressHidesRecord = true;
      if (bytes[brace] !== OPEN_BRACE || bytes[brace - 1] !== SPACE || bytes[brace - 2] !== CLOSE_PAREN) continue;
      const date = match(this.#bytes, brace, end, VARS, this.#values);
      const behind = date + CTIME_LENGTH;
      if (date < 0 || behind + 2 > end || bytes[behind] !== CLOSE_BRACKET || bytes[behind + 1] !== SPACE) continue;
      const time = this.#dates.read(this.#bytes, date);
      if (Number.isNaN(time)) continue;
      this.#reading.time = time;
      return behind + 2;
    }
    return -1;
  }

  /** ` STATUS) N headers in N bytes (N switches on core C)` up to `end`. Returns where PROTO ends, or -1. */
  #parseTailEnd(start: number, end: number): number {
    const at = matchBack(this.#bytes, start, end, TAIL_END, this.#values);
    this.#reading.status = this.#values[0]!;
    this.#reading.core = this.#values[4]!;
    return at;
  }

  /** ` => generated N bytes in N msecs (PROTO` from right to left, with a PROTO that is one. Returns where it begins, or -1. */
  #parseGenerated(bytes: Buffer, start: number, end: number): number {
    let at = end;
    while (at > start && isProtocolByte(bytes[at - 1]!)) at--;
    if (at <= start || bytes[at - 1] !== OPEN_PAREN) return -1;
    for (const form of GENERATED) {
      const arrow = matchBack(this.#bytes, start, at, form, this.#values);
      if (arrow >= 0) return arrow;
    }
    return -1;
  }

  /** The first ` => generated N bytes in N msecs (` in [start, end). */
  #findGenerated(bytes: Buffer, start: number, end: number): number {
    for (let arrow = start; arrow < end; arrow++) {
      if (bytes[arrow] !== SPACE || bytes[arrow + 1] !== 0x3d) continue;
      for (const form of GENERATED) {
        if (match(this.#bytes, arrow, end, form, this.#values) >= 0) return arrow;
      }
    }
    return -1;
  }

  /** Splits [start, arrow) into METHOD and URI; false when there is no space between them. */
  #setRequest(bytes: Buffer, start: number, arrow: number): boolean {
    const reading = this.#reading;
    let at = start;
    while (at < arrow && bytes[at] !== SPACE) at++;
    // An empty URI leaves `GET ` before ` => generated `.
    if (at === arrow) return false;
    reading.methodStart = start;
    reading.methodEnd = at;
    reading.uriStart = at + 1;
    reading.uriEnd = arrow;
    // The short form of a line over 4096 bytes has `-` for both.
    reading.hasUri = !(at === start + 1 && bytes[start] === DASH && arrow === at + 2 && bytes[at + 1] === DASH);
    return true;
  }

  #hidesRecord(bytes: Buffer, start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#beginsRecord(bytes, at, end)) return true;
    return false;
  }

  /** Whether a NUL (uWSGI writes one for the newline of a line of exactly 4096 bytes) or another head is at `at`. */
  #beginsRecord(bytes: Buffer, at: number, end: number): boolean {
    const byte = bytes[at]!;
    return byte === 0 || (byte === OPEN_BRACKET && match(this.#bytes, at, end, PID, this.#values) >= 0);
  }
}

/** Letters, digits and the punctuation of `HTTP/1.1`, and `-` of the short form. */
function isProtocolByte(byte: number): boolean {
  return (byte >= 0x2d && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
