/**
 * A log format compiled into a parser. The format is cut into segments, which have one length at each place, and gaps
 * between them, which may hold anything: a URI may contain whatever separates the fields. The first segment is read from
 * the left and the last one from the right; those between are looked for once from the left and, where that gives
 * something odd, once from the right. So every line takes a number of steps in proportion to its length, and numbers that
 * no gap surrounds on both sides are right whatever a client sent.
 */
import { UserError } from '../../errors.ts';
import { type Field, type FreeShape, isBound, type Piece } from './piece.ts';
import { isPlausible } from './plausible.ts';
import { Segment, type SegmentPart, type Spans } from './segment.ts';

/** How far from the line's beginning a record may begin: behind a prefix that something else put there. */
const LONGEST_PREFIX = 512;
/** A shorter beginning of a record could stand anywhere. */
const SHORTEST_HEAD = 4;

/** Fields with nothing between them. */
interface Gap {
  fields: readonly { shape: FreeShape; field: number }[];
  /** Between quotes: then it holds none, but for escaped ones. */
  isQuoted: boolean;
}

/** A way to take a line apart. */
export interface Split {
  spans: Spans;
  /** How many values look like no such value. */
  oddities: number;
}

export class Template {
  readonly fields: readonly Field[];
  readonly #segments: readonly Segment[];
  /** One between each two segments. */
  readonly #gaps: readonly Gap[];
  readonly #escapes: boolean;
  /** No gap surrounds the decisive values on both sides: whatever a client sent, they are where they are. */
  readonly #isAnchored: boolean;

  /**
   * @param escapes quotes in values have a backslash before them (gunicorn).
   * @throws UserError when nothing separates two fields.
   */
  constructor(pieces: readonly Piece[], escapes: boolean) {
    refuseGlued(pieces);
    this.#escapes = escapes;
    const fields: Field[] = [];
    const segments: SegmentPart[][] = [[]];
    const gaps: { shape: FreeShape; field: number }[][] = [];
    for (const piece of pieces) {
      const segment = segments.at(-1)!;
      if (piece.kind === 'literal') {
        segment.push({ literal: piece.text });
        continue;
      }
      const field = fields.push(piece) - 1;
      if (isBound(piece.shape)) segment.push({ shape: piece.shape, field });
      else if (segment.length === 0 && gaps.length > 0) gaps.at(-1)!.push({ shape: piece.shape, field });
      else {
        gaps.push([{ shape: piece.shape, field }]);
        segments.push([]);
      }
    }
    this.fields = fields;
    this.#isAnchored = segments
      .slice(1, -1)
      .every((parts) => parts.every((part) => 'literal' in part || !isDecisive(fields[part.field]!)));
    this.#segments = segments.map((parts) => new Segment(parts));
    this.#gaps = gaps.map((gap, i) => ({ fields: gap, isQuoted: isQuoted(segments[i]!, segments[i + 1]!) }));
  }

  /** Texts that stand on every line of this format. */
  get literals(): string[] {
    return this.#segments.flatMap(({ parts }) => parts.flatMap((part) => ('literal' in part ? [part.literal] : [])));
  }

  /** Spans for {@link read}. */
  spans(): Spans {
    return new Int32Array(this.fields.length * 2);
  }

