/** The readings of lines of one form, as JSON.parse and FieldRecord would make them, from bytes. */
import type { FieldReader } from '../../fields/field-reader.ts';
import { isMachine, LONGEST_TEXT, SMALLEST_PROCESS } from '../../fields/record.ts';
import { RepeatedTime } from '../../fields/repeated-time.ts';
import { parseEpoch, parseTime } from '../../fields/time-value.ts';
import { ABSENT } from '../../reading.ts';
import type { RepeatedLine } from '../../repeated-records.ts';
import { putObject } from '../fields.ts';
import { type Figure, type Meaning, meaningOf, type Place, textSlots } from './meaning.ts';
import { prefixTime } from './prefix.ts';
import type { Shape } from './shape.ts';

const UNREAD = -2;
const DASH = 0x2d;
const SPACE = 0x20;
const ZERO = 0x30;
const MOST_PID_DIGITS = 15;
const TENS = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);
const LEAST_DECIMAL = 1e-6;
const METHOD = /^[A-Z][A-Z_-]*$/;
const LONGEST_METHOD = 32;
const BEFORE_PROTOCOL = ' HTTP/';

export class ShapeReader implements RepeatedLine {
  readonly shape: Shape;
  /** Of the line read last; see Reading. */
  pid: number = ABSENT;
  time: number = ABSENT;
  zoned = false;
  status: number = ABSENT;
  quantumBytes = 1;
  rssBytes: number = ABSENT;
  pssBytes: number = ABSENT;
  ussBytes: number = ABSENT;
  heapBytes: number = ABSENT;
  vszBytes: number = ABSENT;
  methodStart = 0;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  hasUri = false;
  routeName = '';
  workerName = '';
  originName = '';

  readonly #fields: FieldReader;
  readonly #ownTime = new RepeatedTime(parseTime);
  readonly #prefixTime = new RepeatedTime(prefixTime);
  #meaning: Meaning | undefined;
  #version = -1;
  /** Its fields are those that counted in the line before. */
  #isUsual = false;
  #host = Buffer.alloc(0);

  constructor(shape: Shape, fields: FieldReader) {
    this.shape = shape;
    this.#fields = fields;
  }

