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
import {
  ascii,
  isDigit,
  numberAt,
  numberBefore,
  skipDigits,
  skipDigitsBack,
  skipLiteral,
  skipLiteralBack,
} from '../bytes.ts';
import { CTIME_LENGTH, CtimeReader } from '../ctime.ts';
import { ABSENT, type Reading } from '../reading.ts';

const VSZ = ascii('{address space usage: ');
const BYTES_SLASH = ascii(' bytes/');
const RSS = ascii('MB} {rss usage: ');
const USS = ascii('{uss usage: ');
const PSS = ascii('MB} {pss usage: ');
const MB = ascii('MB} ');
const PID = ascii('[pid: ');
const APP = ascii('|app: ');
const REQ = ascii('|req: ');
const SLASH_LITERAL = ascii('/');
const HEAD_END = ascii('] ');
const VARS_IN = ascii(' vars in ');
const BYTES_DATE = ascii(' bytes} [');
const ON_CORE = ascii(' switches on core ');
const BYTES_PAREN = ascii(' bytes (');
const HEADERS_IN = ascii(' headers in ');
const PAREN_SPACE = ascii(') ');
const MSECS = ascii(' msecs');
const MICROS = ascii(' micros');
const BYTES_IN = ascii(' bytes in ');
const ARROW = ascii(' => generated ');
const VIAS = [ascii(' via sendfile()'), ascii(' via route()'), ascii(' via offload()')];

const [OPEN_PAREN, CLOSE_PAREN, SPACE, DASH, OPEN_BRACE, OPEN_BRACKET] = [0x28, 0x29, 0x20, 0x2d, 0x7b, 0x5b];

export class RecordGrammar {
  readonly #dates = new CtimeReader();
  readonly #reading: Reading;
  /** Where parseTail* found the STATUS' field to begin, one past PROTO; see there. */
  #tailStart = 0;

  /** @param reading is filled by every successful call. */
  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /**
   * Reads [start, end) when it is one record from its first byte to its last and nothing in it is doubtful; the reading
   * is undefined after false. What this declines is the business of {@link parseDoubtful}.
   */
  parse(bytes: Buffer, start: number, end: number): boolean {
    const head = this.parseHead(bytes, start, end);
    if (head < 0) return false;
    const methodAt = this.#parseRequestHead(bytes, head, end);
    if (methodAt < 0) return false;
    const arrow = this.#parseTail(bytes, methodAt, end);
    return arrow >= 0 && this.#setRequest(bytes, methodAt, arrow) && !this.#uriHidesRecord(bytes);
  }

  /**
   * Reads a record in [start, end) that a hostile client made ambiguous: text in PROTO that looks like another tail. The
   * request line a client sends is cut at its first space by uWSGI's own HTTP parser and the rest becomes PROTO, so the
   * first ` => generated ` that makes sense is the real one where the last one did not.
   */
  parseDoubtful(bytes: Buffer, start: number, end: number): boolean {
    const head = this.parseHead(bytes, start, end);
    if (head < 0) return false;
    const methodAt = this.#parseRequestHead(bytes, head, end);
    if (methodAt < 0) return false;
    let arrow = this.#parseTail(bytes, methodAt, end);
    if (arrow < 0) arrow = this.#parseTailForward(bytes, methodAt, end);
    return arrow >= 0 && this.#setRequest(bytes, methodAt, arrow);
  }

