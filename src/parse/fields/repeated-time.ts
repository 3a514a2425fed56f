/** Times of lines that follow each other: mostly the minute is the one of the line before, and nothing needs to be parsed. */
import { ABSENT } from '../reading.ts';
import type { LogTime } from './time-value.ts';

/** What stands before the seconds: `2026-11-23 20:50:`, `[23/Nov/2026:20:50:`, `Mon Nov 23 20:50:`. */
const CLOCKS = [
  /^\d{4}[-/]\d\d[-/]\d\d[T _]\d\d:\d\d:/,
  /^\[?\d\d[/-][A-Z][a-z]{2}[/-]\d{4}[: ]\d\d:\d\d:/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:/,
];
const ZERO = 0x30;
const NOT_REPEATED = -1;

export class RepeatedTime {
  /** Of the text read last; ABSENT when it was no time. */
  time: number = ABSENT;
  zoned = false;
  readonly #parse: (text: string) => LogTime | undefined;
  /** The text that was parsed. */
  #text = Buffer.alloc(0);
  /** Its time without seconds and fraction, where its minute is the same as long as its other bytes are. */
  #minute = 0;
  #hasMinute = false;
  /** Where its seconds begin, and behind its fraction, or its seconds when it has none. */
  #seconds = 0;
  #end = 0;

  constructor(parse: (text: string) => LogTime | undefined) {
    this.#parse = parse;
  }

  /** Reads the ASCII text in [start, end). */
  read(bytes: Buffer, start: number, end: number): void {
    const milliseconds = end - start === this.#text.length ? this.#sinceMinute(bytes, start) : NOT_REPEATED;
    if (milliseconds === NOT_REPEATED) this.#renew(bytes.toString('latin1', start, end));
    else if (this.#hasMinute) this.time = this.#minute + milliseconds;
  }

  /** Seconds and fraction in milliseconds, of a text like the last one but for them. */
  #sinceMinute(bytes: Buffer, start: number): number {
    const text = this.#text;
    const { length } = text;
    const fixed = this.#hasMinute ? this.#seconds : length;
    for (let i = 0; i < fixed; i++) if (bytes[start + i] !== text[i]) return NOT_REPEATED;
    if (!this.#hasMinute) return 0;
    for (let i = this.#end; i < length; i++) if (bytes[start + i] !== text[i]) return NOT_REPEATED;
    return this.#clock(bytes, start);
  }

  #clock(bytes: Buffer, start: number): number {
    const at = this.#seconds;
    const tens = bytes[start + at]! - ZERO;
    const ones = bytes[start + at + 1]! - ZERO;
    if (tens < 0 || tens > 5 || ones < 0 || ones > 9) return NOT_REPEATED;
    let milliseconds = (tens * 10 + ones) * 1000;
    const first = at + 3;
    if (this.#end < first) return milliseconds;
    if (bytes[start + first - 1] !== this.#text[first - 1]) return NOT_REPEATED;
    let nines = 0;
    let scale = 100;
    for (let i = first; i < this.#end; i++) {
      const digit = bytes[start + i]! - ZERO;
      if (digit < 0 || digit > 9) return NOT_REPEATED;
      if (scale >= 1) milliseconds += digit * scale;
      else if (digit === 9) nines++;
      scale /= 10;
    }
    // So near to the next millisecond, rounding decides.
    const finer = this.#end - first - 3;
    return finer > 0 && nines >= Math.min(finer, 3) ? NOT_REPEATED : milliseconds;
  }

  #renew(text: string): void {
    const parsed = this.#parse(text);
    this.#text = Buffer.from(text, 'latin1');
    this.time = parsed?.time ?? ABSENT;
    this.zoned = parsed?.zoned ?? false;
    this.#hasMinute = false;
    if (parsed === undefined) return;
    const clock = CLOCKS.map((form) => form.exec(text)?.[0].length ?? 0).find((length) => length > 0);
    if (clock === undefined) return;
    this.#seconds = clock;
    this.#end = clock + 2;
    const mark = text[this.#end];
    if (mark === '.' || mark === ',') {
      this.#end++;
      while (isDigit(text.charCodeAt(this.#end))) this.#end++;
      if (this.#end === clock + 3) return;
    }
    const milliseconds = this.#clock(this.#text, 0);
    this.#hasMinute = milliseconds !== NOT_REPEATED;
    this.#minute = parsed.time - milliseconds;
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}