  /** The newline behind the line at `start`, of which the fields above tell then; -1 when it is to be read another way. */
  read(bytes: Buffer, view: DataView, start: number): number {
    if (this.#version !== this.#fields.record.usualVersion) this.#understand();
    const meaning = this.#meaning;
    if (meaning === undefined) return -1;
    const end = this.shape.match(bytes, view, start);
    return end >= 0 && this.#fill(meaning, bytes) ? end : -1;
  }

  /** The line read last counts: its fields are the usual ones from now on. */
  keep(): void {
    const { record } = this.#fields;
    if (this.#version === record.usualVersion && this.#isUsual) return;
    this.#understand();
    record.keepUsual();
    this.#isUsual = this.#version === record.usualVersion;
  }

  /** Which fields count depends on the lines before. */
  #understand(): void {
    const { shape } = this;
    const { record } = this.#fields;
    record.start();
    putObject(this.#fields, shape.skeleton.places);
    this.#version = record.usualVersion;
    this.#isUsual = false;
    this.#host = Buffer.alloc(0);
    this.originName = '';
    const names = record.names();
    const keys = shape.skeleton.literals.join('\0');
    const isClear = names.every((name) => isClearName(keys, name));
    this.#meaning = isClear ? meaningOf(record, shape.slotKinds) : undefined;
    if (this.#meaning === undefined) return;
    shape.refuse(names);
    shape.need(textSlots(this.#meaning).map((slot) => slot + shape.firstSlot));
  }

  #fill(meaning: Meaning, bytes: Buffer): boolean {
    return (
      this.#fillRequest(meaning, bytes) &&
      this.#fillFigures(meaning) &&
      this.#fillWorker(meaning, bytes) &&
      this.#fillStatus(meaning.status, bytes) &&
      this.#fillTime(meaning.time, bytes)
    );
  }

  #fillRequest({ uri, method, request, route }: Meaning, bytes: Buffer): boolean {
    this.methodStart = this.methodEnd = this.uriStart = this.uriEnd = 0;
    this.hasUri = uri !== undefined || request !== undefined;
    this.routeName = '';
    if (request !== undefined && !this.#splitRequest(this.#start(request), this.#end(request), bytes)) return false;
    if (uri !== undefined) {
      this.uriStart = this.#start(uri);
      this.uriEnd = this.#end(uri);
      if (this.#isDash(uri, bytes)) return false;
    }
    if (method !== undefined) {
      if (this.#isDash(method, bytes)) return false;
      this.methodStart = this.#start(method);
      this.methodEnd = this.#end(method);
    }
    for (const place of route) {
      const name = this.#name(place, bytes);
      if (name === '') return false;
      this.routeName = this.routeName === '' ? name : `${this.routeName}#${name}`;
    }
    return this.routeName.length <= LONGEST_TEXT;
  }

  /** `GET /a b HTTP/1.1` */
  #splitRequest(start: number, end: number, bytes: Buffer): boolean {
    let first = start;
    while (first < end && bytes[first] !== SPACE) first++;
    if (first === start || first === end) return false;
    if (!METHOD.test(bytes.toString('latin1', start, Math.min(first, start + LONGEST_METHOD)))) return false;
    const last = bytes.subarray(start, end).lastIndexOf(BEFORE_PROTOCOL) + start;
    this.methodStart = start;
    this.methodEnd = first;
    this.uriStart = first + 1;
    this.uriEnd = last > first ? last : end;
    return true;
  }

  #fillFigures({ rss, pss, uss, heap, vsz }: Meaning): boolean {
    this.quantumBytes = 0;
    this.rssBytes = this.#bytesOf(rss);
    this.pssBytes = this.#bytesOf(pss);
    this.ussBytes = this.#bytesOf(uss);
    this.heapBytes = this.#bytesOf(heap);
    this.vszBytes = this.#bytesOf(vsz);
    const least = Math.min(this.rssBytes, this.pssBytes, this.ussBytes, this.heapBytes, this.vszBytes);
    return least !== UNREAD;
  }

  /** ABSENT, or UNREAD where it is not a number as it mostly is. The first figure says what all are multiples of. */
  #bytesOf(figure: Figure | undefined): number {
    if (figure === undefined) return ABSENT;
    const { slot, unitBytes, isDoubtful } = figure;
    const { shape } = this;
    const at = slot + shape.firstSlot;
    if (shape.plain[at] === 0) return UNREAD;
    let digits = shape.digits[at]!;
    let decimals = shape.decimals[at]!;
    for (; decimals > 0 && digits % 10 === 0; decimals--) digits /= 10;
    const value = digits / TENS[decimals]!;
    if (value !== 0 && value < LEAST_DECIMAL) return UNREAD;
    const bytes = Math.round(value * unitBytes);
    if (bytes > Number.MAX_SAFE_INTEGER) return UNREAD;
    if (isDoubtful && bytes > 0 && bytes < SMALLEST_PROCESS) return UNREAD;
    if (this.quantumBytes === 0) this.quantumBytes = Math.max(1, Math.round(unitBytes / TENS[decimals]!));
    return bytes;
  }

  #fillWorker({ pid, worker, host }: Meaning, bytes: Buffer): boolean {
    const { shape } = this;
    this.pid = ABSENT;
    this.workerName = '';
    if (pid !== undefined) {
      this.pid = pid.kind === 'number' ? this.#whole(pid) : this.#digits(pid, bytes, MOST_PID_DIGITS);
      if (this.pid < 0) return false;
    } else if (worker !== undefined) {
      this.workerName = this.#name(worker, bytes);
      if (this.workerName.length > LONGEST_TEXT) return false;
    }
    if (this.pid === ABSENT && this.workerName === '' && shape.firstSlot > 0)
      this.pid = shape.digits[shape.firstSlot - 1]!;
    if (host === undefined) {
      this.originName = '';
      return true;
    }
    const start = this.#start(host);
    const end = this.#end(host);
    if (this.#isHost(bytes, start, end)) return true;
    if (end - start > LONGEST_TEXT) return false;
    this.#host = Buffer.from(bytes.subarray(start, end));
    const name = this.#name(host, bytes);
    this.originName = name !== '' && isMachine(host.field, name) ? name : '';
    return true;
  }

  /** Whether it is the one of the line before. */
  #isHost(bytes: Buffer, start: number, end: number): boolean {
    const host = this.#host;
    if (host.length !== end - start) return false;
    for (let i = 0; i < host.length; i++) if (host[i] !== bytes[start + i]) return false;
    return true;
  }

  #fillStatus(place: Place | undefined, bytes: Buffer): boolean {
    this.status = ABSENT;
    if (place === undefined) return true;
    if (place.kind === 'text' && this.#end(place) - this.#start(place) !== 3) return false;
    const status = place.kind === 'text' ? this.#digits(place, bytes, 3) : this.#whole(place);
    if (status < 0) return false;
    if (status >= 100 && status <= 999) this.status = status;
    return true;
  }

  #fillTime(place: Place | undefined, bytes: Buffer): boolean {
    this.time = ABSENT;
    this.zoned = false;
    if (place?.kind === 'text') {
      this.#ownTime.read(bytes, this.#start(place), this.#end(place));
      this.time = this.#ownTime.time;
      this.zoned = this.#ownTime.zoned;
    } else if (place !== undefined) {
      const slot = place.slot + this.shape.firstSlot;
      const isPlain = this.shape.plain[slot] === 1;
      const value = isPlain
        ? this.shape.digits[slot]! / TENS[this.shape.decimals[slot]!]!
        : Number(bytes.toString('latin1', this.#start(place), this.#end(place)));
      const parsed = parseEpoch(value);
      this.time = parsed?.time ?? ABSENT;
      this.zoned = parsed !== undefined;
    }
    return this.shape.firstSlot < 2 || this.#fillPrefixTime(bytes);
  }

  /** The prefix names its zone mostly; then its clock counts, as a wrapper's does. */
  #fillPrefixTime(bytes: Buffer): boolean {
    const stamp = this.#prefixTime;
    stamp.read(bytes, this.shape.starts[0]!, this.shape.ends[0]!);
    if (stamp.time === ABSENT) return false;
    if (stamp.zoned || this.time === ABSENT) {
      this.time = stamp.time;
      this.zoned = stamp.zoned;
    }
    return true;
  }

  #start(place: Place): number {
    return this.shape.starts[place.slot + this.shape.firstSlot]!;
  }

  #end(place: Place): number {
    return this.shape.ends[place.slot + this.shape.firstSlot]!;
  }

