/** A run of literals and bound values of a log format: all that stands between two fields that may hold anything. */
import { endOfValue, startOfValue } from './bound-values.ts';
import type { BoundShape } from './piece.ts';

export type SegmentPart = { literal: string } | { shape: BoundShape; field: number };

/** Where the value of each field lies: field i from spans[2 * i] to spans[2 * i + 1]. */
export type Spans = Int32Array;

export class Segment {
  readonly parts: readonly SegmentPart[];
  /** Its first and last part, where those are literals; what it is looked for by. */
  readonly #first: string;
  readonly #last: string;

  constructor(parts: readonly SegmentPart[]) {
    this.parts = parts;
    const [first] = parts;
    const last = parts.at(-1);
    this.#first = first && 'literal' in first ? first.literal : '';
    this.#last = last && 'literal' in last ? last.literal : '';
  }

  /** The text it begins with; '' when that is a value. */
  get first(): string {
    return this.#first;
  }

  /** Reads it from `start` on; its end, or -1. The spans of its fields are valid after success. */
  endAt(text: string, start: number, limit: number, spans: Spans): number {
    let at = start;
    for (const part of this.parts) {
      if ('literal' in part) {
        if (at + part.literal.length > limit || !text.startsWith(part.literal, at)) return -1;
        at += part.literal.length;
        continue;
      }
      const end = endOfValue(part.shape, text, at, limit);
      if (end < 0) return -1;
      spans[part.field * 2] = at;
      spans[part.field * 2 + 1] = end;
      at = end;
    }
    return at;
  }

  /** Reads it from right to left so that it ends at `end`; its beginning, or -1. */
  startAt(text: string, end: number, floor: number, spans: Spans): number {
    let at = end;
    for (let i = this.parts.length - 1; i >= 0; i--) {
      const part = this.parts[i]!;
      if ('literal' in part) {
        const start = at - part.literal.length;
        if (start < floor || !text.startsWith(part.literal, start)) return -1;
        at = start;
        continue;
      }
      let start = startOfValue(part.shape, text, at, floor);
      if (start < 0) return -1;
      // "Worker-1" is no minus.
      const before = this.parts[i - 1];
      const isDashBefore = before && 'literal' in before && before.literal.endsWith('-');
      if (isDashBefore && text[start] === '-' && text[start - 1] !== '-' && at - start > 1) start++;
      spans[part.field * 2] = start;
      spans[part.field * 2 + 1] = at;
      at = start;
    }
    return at;
  }

  /**
   * The first place from `from` on where it stands; -1 when there is none before `limit`. Each place costs a bounded number
   * of steps.
   * @param keepsEscapes passes over a quote with a backslash before it.
   */
  findFirst(text: string, from: number, limit: number, spans: Spans, keepsEscapes: boolean): number {
    const first = this.#first;
    const isQuote = keepsEscapes && first.charCodeAt(0) === 0x22;
    for (let at = from; at + first.length <= limit; at++) {
      if (first !== '') {
        at = text.indexOf(first, at);
        if (at < 0 || at + first.length > limit) return -1;
        if (isQuote && at > from && text.charCodeAt(at - 1) === 0x5c) continue;
      }
      if (this.endAt(text, at, limit, spans) >= 0) return at;
    }
    return -1;
  }

  /** The end of the last place before `limit` where it stands, or -1. */
  findLast(text: string, floor: number, limit: number, spans: Spans): number {
    const last = this.#last;
    for (let end = limit; end - last.length >= floor; end--) {
      if (last !== '') {
        const at = text.lastIndexOf(last, end - last.length);
        if (at < floor) return -1;
        end = at + last.length;
      }
      if (this.startAt(text, end, floor, spans) >= 0) return end;
    }
    return -1;
  }
}
