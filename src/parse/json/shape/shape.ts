/** Lines of one form, found again as bytes: what a {@link Skeleton} says stays the same has to be there, to the byte. */

import { endOfAscii, endOfBoolean, endOfDigits, endOfText, NumberScan } from '../../scalar-bytes.ts';
import type { Prefix } from './prefix.ts';
import type { Skeleton } from './skeleton.ts';

/** What may stand in a slot; `ascii`: a text that is needed. */
const KINDS = { text: 0, ascii: 1, number: 2, boolean: 3, pid: 4, stamp: 5 } as const;
type Kind = keyof typeof KINDS;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const CLOSE = 0x5d;
/** gunicorn-log.ts takes no more. */
const MOST_PID_DIGITS = 10;
const LONG = 31;

export class Shape {
  /** Slots of the prefix stand before those of the object. */
  readonly prefix: Prefix;
  readonly skeleton: Skeleton;
  /** The same for the same form. */
  readonly id: string;
  /** Of each slot of the line found last: where it lies, and of numbers what they are. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly digits: Float64Array;
  readonly decimals: Uint8Array;
  readonly plain: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #literals: Buffer;
  /** The same, to compare four bytes at a time. */
  readonly #words: DataView;
  readonly #literalEnds: Int32Array;
  readonly #number = new NumberScan();
  /** Texts that a value may not be, and bit n set where one of them has n bytes (31: or more). */
  #names: readonly Buffer[] = [];
  #nameLengths = 0;

  /** @param tail what stands behind the object, before the newline. */
  constructor(prefix: Prefix, skeleton: Skeleton, tail: string) {
    this.prefix = prefix;
    this.skeleton = skeleton;
    const kinds: Kind[] = [...prefix.kinds, ...skeleton.kinds];
    this.#kinds = Uint8Array.from(kinds, (kind) => KINDS[kind]);
    const texts = [...prefix.literals, ...skeleton.literals];
    texts[texts.length - 1] += tail;
    // The prefix ends where the object begins.
    const at = prefix.kinds.length;
    const joined = texts.slice(0, at).concat(`${texts[at]}${texts[at + 1]}`, texts.slice(at + 2));
    this.#literals = Buffer.from(joined.join(''), 'utf8');
    this.#words = viewOf(this.#literals);
    this.id = [kinds.join(' '), ...joined].join('\0');
    let end = 0;
    this.#literalEnds = Int32Array.from(joined, (text) => (end += Buffer.byteLength(text)));
    this.starts = new Int32Array(kinds.length);
    this.ends = new Int32Array(kinds.length);
    this.digits = new Float64Array(kinds.length);
    this.decimals = new Uint8Array(kinds.length);
    this.plain = new Uint8Array(kinds.length);
  }

  /** Slots of the object are numbered behind those of the prefix. */
  get firstSlot(): number {
    return this.prefix.kinds.length;
  }

  /** These slots are needed: what they hold has to be ASCII. */
  need(slots: readonly number[]): void {
    for (const [slot, kind] of this.#kinds.entries()) {
      if (kind > KINDS.ascii) continue;
      this.#kinds[slot] = slots.includes(slot) ? KINDS.ascii : KINDS.text;
    }
  }

  /** No text of a line may be one of these. */
  refuse(names: readonly string[]): void {
    this.#names = names.map((name) => Buffer.from(name, 'utf8'));
    this.#nameLengths = 0;
    for (const { length } of this.#names) this.#nameLengths |= 1 << Math.min(length, LONG);
  }

  /**
   * The end of the line that begins at `start`, where its newline is; -1 when it is not of this form.
   * @param bytes hold a newline behind `start`.
   * @param view of the same bytes.
   */
  match(bytes: Buffer, view: DataView, start: number): number {
    const literals = this.#literals;
    const words = this.#words;
    const kinds = this.#kinds;
    const literalEnds = this.#literalEnds;
    const { starts, ends } = this;
    const count = kinds.length;
    let at = start;
    let next = 0;
    for (let slot = 0; ; slot++) {
      const stop = literalEnds[slot]!;
      if (at + stop - next > view.byteLength) return -1;
      for (; next + 4 <= stop; next += 4, at += 4) if (view.getInt32(at) !== words.getInt32(next)) return -1;
      for (; next < stop; next++) if (bytes[at++] !== literals[next]) return -1;
      if (slot === count) break;
      const end = this.#end(kinds[slot]!, slot, bytes, at);
      if (end < 0) return -1;
      starts[slot] = at;
      ends[slot] = end;
      at = end;
    }
    return bytes[at] === NEWLINE ? at : -1;
  }

  #end(kind: number, slot: number, bytes: Buffer, at: number): number {
    if (kind <= KINDS.ascii) {
      const end = kind === KINDS.ascii ? endOfAscii(bytes, at) : endOfText(bytes, at);
      if (bytes[end] !== QUOTE) return -1;
      const mayBeName = ((this.#nameLengths >>> Math.min(end - at, LONG)) & 1) === 1;
      return mayBeName && this.#isName(bytes, at, end) ? -1 : end;
    }
    if (kind === KINDS.number) {
      const number = this.#number;
      const end = number.end(bytes, at);
      this.digits[slot] = number.digits;
      this.decimals[slot] = Math.min(number.decimals, 255);
      this.plain[slot] = number.isPlain ? 1 : 0;
      return end;
    }
    if (kind === KINDS.boolean) return endOfBoolean(bytes, at);
    if (kind === KINDS.stamp) {
      let end = at;
      while (bytes[end] !== CLOSE && bytes[end] !== NEWLINE) end++;
      return end;
    }
    const end = endOfDigits(bytes, at, MOST_PID_DIGITS);
    let pid = 0;
    for (let i = at; i < end; i++) pid = pid * 10 + (bytes[i]! - 0x30);
    this.digits[slot] = pid;
    return end;
  }

  #isName(bytes: Buffer, start: number, end: number): boolean {
    const length = end - start;
    for (const name of this.#names) {
      if (name.length !== length) continue;
      let i = 0;
      while (i < length && name[i] === bytes[start + i]) i++;
      if (i === length) return true;
    }
    return false;
  }
}

export function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