  /** A dash stands for what is not there. */
  #isDash(place: Place, bytes: Buffer): boolean {
    const start = this.#start(place);
    return bytes[start] === DASH && this.#end(place) === start + 1;
  }

  #name(place: Place, bytes: Buffer): string {
    return this.#isDash(place, bytes) ? '' : bytes.toString('latin1', this.#start(place), this.#end(place));
  }

  /** A number without decimals, or -1. */
  #whole(place: Place): number {
    const slot = place.slot + this.shape.firstSlot;
    return this.shape.plain[slot] === 1 && this.shape.decimals[slot] === 0 ? this.shape.digits[slot]! : -1;
  }

  /** A text that is a number of up to `most` digits, or -1. */
  #digits(place: Place, bytes: Buffer, most: number): number {
    const end = this.#end(place);
    const start = this.#start(place);
    if (start === end || end - start > most) return -1;
    let number = 0;
    for (let at = start; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return -1;
      number = number * 10 + digit;
    }
    return number;
  }
}

/** Whether the name stands once in the form, and cannot stand between two texts. */
function isClearName(keys: string, name: string): boolean {
  const quoted = `"${name}"`;
  return !/[,:]/.test(name) && keys.indexOf(quoted, keys.indexOf(quoted) + 1) < 0;
}