  /**
   * Reads memory, pid and counters at `start`: all that comes before anything a client can write (but for the address).
   * Returns the position behind `] `, or -1.
   */
  parseHead(bytes: Buffer, start: number, end: number): number {
    const reading = this.#reading;
    reading.bytes = bytes;
    reading.vszBytes = reading.rssBytes = reading.ussBytes = reading.pssBytes = ABSENT;
    reading.core = reading.status = reading.time = ABSENT;
    reading.hasUri = false;
    let at = start;
    if (bytes[at] === OPEN_BRACE) {
      at = this.#parseMemory(bytes, start, end);
      if (at < 0) return -1;
    }
    at = skipDigits(bytes, skipLiteral(bytes, at, end, PID), end);
    reading.pid = numberBefore(bytes, at);
    at = skipCounter(bytes, skipLiteral(bytes, at, end, APP), end);
    reading.app = counterBefore(bytes, at);
    at = skipCounter(bytes, skipLiteral(bytes, at, end, REQ), end);
    reading.ownCount = counterBefore(bytes, at);
    at = skipCounter(bytes, skipLiteral(bytes, at, end, SLASH_LITERAL), end);
    reading.totalCount = counterBefore(bytes, at);
    return skipLiteral(bytes, at, end, HEAD_END);
  }

  /** `{address space usage: …} {rss usage: …} ` and, of memory-report 2, `{uss usage: …} {pss usage: …} `. */
  #parseMemory(bytes: Buffer, start: number, end: number): number {
    const reading = this.#reading;
    let at = skipLiteral(bytes, start, end, VSZ);
    // uWSGI up to 2.0.21 prints the address space with %lld.
    const negative = bytes[at] === DASH;
    at = skipDigits(bytes, negative ? at + 1 : at, end);
    reading.vszBytes = negative ? ABSENT : numberBefore(bytes, at);
    at = skipDigits(bytes, skipRounded(bytes, at, end, RSS), end);
    reading.rssBytes = numberBefore(bytes, at);
    at = skipRounded(bytes, at, end, MB);
    if (bytes[at] !== OPEN_BRACE) return at;
    at = skipDigits(bytes, skipLiteral(bytes, at, end, USS), end);
    reading.ussBytes = numberBefore(bytes, at);
    at = skipDigits(bytes, skipRounded(bytes, at, end, PSS), end);
    reading.pssBytes = numberBefore(bytes, at);
    return skipRounded(bytes, at, end, MB);
  }

  /** `ADDR (USER) {N vars in N bytes} [CTIME] `: the first place where the fixed part fits. Returns where METHOD begins. */
  #parseRequestHead(bytes: Buffer, head: number, end: number): number {
    for (let brace = head; brace < end; brace++) {
      if (bytes[brace] !== OPEN_BRACE || bytes[brace - 1] !== SPACE || bytes[brace - 2] !== CLOSE_PAREN) continue;
      let at = skipLiteral(bytes, skipDigits(bytes, brace + 1, end), end, VARS_IN);
      if (bytes[at] === DASH) at++;
      at = skipLiteral(bytes, skipDigits(bytes, at, end), end, BYTES_DATE);
      if (at < 0) continue;
      const behind = skipLiteral(bytes, at + CTIME_LENGTH, end, HEAD_END);
      if (behind < 0) continue;
      const time = this.#dates.read(bytes, at);
      if (Number.isNaN(time)) continue;
      this.#reading.time = time;
      return behind;
    }
    return -1;
  }

  /**
   * The tail from right to left, with a PROTO that no space is in. Returns the position of ` => generated `, or -1.
   */
  #parseTail(bytes: Buffer, start: number, end: number): number {
    if (!this.#parseTailEnd(bytes, start, end)) return -1;
    let at = this.#tailStart;
    while (at > start && isProtocolByte(bytes[at - 1]!)) at--;
    if (bytes[at - 1] !== OPEN_PAREN || bytes[at - 2] !== SPACE) return -1;
    at -= 2;
    if (bytes[at - 1] === CLOSE_PAREN) at = skipViaBack(bytes, start, at);
    let unit = skipLiteralBack(bytes, start, at, MSECS);
    if (unit < 0) unit = skipLiteralBack(bytes, start, at, MICROS);
    at = skipLiteralBack(bytes, start, skipDigitsBack(bytes, start, unit), BYTES_IN);
    return skipLiteralBack(bytes, start, skipDigitsBack(bytes, start, at), ARROW);
  }

  /** `STATUS) N headers in N bytes (N switches on core C)` up to `end`; sets where the text before it ends. */
  #parseTailEnd(bytes: Buffer, start: number, end: number): boolean {
    const reading = this.#reading;
    if (bytes[end - 1] !== CLOSE_PAREN) return false;
    let at = skipDigitsBack(bytes, start, end - 1);
    reading.core = numberAt(bytes, at);
    at = skipDigitsBack(bytes, start, skipLiteralBack(bytes, start, at, ON_CORE));
    at = skipDigitsBack(bytes, start, skipLiteralBack(bytes, start, at, BYTES_PAREN));
    at = skipDigitsBack(bytes, start, skipLiteralBack(bytes, start, at, HEADERS_IN));
    at = skipDigitsBack(bytes, start, skipLiteralBack(bytes, start, at, PAREN_SPACE));
    if (at < 0 || bytes[at - 1] !== SPACE) return false;
    reading.status = numberAt(bytes, at);
    this.#tailStart = at - 1;
    return true;
  }

  /** The first ` => generated N bytes in N msecs (` when the end of the record is sound; PROTO may hold anything. */
  #parseTailForward(bytes: Buffer, start: number, end: number): number {
    if (!this.#parseTailEnd(bytes, start, end)) return -1;
    const limit = this.#tailStart;
    for (let arrow = start; arrow < limit; arrow++) {
      if (bytes[arrow] !== SPACE) continue;
      let at = skipDigits(bytes, skipLiteral(bytes, arrow, limit, ARROW), limit);
      at = skipDigits(bytes, skipLiteral(bytes, at, limit, BYTES_IN), limit);
      let unit = skipLiteral(bytes, at, limit, MSECS);
      if (unit < 0) unit = skipLiteral(bytes, at, limit, MICROS);
      if (unit < 0) continue;
      for (const via of VIAS) {
        const behind = skipLiteral(bytes, unit, limit, via);
        if (behind >= 0) unit = behind;
      }
      if (bytes[unit] === SPACE && bytes[unit + 1] === OPEN_PAREN) return arrow;
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

  /** Whether a NUL (uWSGI writes one for the newline of a line of exactly 4096 bytes) or another head is in the URI. */
  #uriHidesRecord(bytes: Buffer): boolean {
    const { uriStart, uriEnd } = this.#reading;
    for (let at = uriStart; at < uriEnd; at++) {
      const byte = bytes[at]!;
      if (byte === 0 || (byte === OPEN_BRACKET && skipLiteral(bytes, at, uriEnd, PID) >= 0)) return true;
    }
    return false;
  }
}

