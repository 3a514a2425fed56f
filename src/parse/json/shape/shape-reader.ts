/** The readings of lines of one form, as JSON.parse and FieldRecord would make them, from bytes. */
import type { FieldReader } from '../../fields/field-reader.ts';
import { RepeatedTime } from '../../fields/repeated-time.ts';
import { isMachine, LONGEST_TEXT } from '../../fields/rules.ts';
import { parseEpoch, parseTime } from '../../fields/time-value.ts';
import { ABSENT } from '../../reading.ts';
import { RepeatedLine } from '../../repeated-line.ts';
import { putObject } from '../fields.ts';
import { type Meaning, meaningOf, type Place, textSlots } from './meaning.ts';
import { prefixTime } from './prefix.ts';
import type { Shape } from './shape.ts';
import { SlotValues, UNREAD } from './slot-values.ts';

const SPACE = 0x20;
const MOST_PID_DIGITS = 15;
const METHOD = /^[A-Z][A-Z_-]*$/;
const LONGEST_METHOD = 32;
const BEFORE_PROTOCOL = ' HTTP/';

export class ShapeReader extends RepeatedLine {
  readonly shape: Shape;
  readonly #fields: FieldReader;
  readonly #values: SlotValues;
  readonly #ownTime = new RepeatedTime(parseTime);
  readonly #prefixTime = new RepeatedTime(prefixTime);
  #meaning: Meaning | undefined;
  #version = -1;
  /** Its fields are those that counted in the line before. */
  #isUsual = false;
  #host = Buffer.alloc(0);

  constructor(shape: Shape, fields: FieldReader) {
    super();
    this.shape = shape;
    this.#fields = fields;
    this.#values = new SlotValues(shape);
  }

  /**
   * The newline behind the line at `start`, of which the fields above tell then; -1 when it is to be read another way.
   * @param view of the same bytes.
   */
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
    this.#meaning = isClear ? meaningOf(record, shape.skeleton.kinds) : undefined;
    if (this.#meaning === undefined) return;
    shape.refuse(names);
    shape.need(textSlots(this.#meaning).map((slot) => slot + shape.firstSlot));
  }

  #fill(meaning: Meaning, bytes: Buffer): boolean {
    return (
      this.#fillRequest(meaning, bytes) &&
      this.#fillFigures(meaning) &&
      this.#fillWorker(meaning, bytes) &&
      this.#fillHost(meaning.host, bytes) &&
      this.#fillStatus(meaning.status, bytes) &&
      this.#fillTime(meaning.time, bytes)
    );
  }

  #fillRequest({ uri, method, request, route }: Meaning, bytes: Buffer): boolean {
    const values = this.#values;
    this.methodStart = this.methodEnd = this.uriStart = this.uriEnd = 0;
    this.hasUri = uri !== undefined || request !== undefined;
    this.routeName = '';
    if (request !== undefined && !this.#splitRequest(values.start(request), values.end(request), bytes)) return false;
    if (uri !== undefined) {
      this.uriStart = values.start(uri);
      this.uriEnd = values.end(uri);
      if (values.isDash(uri, bytes)) return false;
    }
    if (method !== undefined) {
      if (values.isDash(method, bytes)) return false;
      this.methodStart = values.start(method);
      this.methodEnd = values.end(method);
    }
    for (const place of route) {
      const name = values.text(place, bytes);
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
    const values = this.#values;
    // The first of them says what all are multiples of, so it is read last.
    this.vszBytes = values.bytes(vsz);
    this.heapBytes = values.bytes(heap);
    this.ussBytes = values.bytes(uss);
    this.pssBytes = values.bytes(pss);
    this.rssBytes = values.bytes(rss);
    this.quantumBytes = values.quantumBytes;
    return Math.min(this.vszBytes, this.heapBytes, this.ussBytes, this.pssBytes, this.rssBytes) !== UNREAD;
  }

  #fillWorker({ pid, worker }: Meaning, bytes: Buffer): boolean {
    const { prefix, digits } = this.shape;
    this.pid = ABSENT;
    this.workerName = '';
    if (pid !== undefined) this.pid = this.#values.whole(pid, bytes, MOST_PID_DIGITS);
    else if (worker !== undefined) this.workerName = this.#values.text(worker, bytes);
    else if (prefix.kinds.length > 0) this.pid = digits[prefix.kinds.length - 1]!;
    if (worker !== undefined && this.workerName === '' && prefix.kinds.length > 0) return false;
    return this.pid !== UNREAD && this.workerName.length <= LONGEST_TEXT;
  }

  #fillHost(place: Place | undefined, bytes: Buffer): boolean {
    if (place === undefined) return true;
    const start = this.#values.start(place);
    const end = this.#values.end(place);
    if (this.#isHost(bytes, start, end)) return true;
    if (end - start > LONGEST_TEXT) return false;
    this.#host = Buffer.from(bytes.subarray(start, end));
    const name = this.#values.text(place, bytes);
    this.originName = name !== '' && isMachine(place.field, name) ? name : '';
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
    const status = this.#values.whole(place, bytes, 3);
    if (status >= 100 && status <= 999) this.status = status;
    return status !== UNREAD;
  }

  #fillTime(place: Place | undefined, bytes: Buffer): boolean {
    this.time = ABSENT;
    this.zoned = false;
    if (place?.kind === 'text') {
      this.#ownTime.read(bytes, this.#values.start(place), this.#values.end(place));
      this.time = this.#ownTime.time;
      this.zoned = this.#ownTime.zoned;
    } else if (place !== undefined) {
      const parsed = parseEpoch(this.#values.number(place, bytes));
      this.time = parsed?.time ?? ABSENT;
      this.zoned = parsed !== undefined;
    }
    return this.shape.prefix.kinds[0] !== 'stamp' || this.#fillPrefixTime(bytes);
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
}

/** Whether the name stands once in the form, and cannot stand between two texts. */
function isClearName(keys: string, name: string): boolean {
  const quoted = `"${name}"`;
  return !/[,:]/.test(name) && keys.indexOf(quoted, keys.indexOf(quoted) + 1) < 0;
}
