/** C's ctime(3) form, `Mon Nov 23 20:50:35 2026`: 24 bytes, English names whatever the locale, no zone. */
import type { Bytes } from './pattern.ts';

export const CTIME_LENGTH = 24;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The milliseconds since 1970 of the ctime at `at`, taken as UTC since the form names no zone; NaN when it is none.
 * The caller sees to it that 24 bytes stand there.
 */
export function parseCtime(bytes: Uint8Array, at: number): number {
  const month = MONTHS.indexOf(String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!, bytes[at + 6]!));
  const day = pair(bytes, at + 8);
  const hour = pair(bytes, at + 11);
  const minute = pair(bytes, at + 14);
  const second = pair(bytes, at + 17);
  const year = pair(bytes, at + 20) * 100 + pair(bytes, at + 22);
  if (month < 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return Date.UTC(year, month, day, hour, minute, second);
}

/** Two digits, the first of which may be a space (ctime pads the day so); NaN otherwise. */
function pair(bytes: Uint8Array, at: number): number {
  const high = bytes[at] === 0x20 ? 0 : bytes[at]! - 0x30;
  const low = bytes[at + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
}

/** Reads one ctime per line at the price of comparing 24 bytes: lines of one second follow each other. */
export class CtimeReader {
  readonly #last = new Int32Array(CTIME_LENGTH / 4);
  #lastTime = Number.NaN;

  /** As {@link parseCtime}. */
  read({ bytes, view }: Bytes, at: number): number {
    const last = this.#last;
    // From the end: the seconds differ first.
    let i = last.length - 1;
    while (i >= 0 && view.getInt32(at + 4 * i, true) === last[i]) i--;
    if (i >= 0) {
      for (i = 0; i < last.length; i++) last[i] = view.getInt32(at + 4 * i, true);
      this.#lastTime = parseCtime(bytes, at);
    }
    return this.#lastTime;
  }
}
