/** What stands in the slots of the line that a {@link Shape} found last. */

import { SMALLEST_PROCESS } from '../../fields/rules.ts';
import { ABSENT } from '../../reading.ts';
import type { Figure, Place } from './meaning.ts';
import type { Shape } from './shape.ts';

/** No value as mostly stands there: JSON.parse has to read the line. */
export const UNREAD = -2;

const DASH = 0x2d;
const ZERO = 0x30;
const TENS = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);
/** JavaScript prints smaller numbers with an exponent. */
const LEAST_DECIMAL = 1e-6;

export class SlotValues {
  /** Of the figure read last: what it is a multiple of. */
  quantumBytes = 1;
  readonly #shape: Shape;
  readonly #first: number;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#first = shape.firstSlot;
  }

  start({ slot }: Place): number {
    return this.#shape.starts[slot + this.#first]!;
  }

  end({ slot }: Place): number {
    return this.#shape.ends[slot + this.#first]!;
  }

  /** A dash stands for what is not there. */
  isDash(place: Place, bytes: Buffer): boolean {
    const start = this.start(place);
    return bytes[start] === DASH && this.end(place) === start + 1;
  }

  /** '' when it is not there. */
  text(place: Place, bytes: Buffer): string {
    return this.isDash(place, bytes) ? '' : bytes.toString('latin1', this.start(place), this.end(place));
  }

  /** A number, or text that is one, of up to `most` digits and without decimals; or UNREAD. */
  whole(place: Place, bytes: Buffer, most: number): number {
    if (place.kind === 'text') return this.#digits(this.start(place), this.end(place), bytes, most);
    const slot = place.slot + this.#first;
    const { plain, decimals, digits } = this.#shape;
    return plain[slot] === 1 && decimals[slot] === 0 ? digits[slot]! : UNREAD;
  }

  /** Any number. */
  number(place: Place, bytes: Buffer): number {
    const slot = place.slot + this.#first;
    const { plain, decimals, digits } = this.#shape;
    return plain[slot] === 1
      ? digits[slot]! / TENS[decimals[slot]!]!
      : Number(bytes.toString('latin1', this.start(place), this.end(place)));
  }

  /** A memory figure as parseByteSize reads it; ABSENT where the line has none, or UNREAD. */
  bytes(figure: Figure | undefined): number {
    if (figure === undefined) return ABSENT;
    const { unitBytes, isDoubtful } = figure;
    const slot = figure.slot + this.#first;
    if (this.#shape.plain[slot] === 0) return UNREAD;
    let digits = this.#shape.digits[slot]!;
    let decimals = this.#shape.decimals[slot]!;
    for (; decimals > 0 && digits % 10 === 0; decimals--) digits /= 10;
    const value = digits / TENS[decimals]!;
    if (value !== 0 && value < LEAST_DECIMAL) return UNREAD;
    const bytes = Math.round(value * unitBytes);
    if (bytes > Number.MAX_SAFE_INTEGER) return UNREAD;
    if (isDoubtful && bytes > 0 && bytes < SMALLEST_PROCESS) return UNREAD;
    this.quantumBytes = Math.max(1, Math.round(unitBytes / TENS[decimals]!));
    return bytes;
  }

  #digits(start: number, end: number, bytes: Buffer, most: number): number {
    if (start === end || end - start > most) return UNREAD;
    let number = 0;
    for (let at = start; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return UNREAD;
      number = number * 10 + digit;
    }
    return number;
  }
}