  /**
   * The ways to take a line apart, the likeliest first: none when the line is not of this format, several when a client may
   * have made it ambiguous.
   */
  read(text: string): Split[] {
    const start = this.#start(text);
    if (start < 0) return [];
    const fromLeft = this.#judged(text, this.#readFromLeft(text, start, this.#escapes));
    if (this.#isAnchored && fromLeft?.oddities === 0) return [fromLeft];
    const fromRight = this.#judged(text, this.#readFromRight(text, start));
    if (this.#isAnchored && fromRight?.oddities === 0) return [fromRight];
    const plain = this.#escapes ? this.#judged(text, this.#readFromLeft(text, start, false)) : undefined;
    // Of equals the one with the longer URI: servers that take spaces in URIs write them there.
    return [fromRight, fromLeft, plain].filter((split) => split !== undefined).sort((a, b) => a.oddities - b.oddities);
  }

  #judged(text: string, spans: Spans | undefined): Split | undefined {
    return spans && { spans, oddities: this.#oddities(text, spans) };
  }

  /** The text each record begins with; '' when that is a value. */
  get head(): string {
    return this.#segments[0]!.first;
  }

  /** Where records may begin. */
  starts(text: string): number[] {
    const spans = this.spans();
    const starts: number[] = [];
    const head = this.#segments[0]!;
    for (let at = head.findFirst(text, 0, text.length, spans, false); at >= 0; ) {
      starts.push(at);
      at = head.findFirst(text, at + 1, text.length, spans, false);
    }
    return starts;
  }

  /** Where the record begins: at the line's beginning, or behind a prefix when its own beginning is unmistakable. */
  #start(text: string): number {
    const head = this.#segments[0]!;
    const spans = this.spans();
    if (head.endAt(text, 0, text.length, spans) >= 0) return 0;
    if (head.first.length < SHORTEST_HEAD) return -1;
    const at = head.findFirst(text, 1, text.length, spans, false);
    return at <= LONGEST_PREFIX ? at : -1;
  }

  #readFromLeft(text: string, start: number, keepsEscapes: boolean): Spans | undefined {
    const spans = this.spans();
    const segments = this.#segments;
    const last = segments.length - 1;
    let at = segments[0]!.endAt(text, start, text.length, spans);
    if (last === 0) return at === text.length ? spans : undefined;
    const tail = segments[last]!.startAt(text, text.length, at, spans);
    if (tail < 0) return undefined;
    for (let i = 1; i < last; i++) {
      const segment = segments[i]!;
      const found = segment.findFirst(text, at, tail, spans, keepsEscapes && this.#gaps[i - 1]!.isQuoted);
      if (found < 0) return undefined;
      this.#fillGap(text, i - 1, at, found, spans);
      at = segment.endAt(text, found, tail, spans);
    }
    this.#fillGap(text, last - 1, at, tail, spans);
    return spans;
  }

  #readFromRight(text: string, start: number): Spans | undefined {
    const spans = this.spans();
    const segments = this.#segments;
    const last = segments.length - 1;
    const head = segments[0]!.endAt(text, start, text.length, spans);
    if (last === 0) return undefined;
    let at = segments[last]!.startAt(text, text.length, head, spans);
    if (at < 0) return undefined;
    for (let i = last - 1; i > 0; i--) {
      const segment = segments[i]!;
      const end = segment.findLast(text, head, at, spans);
      if (end < 0) return undefined;
      this.#fillGap(text, i, end, at, spans);
      at = segment.startAt(text, end, head, spans);
    }
    this.#fillGap(text, 0, head, at, spans);
    return spans;
  }

  /** Several fields share a gap where a format glues host or method to the URI: it begins with the first slash. */
  #fillGap(text: string, gap: number, start: number, end: number, spans: Spans): void {
    const { fields } = this.#gaps[gap]!;
    const uri = fields.findIndex(({ shape }) => shape === 'uri');
    const slash = uri > 0 ? text.indexOf('/', start) : start;
    const owner = Math.max(uri, 0);
    const middle = slash < 0 || slash > end ? end : slash;
    for (const [i, { field }] of fields.entries()) {
      spans[field * 2] = i === owner ? middle : i < owner && i > 0 ? middle : i > owner ? end : start;
      spans[field * 2 + 1] = i < owner ? middle : end;
    }
  }

  /** How many of the values look like no such value. */
  #oddities(text: string, spans: Spans): number {
    let oddities = 0;
    for (const { fields, isQuoted: quoted } of this.#gaps) {
      for (const { shape, field } of fields) {
        const value = text.slice(spans[field * 2], spans[field * 2 + 1]);
        if (!isPlausible(shape, value, quoted, this.#escapes)) oddities++;
      }
    }
    return oddities;
  }
}

/** Whether growth or worker depend on it. */
export function isDecisive({ meaning }: Field): boolean {
  return ['memory', 'pid', 'slot', 'worker', 'host'].includes(meaning.is);
}

function isQuoted(before: readonly SegmentPart[], behind: readonly SegmentPart[]): boolean {
  const last = before.at(-1);
  const first = behind[0];
  return Boolean(
    last && first && 'literal' in last && 'literal' in first && last.literal.endsWith('"') && first.literal[0] === '"',
  );
}

/** Free fields that are neighbours: only of host or method and URI the border is clear. */
const GLUABLE = new Set<string>(['word', 'method', 'text', 'uri']);

function refuseGlued(pieces: readonly Piece[]): void {
  for (const [i, right] of pieces.entries()) {
    const left = pieces[i - 1];
    if (left?.kind !== 'field') continue;
    if (right.kind === 'literal') {
      if (isNumber(left) && /^[\d.]/.test(right.text) && !/^\.(?!\d)/.test(right.text)) refuse(left.source, right.text);
      continue;
    }
    // gunicorn writes no question mark between them.
    if (left.meaning.is === 'path' && right.meaning.is === 'query') refuse(left.source, right.source);
    const bothFree = !isBound(left.shape) && !isBound(right.shape);
    if (bothFree && GLUABLE.has(left.shape) && GLUABLE.has(right.shape)) continue;
    if (left.shape === 'bracketed-time' || right.shape === 'bracketed-time') continue;
    refuse(left.source, right.source);
  }
}

function isNumber({ shape }: Field): boolean {
  return shape === 'integer' || shape === 'decimal' || shape === 'size';
}

function refuse(left: string, right: string): never {
  throw new UserError(
    `--log-format has ${left} right before ${right}: nothing on a line tells where one ends; put a space between them, in the server's log format too`,
  );
}
