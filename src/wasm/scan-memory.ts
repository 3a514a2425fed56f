/**
 * The bytes of a log in the memory of scan.wasm, where the loops run that see every byte: WebAssembly takes a third of
 * what they take in JavaScript. Its source is in assembly/, in AssemblyScript, a strict subset of TypeScript's syntax.
 */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asset } from '../asset.ts';

/** Addresses and sizes of assembly/layout.ts. */
export const LAYOUT = {
  fieldCount: 16,
  /** Of a record: the fields, then the number of its route. */
  record: 17,
  route: 16,
  mostRecords: 512,
  scanned: 336,
  secrets: 256,
  patterns: 1024,
  pattern: 512,
  entries: 8,
  entry: 64,
  text: 8,
} as const;
const RECORDS = 16_384 + 65_536 * 16 + 4_194_304;
const INPUT = RECORDS + LAYOUT.mostRecords * LAYOUT.record * 8;
const PAGE = 65_536;

/** WebAssembly.Memory, named apart from it: this stands in the published types, and not every program has those. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export interface ScanFunctions {
  memory: LinearMemory;
  /** 1 when [start, end) is a record of uWSGI, whose fields are then in memory. */
  parse: (start: number, end: number, doubtful: number) => number;
  /** The address behind the head of a record, or 0. */
  parseHead: (start: number, end: number) => number;
  /** Reads lines from `start` on, as records, until one is none. Returns how many there are. */
  scan: (start: number, end: number, longest: number, paths: PathSearch) => number;
  /** The value kept for the bytes in [start, end), or -1. */
  find: (start: number, end: number) => number;
  /** The value kept for the path of the URI in [start, end), or -1. With `fold` (1) its numbers count as the same. */
  findPath: (start: number, end: number, fold: number) => number;
  /** Keeps a value for what was looked for last. */
  keep: (value: number) => void;
  /** Forgets all values that were kept. */
  clear: () => void;
}

/** How `scan` looks for paths: not at all, as they are, or with their numbers folded. */
export const PATHS = { unknown: 0, raw: 1, folded: 2 } as const;
export type PathSearch = (typeof PATHS)[keyof typeof PATHS];

let compiled: WebAssembly.Module | undefined;

export class ScanMemory {
  readonly functions: ScanFunctions;
  /** The fields of the last record, in the order of assembly/layout.ts. */
  fields: Float64Array = new Float64Array(0);
  /** The records of the last scan, LAYOUT.record numbers each. */
  records: Float64Array = new Float64Array(0);
  /** Whoever keeps numbers for paths says how they are to be looked for. */
  paths: PathSearch = PATHS.unknown;
  #bytes = new Uint8Array(0);
  #scanned = new Uint32Array(1);
  /** A chunk of the log lies at INPUT, the line that is read apart from it at `#textAt`. */
  #textAt = INPUT + 2 ** 20;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(asset('wasm/scan.wasm')));
    this.functions = new WebAssembly.Instance(compiled).exports as ScanFunctions;
    this.#reach(this.#textAt);
    this.#bytes.set(randomBytes(16), LAYOUT.secrets);
  }

  /** Puts a chunk of the log into memory, in place of the one before, and returns its address. */
  loadChunk(bytes: Uint8Array): number {
    this.#textAt = Math.max(this.#textAt, INPUT + bytes.length);
    return this.#load(INPUT, bytes);
  }

  /** Puts a line that came as text into memory, beside the chunk, and returns its address. */
  loadText(bytes: Uint8Array): number {
    return this.#load(this.#textAt, bytes);
  }

  /** The address where the last scan stopped. */
  get scanned(): number {
    return this.#scanned[0]!;
  }

  writeFormat(index: number, format: string): void {
    writePattern(
      new DataView(this.functions.memory.buffer, LAYOUT.patterns + index * LAYOUT.pattern, LAYOUT.pattern),
      format,
    );
  }

  #load(address: number, bytes: Uint8Array): number {
    this.#reach(address + bytes.length);
    this.#bytes.set(bytes, address);
    return address;
  }

  #reach(end: number): void {
    const { memory } = this.functions;
    if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
    if (this.#bytes.buffer === memory.buffer) return;
    this.#bytes = new Uint8Array(memory.buffer);
    this.fields = new Float64Array(memory.buffer, 0, LAYOUT.fieldCount);
    this.records = new Float64Array(memory.buffer, RECORDS, LAYOUT.mostRecords * LAYOUT.record);
    this.#scanned = new Uint32Array(memory.buffer, LAYOUT.scanned, 1);
  }
}

/**
 * A format as assembly/record.ts reads it: how many numbers, then each text with its length and whether a `%c` follows.
 * `%d` is a number of digits, `%c` one that may also be negative or only a dash: then its value is -1.
 */
function writePattern(memory: DataView, format: string): void {
  const texts = format.split(/%[dc]/);
  const kinds = format.match(/%[dc]/g) ?? [];
  memory.setUint32(0, kinds.length, true);
  for (const [i, text] of texts.entries()) {
    const entry = LAYOUT.entries + i * LAYOUT.entry;
    memory.setUint32(entry, text.length, true);
    memory.setUint32(entry + 4, kinds[i] === '%c' ? 1 : 0, true);
    for (let j = 0; j < text.length; j++) memory.setUint8(entry + LAYOUT.text + j, text.charCodeAt(j));
  }
}
