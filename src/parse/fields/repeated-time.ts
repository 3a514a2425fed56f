/** Times of lines that follow each other: mostly the minute is the one of the line before, and nothing needs to be parsed. */
import { ABSENT } from '../reading.ts';
import type { LogTime } from './time-value.ts';

/** `2026-11-23 20:50:35.123Z`: what stands before the seconds, and where they begin. */
const CLOCK = /^\d{4}[-/]\d\d[-/]\d\d[T _]\d\d:\d\d:/;
const SECONDS = 17;
const FRACTION = 20;
const NINE = 0x39;
const ZERO = 0x30;

export class RepeatedTime {
  /** Of the text read last; ABSENT when it was no time. */
  time: number = ABSENT;
  zoned = false;
  readonly #parse: (text: string) => LogTime | undefined;
  /** The text that was parsed, as bytes, and what came of it. */
  #text = Buffer.alloc(0);
  #parsed: LogTime | undefined;
  /** Its time without seconds and fraction, or NaN when it has another form. */
  #minute = Number.NaN;
  /** Behind its fraction, or its seconds when it has none. */
  #end = 0;

  constructor(parse: (text: string) => LogTime | undefined) {
    this.#parse = parse;
  }

  /** Reads the ASCII text in [start, end). */
  read(bytes: Buffer, start: number, end: number): void {
    const known = this.#text;
    const length = end - start;
    if (length !== known.length || length === 0) return this.#renew(bytes, start, end);
    const isClock = this.#minute === this.#minute;
    const fixed = isClock ? SECONDS : length;
    for (let i = 0; i < fixed; i++) if (bytes[start + i] !== known[i]) return this.#renew(bytes, start, end);
    if (!isClock) return this.#take(this.#parsed);
    for (let i = this.#end; i < length; i++) if (bytes[start + i] !== known[i]) return this.#renew(bytes, start, end);
    const milliseconds = this.#withinMinute(bytes, start);
    if (milliseconds < 0) return this.#renew(bytes, start, end);
    this.time = this.#minute + milliseconds;
  }

  /** Milliseconds of seconds and fraction; -1 where only parsing tells. */
  #withinMinute(bytes: Buffer, start: number): number {
    const tens = bytes[start + SECONDS]! - ZERO;
    const ones = bytes[start + SECONDS + 1]! - ZERO;
    if (tens < 0 || tens > 5 || ones < 0 || ones > 9) return -1;
    let milliseconds = (tens * 10 + ones) * 1000;
    if (this.#end < FRACTION) return milliseconds;
    if (bytes[start + FRACTION - 1] !== this.#text[FRACTION - 1]) return -1;
    let nines = 0;
    let scale = 100;
    for (let i = FRACTION; i < this.#end; i++) {
      const byte = bytes[start + i]!;
      if (byte < ZERO || byte > NINE) return -1;
      if (scale >= 1) milliseconds += (byte - ZERO) * scale;
      else if (byte === NINE) nines++;
      scale /= 10;
    }
    // So near to the next millisecond, rounding decides.
    const finer = this.#end - FRACTION - 3;
    return finer > 0 && nines >= Math.min(finer, 3) ? -1 : milliseconds;
  }

  #renew(bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('latin1', start, end);
    this.#text = Buffer.from(text, 'latin1');
    this.#parsed = this.#parse(text);
    this.#minute = Number.NaN;
    this.#take(this.#parsed);
    if (this.#parsed === undefined || !CLOCK.test(text)) return;
    const isFraction = text[FRACTION - 1] === '.' || text[FRACTION - 1] === ',';
    this.#end = FRACTION - 1;
    if (isFraction) for (this.#end = FRACTION; isDigit(text.charCodeAt(this.#end)); ) this.#end++;
    if (this.#end === FRACTION) return;
    const milliseconds = this.#withinMinute(this.#text, 0);
    if (milliseconds >= 0) this.#minute = this.#parsed.time - milliseconds;
  }

  #take(parsed: LogTime | undefined): void {
    this.time = parsed?.time ?? ABSENT;
    this.zoned = parsed?.zoned ?? false;
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
