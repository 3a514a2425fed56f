/** Makes a reading of the values that a template found on a line. */
import type { ScanMemory } from '../../wasm/scan-memory.ts';
import { parseByteSize } from '../fields/byte-size.ts';
import { parseTime } from '../fields/time-value.ts';
import { ABSENT, type Metric, type Reading } from '../reading.ts';
import { recoverInt32 } from './memory-figure.ts';
import type { Field, Meaning, MemoryMeaning } from './piece.ts';
import type { Spans } from './segment.ts';
import { isDecisive } from './template.ts';

export interface Value {
  text: string;
  meaning: Meaning;
}

const METRICS: readonly Metric[] = ['rss', 'vsz', 'uss', 'pss', 'heap'];
/** Of workers, hosts and routes. */
export const LONGEST_NAME = 512;

export class RecordReader {
  readonly #fields: readonly Field[];
  readonly #restore: (value: string) => string;
  /** The fields that growth and worker depend on: where two readings of a line differ in these, neither is believed. */
  readonly #decisive: readonly number[];

  constructor(fields: readonly Field[], restore: (value: string) => string) {
    this.#fields = fields;
    this.#restore = restore;
    this.#decisive = fields.flatMap((field, i) => (isDecisive(field) ? [i] : []));
  }

  /** The decisive values as one string. */
  essence(text: string, spans: Spans): string {
    return this.#decisive.map((i) => text.slice(spans[2 * i], spans[2 * i + 1])).join('\0');
  }

  pid(text: string, spans: Spans): number {
    const i = this.#fields.findIndex(({ meaning }) => meaning.is === 'pid');
    return i < 0 ? ABSENT : wholeNumber(text.slice(spans[2 * i], spans[2 * i + 1]));
  }

  /** @returns false when the values contradict each other: then the line was taken apart in the wrong places. */
  fill(reading: Reading, memory: ScanMemory, text: string, spans: Spans): boolean {
    const values = this.#fields.map(({ meaning }, i) => ({
      meaning,
      text: text.slice(spans[2 * i], spans[2 * i + 1]),
    }));
    return fillReading(reading, memory, values, this.#restore);
  }
}

/**
 * @param restore undoes what the log's writer did to a value of a client's.
 * @returns false when the values contradict each other.
 */
export function fillReading(
  reading: Reading,
  memory: ScanMemory,
  values: readonly Value[],
  restore: (value: string) => string,
): boolean {
  const textOf = (is: Meaning['is']) => {
    const text = values.find(({ meaning, text: value }) => meaning.is === is && isGiven(value))?.text;
    return text === undefined ? undefined : restore(text);
  };
  reading.clear();
  fillWorker(reading, textOf);
  fillRequest(reading, memory, textOf);
  reading.status = statusOf(textOf('status'));
  reading.core = wholeNumber(textOf('core'));
  fillTime(reading, values);
  return fillMemory(reading, values, wholeNumber(textOf('slot')));
}

type TextOf = (is: Meaning['is']) => string | undefined;

function fillWorker(reading: Reading, textOf: TextOf): void {
  const slot = textOf('slot');
  reading.pid = wholeNumber(textOf('pid')?.replace(/^<(.*)>$/, '$1'));
  const name = textOf('worker') ?? (slot === undefined ? '' : `worker ${slot}`);
  if (reading.pid === ABSENT) reading.workerName = name.slice(0, LONGEST_NAME);
  // Pids are unique on one host only.
  reading.originName = (textOf('host') ?? '').slice(0, LONGEST_NAME);
}

function fillRequest(reading: Reading, memory: ScanMemory, textOf: TextOf): void {
  const line = textOf('request-line');
  const [lineMethod, lineUri] = line === undefined ? [] : partsOfRequestLine(line);
  const path = textOf('path');
  const query = textOf('query');
  const whole = path === undefined || query === undefined ? path : `${path}?${query.replace(/^\?/, '')}`;
  const uri = textOf('uri') ?? lineUri ?? whole;
  reading.setRequest(memory, textOf('method') ?? lineMethod ?? '', uri ?? '');
  reading.hasUri = uri !== undefined;
  reading.routeName = (textOf('route') ?? '').slice(0, LONGEST_NAME);
}

/** `GET /a b HTTP/1.1`: the method is a word, the protocol the last one where it looks like one. */
function partsOfRequestLine(line: string): [method: string, uri: string] | [] {
  const first = line.indexOf(' ');
  if (first < 0) return [];
  const last = line.lastIndexOf(' ');
  const hasProtocol = last > first && line.startsWith('HTTP/', last + 1);
  return [line.slice(0, first), line.slice(first + 1, hasProtocol ? last : undefined)];
}

