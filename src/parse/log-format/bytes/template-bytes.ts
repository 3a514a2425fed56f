/**
 * A log format's template on bytes, for lines that can be taken apart in one way only. A value that may hold anything has to
 * hold neither the byte that the text behind it begins with, nor the one that the text before it ends with: then reading from
 * the left and from the right finds the same places, and template.ts has no choice. All other lines are left to it.
 */
import { type BoundShape, type Field, isBound, type Piece } from '../piece.ts';

const [NEWLINE, SPACE, BACKSLASH, LESS, GREATER, DOT, ZERO] = [0x0a, 0x20, 0x5c, 0x3c, 0x3e, 0x2e, 0x30];
const MOST_DIGITS = 15;

/** In a picture 0 stands for a digit, _ for a digit or a space, + for a sign, A for a letter; see bound-values.ts. */
const PICTURES: Partial<Record<BoundShape, string>> = {
  ctime: 'AAA AAA _0 00:00:00 0000',
  'clf-time': '00/AAA/0000:00:00:00 +0000',
  'bracketed-time': '[00/AAA/0000:00:00:00 +0000]',
};
/** What may stand before a value, so that it begins at the same place from the right, too. */
const BEFORE_VALUE = /[ \t="'[({|:,;/#]$/;

type Step =
  | { kind: 'literal'; bytes: Buffer }
  | { kind: 'free'; field: number; ends: Uint8Array; next: number }
  | { kind: 'number'; field: number; hasDecimals: boolean; hasUnit: boolean }
  | { kind: 'angled'; field: number }
  | { kind: 'picture'; field: number; picture: Buffer };

export class TemplateBytes {
  /** Of each field of the line found last: where it lies, and of numbers their digits and how many are decimals. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly digits: Float64Array;
  readonly decimals: Uint8Array;
  readonly #steps: readonly Step[];

  private constructor(steps: readonly Step[], fieldCount: number) {
    this.#steps = steps;
    this.starts = new Int32Array(fieldCount);
    this.ends = new Int32Array(fieldCount);
    this.digits = new Float64Array(fieldCount);
    this.decimals = new Uint8Array(fieldCount);
  }

  /** Undefined when the lines of this template are not to be had so. */
  static of(pieces: readonly Piece[]): TemplateBytes | undefined {
    const steps: Step[] = [];
    let field = 0;
    for (const [i, piece] of pieces.entries()) {
      const [before, behind] = [pieces[i - 1], pieces[i + 1]];
      const step = piece.kind === 'literal' ? literalStep(piece.text) : fieldStep(piece, field++, before, behind);
      if (step === undefined) return undefined;
      steps.push(step);
    }
    return new TemplateBytes(steps, field);
  }

  /** The newline behind the line at `start`; -1 when it is to be read another way. @param bytes hold a newline behind it. */
  match(bytes: Buffer, start: number): number {
    let at = start;
    for (const step of this.#steps) {
      if (step.kind === 'literal') {
        const { bytes: literal } = step;
        for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return -1;
        at += literal.length;
        continue;
      }
      const end = this.#end(step, bytes, at);
      if (end < 0) return -1;
      this.starts[step.field] = at;
      this.ends[step.field] = end;
      at = end;
    }
    return bytes[at] === NEWLINE ? at : -1;
  }

  #end(step: Exclude<Step, { kind: 'literal' }>, bytes: Buffer, at: number): number {
    switch (step.kind) {
      case 'free': {
        let end = at;
        while (step.ends[bytes[end]!] === 0) end++;
        return bytes[end] === step.next ? end : -1;
      }
      case 'number':
        return this.#number(step.field, step.hasDecimals, step.hasUnit, bytes, at);
      case 'angled': {
        if (bytes[at] !== LESS) return -1;
        const end = this.#number(step.field, false, false, bytes, at + 1);
        return end >= 0 && bytes[end] === GREATER ? end + 1 : -1;
      }
      case 'picture':
        return isLike(step.picture, bytes, at) ? at + step.picture.length : -1;
    }
  }

  /** Digits, maybe with decimals, without sign and unit. */
  #number(field: number, hasDecimals: boolean, hasUnit: boolean, bytes: Buffer, at: number): number {
    let end = at;
    let digits = 0;
    let byte = bytes[end]!;
    for (; isDigit(byte); byte = bytes[++end]!) digits = digits * 10 + (byte - ZERO);
    let count = end - at;
    if (count === 0) return -1;
    this.decimals[field] = 0;
    if (hasDecimals && byte === DOT) {
      const point = end;
      for (byte = bytes[++end]!; isDigit(byte); byte = bytes[++end]!) digits = digits * 10 + (byte - ZERO);
      const decimals = end - point - 1;
      if (decimals === 0) return -1;
      count += decimals;
      this.decimals[field] = decimals;
    }
    this.digits[field] = digits;
    return count > MOST_DIGITS || (hasUnit && isLetter(byte)) ? -1 : end;
  }
}

function literalStep(text: string): Step | undefined {
  return /^[\t\x20-\x7e]+$/.test(text) ? { kind: 'literal', bytes: Buffer.from(text, 'latin1') } : undefined;
}

function fieldStep({ shape }: Field, field: number, before?: Piece, behind?: Piece): Step | undefined {
  if (before?.kind === 'field' || behind?.kind === 'field') return undefined;
  if (!isBound(shape)) {
    const next = behind?.text.charCodeAt(0) ?? NEWLINE;
    const ends = new Uint8Array(256).fill(1, 0, SPACE).fill(1, 0x7f);
    ends[BACKSLASH] = ends[next] = 1;
    if (before !== undefined) ends[before.text.charCodeAt(before.text.length - 1)] = 1;
    return { kind: 'free', field, ends, next };
  }
  if (before !== undefined && !BEFORE_VALUE.test(before.text)) return undefined;
  const picture = PICTURES[shape];
  if (picture !== undefined) return { kind: 'picture', field, picture: Buffer.from(picture, 'latin1') };
  if (shape === 'angled') return { kind: 'angled', field };
  return { kind: 'number', field, hasDecimals: shape !== 'integer', hasUnit: shape === 'size' };
}

function isLike(picture: Buffer, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < picture.length; i++) {
    const byte = bytes[start + i]!;
    switch (picture[i]) {
      case ZERO:
        if (!isDigit(byte)) return false;
        break;
      case 0x5f:
        if (!isDigit(byte) && byte !== SPACE) return false;
        break;
      case 0x2b:
        if (byte !== 0x2b && byte !== 0x2d) return false;
        break;
      case 0x41:
        if (!isLetter(byte)) return false;
        break;
      default:
        if (byte !== picture[i]) return false;
    }
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function isLetter(byte: number): boolean {
  return (byte | SPACE) >= 0x61 && (byte | SPACE) <= 0x7a;
}
