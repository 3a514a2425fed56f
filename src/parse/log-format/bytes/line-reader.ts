/** The readings of a log format's lines, as record-reader.ts would make them, from bytes. */
import { RepeatedTime } from '../../fields/repeated-time.ts';
import { parseTime } from '../../fields/time-value.ts';
import { ABSENT } from '../../reading.ts';
import { RepeatedLine } from '../../repeated-line.ts';
import type { Field } from '../piece.ts';
import { LONGEST_NAME } from '../record-reader.ts';
import { type FigurePlace, type LineMeaning, lineMeaningOf } from './line-meaning.ts';
import type { TemplateBytes } from './template-bytes.ts';

const [SPACE, DASH] = [0x20, 0x2d];
const MIB = 2 ** 20;
const HALF_WRAP = 2 ** 31;
const LONGEST_INT32 = 10;
/** What servers write where there is nothing. */
const NOTHING = Buffer.from('None');
const BEFORE_VERSION = Buffer.from('HTTP/');
const TENS = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);
/** No value as mostly stands there. */
const UNREAD = -2;

export class LineReader extends RepeatedLine {
  readonly #template: TemplateBytes;
  readonly #meaning: LineMeaning;
  readonly #time = new RepeatedTime(parseTime);

  private constructor(template: TemplateBytes, meaning: LineMeaning) {
    super();
    this.#template = template;
    this.#meaning = meaning;
  }

  /** Undefined when its lines take more than that. */
  static of(template: TemplateBytes | undefined, fields: readonly Field[]): LineReader | undefined {
    const meaning = template && lineMeaningOf(fields);
    return meaning && new LineReader(template, meaning);
  }

  /** The newline behind the line at `start`, of which the fields above tell then; -1 when it is to be read another way. */
  read(bytes: Buffer, start: number): number {
    const end = this.#template.match(bytes, start);
    return end >= 0 && this.#fill(bytes) ? end : -1;
  }

  #fill(bytes: Buffer): boolean {
    const { pid, core, status, time, host, route } = this.#meaning;
    const { digits, starts, ends } = this.#template;
    this.pid = pid === undefined ? ABSENT : digits[pid]!;
    this.core = core === undefined ? ABSENT : digits[core]!;
    this.status = status !== undefined && ends[status]! - starts[status]! === 3 ? digits[status]! : ABSENT;
    if (time !== undefined) {
      this.#time.read(bytes, starts[time]!, ends[time]!);
      this.time = this.#time.time;
      this.zoned = this.#time.zoned;
    }
    this.originName = this.#name(host, bytes);
    this.routeName = this.#name(route, bytes);
    return this.#fillRequest(bytes) && this.#fillMemory();
  }

  #fillRequest(bytes: Buffer): boolean {
    const { uri, method, requestLine } = this.#meaning;
    const { starts, ends } = this.#template;
    this.methodStart = this.methodEnd = 0;
    if (requestLine !== undefined && !this.#splitLine(starts[requestLine]!, ends[requestLine]!, bytes)) return false;
    if (uri !== undefined) {
      if (!this.#isGiven(uri, bytes)) return false;
      this.uriStart = starts[uri]!;
      this.uriEnd = ends[uri]!;
    }
    if (method !== undefined) {
      if (!this.#isGiven(method, bytes)) return false;
      this.methodStart = starts[method]!;
      this.methodEnd = ends[method]!;
    }
    return true;
  }

  /** `GET /a b HTTP/1.1` */
  #splitLine(start: number, end: number, bytes: Buffer): boolean {
    let first = start;
    while (first < end && bytes[first] !== SPACE) first++;
    let last = end - 1;
    while (last > first && bytes[last] !== SPACE) last--;
    if (first === end) return false;
    let hasVersion = last > first && last + BEFORE_VERSION.length < end;
    for (let i = 0; i < BEFORE_VERSION.length; i++) hasVersion &&= bytes[last + 1 + i] === BEFORE_VERSION[i];
    this.methodStart = start;
    this.methodEnd = first;
    this.uriStart = first + 1;
    this.uriEnd = hasVersion ? last : end;
    return true;
  }

  #fillMemory(): boolean {
    const { rss, vsz, uss, pss, heap } = this.#meaning;
    // The resident size says what all are multiples of; without it the last one does.
    this.vszBytes = this.#bytesOf(vsz);
    this.ussBytes = this.#bytesOf(uss);
    this.pssBytes = this.#bytesOf(pss);
    this.heapBytes = this.#bytesOf(heap);
    this.rssBytes = this.#bytesOf(rss);
    return Math.min(this.vszBytes, this.ussBytes, this.pssBytes, this.heapBytes, this.rssBytes) !== UNREAD;
  }

  #bytesOf(figure: FigurePlace | undefined): number {
    if (figure === undefined) return ABSENT;
    const { field, meaning, wholeMib } = figure;
    const { digits, decimals, starts, ends } = this.#template;
    const number = digits[field]!;
    if (meaning.isInt32) {
      if (ends[field]! - starts[field]! > LONGEST_INT32) return UNREAD;
      // From 2 GiB on recoverInt32 tells.
      if (wholeMib !== undefined && (number >= HALF_WRAP || Math.floor(number / MIB) !== digits[wholeMib]))
        return UNREAD;
      this.quantumBytes = meaning.quantumBytes;
      return number;
    }
    const scale = TENS[decimals[field]!]!;
    const { unitBytes, quantumBytes } = meaning;
    const bytes = Math.round((number / scale) * unitBytes);
    if (bytes > Number.MAX_SAFE_INTEGER) return UNREAD;
    this.quantumBytes = quantumBytes > unitBytes ? quantumBytes : Math.max(1, Math.round(unitBytes / scale));
    return bytes;
  }

  /** '' when it is not there. */
  #name(field: number | undefined, bytes: Buffer): string {
    if (field === undefined || !this.#isGiven(field, bytes)) return '';
    const start = this.#template.starts[field]!;
    return bytes.toString('latin1', start, Math.min(this.#template.ends[field]!, start + LONGEST_NAME));
  }

  #isGiven(field: number, bytes: Buffer): boolean {
    const start = this.#template.starts[field]!;
    const length = this.#template.ends[field]! - start;
    if (length === 0 || (length === 1 && bytes[start] === DASH)) return false;
    return length !== NOTHING.length || NOTHING.compare(bytes, start, start + length) !== 0;
  }
}