/** ` bytes/NMB} ` and what follows up to the next figure. */
function skipRounded(bytes: Uint8Array, at: number, end: number, behind: Uint8Array): number {
  return skipLiteral(bytes, skipDigits(bytes, skipLiteral(bytes, at, end, BYTES_SLASH), end), end, behind);
}

/** A counter is a number, `-1`, or (in imitations of the default line by log-format) `-`. */
function skipCounter(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== DASH) return skipDigits(bytes, at, end);
  return at + 1 < end && isDigit(bytes[at + 1]!) ? skipDigits(bytes, at + 1, end) : at + 1;
}

/** The counter that ends right before `end`, or ABSENT for a negative one and none. */
function counterBefore(bytes: Uint8Array, end: number): number {
  if (end < 0 || bytes[end - 1] === DASH) return ABSENT;
  const value = numberBefore(bytes, end);
  return value === 1 && bytes[end - 2] === DASH ? ABSENT : value;
}

function skipViaBack(bytes: Uint8Array, start: number, end: number): number {
  for (const via of VIAS) {
    const at = skipLiteralBack(bytes, start, end, via);
    if (at >= 0) return at;
  }
  return end;
}

/** Letters, digits and the punctuation of `HTTP/1.1`, and `-` of the short form. */
function isProtocolByte(byte: number): boolean {
  return (byte >= 0x2d && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