function fillTime(reading: Reading, values: readonly Value[]): void {
  for (const { meaning, text } of values) {
    if (meaning.is !== 'time') continue;
    const moment = parseTime(text);
    if (moment === undefined) continue;
    reading.time = moment.time;
    reading.zoned = moment.zoned;
    // A wall clock without a zone only where nothing better is on the line.
    if (moment.zoned) return;
  }
}

function fillMemory(reading: Reading, values: readonly Value[], slot: number): boolean {
  for (const metric of METRICS) {
    const figures = values.filter(
      (value): value is Value & { meaning: MemoryMeaning } =>
        value.meaning.is === 'memory' && value.meaning.metric === metric && isOwn(value.meaning, slot),
    );
    if (figures.length === 0) continue;
    const figure = figureOf(figures);
    if (figure === undefined) return false;
    if (figure.isDelta) setDelta(reading, figure);
    else setMemory(reading, metric, figure.bytes);
    if (metric === 'rss' || reading.rssBytes === ABSENT) reading.quantumBytes = figure.quantumBytes;
  }
  return true;
}

/** A metric names the worker it is about; without %(wid) there is one worker only. */
function isOwn({ slot }: MemoryMeaning, own: number): boolean {
  return slot === null || own === ABSENT || slot === own;
}

interface Figure {
  bytes: number;
  quantumBytes: number;
  isDelta: boolean;
}

/** The finest figure; undefined when a coarser one contradicts it. */
function figureOf(figures: readonly (Value & { meaning: MemoryMeaning })[]): Figure | undefined {
  const sizes = figures.filter(({ meaning }) => !meaning.isDelta);
  const sorted = [...(sizes.length > 0 ? sizes : figures)].sort(
    (a, b) => Number(!isNumber(a.text)) - Number(!isNumber(b.text)) || a.meaning.quantumBytes - b.meaning.quantumBytes,
  );
  const { meaning, text } = sorted[0]!;
  const { quantumBytes, isDelta } = meaning;
  if (!meaning.isInt32) return { ...scaled(text, meaning), isDelta };
  const coarse = figures.find((other) => other.meaning.unitBytes === 2 ** 20 && isNumber(other.text));
  const wholeMib = coarse ? wholeNumber(coarse.text) : ABSENT;
  const bytes = isNumber(text) ? recoverInt32(text, wholeMib) : ABSENT;
  if (bytes !== ABSENT || wholeMib === ABSENT) return { bytes, quantumBytes, isDelta };
  return undefined;
}

/** A figure with a unit of its own, or of its field: "25.3MB". */
function scaled(
  text: string,
  { unitBytes, quantumBytes, isDelta }: MemoryMeaning,
): { bytes: number; quantumBytes: number } {
  const size = parseByteSize(text, unitBytes);
  if (size === undefined && isDelta) return { bytes: Number.NaN, quantumBytes };
  if (size === undefined || (size.bytes < 0 && !isDelta)) return { bytes: ABSENT, quantumBytes };
  return { bytes: size.bytes, quantumBytes: quantumBytes > unitBytes ? quantumBytes : size.quantumBytes };
}

/** Where the line holds a size, too, that says more. */
function setDelta(reading: Reading, { bytes }: Figure): void {
  reading.deltaBytes = bytes === ABSENT ? Number.NaN : bytes;
  if (reading.rssBytes === ABSENT) reading.kind = 'delta';
}

function setMemory(reading: Reading, metric: Metric, bytes: number): void {
  if (metric === 'rss') reading.rssBytes = bytes;
  else if (metric === 'vsz') reading.vszBytes = bytes;
  else if (metric === 'uss') reading.ussBytes = bytes;
  else if (metric === 'pss') reading.pssBytes = bytes;
  else reading.heapBytes = bytes;
}

function isGiven(text: string): boolean {
  return text !== '' && text !== '-' && text !== 'None';
}

function isNumber(text: string): boolean {
  return /^-?\d/.test(text);
}

/** ABSENT when it is none. */
function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return ABSENT;
  return Number(text);
}

/** "200", or "200 OK" where an application logs the whole status line. */
function statusOf(text: string | undefined): number {
  const digits = text === undefined ? undefined : /^(\d{3})(?!\d)/.exec(text)?.[1];
  return digits === undefined ? ABSENT : Number(digits);
}
