/**
 * The bytes of a log in the memory of scan.wasm, where the loops run that see every byte: WebAssembly takes a third of
 * what they take in JavaScript. Its source is in assembly/, in AssemblyScript, a strict subset of TypeScript's syntax.
 */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asset } from '../asset.ts';
import type { Mark } from '../lines/mark.ts';
import { markTable } from './mark-table.ts';

/** Sizes, and addresses that never change, of assembly/layout.ts. */
export const LAYOUT = {
  fieldCount: 16,
  /** Of a record: the fields, then the number of its route. */
  record: 17,
  route: 16,
  mostRecords: 512,
  scanned: 336,
  secretsLength: 8208,
  mostPatterns: 16,
  segmentLength: 8192,
  formName: 16,
  pattern: 512,
  entries: 8,
  entry: 64,
  text: 8,
} as const;
const PAGE = 65_536;
/** The loops load some bytes at once, those behind the last one too. */
const LOADED_AT_ONCE = 32;

/** WebAssembly.Memory, named apart from it: this stands in the published types, and not every program has those. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** An address that assembly/layout.ts has worked out. */
interface Address {
  readonly value: number;
}

export interface ScanFunctions {
  memory: LinearMemory;
  /** The bytes of the log lie from here on. */
  INPUT: Address;
  RECORDS: Address;
  PATTERNS: Address;
  SECRETS: Address;
  SEGMENT: Address;
  FORM_NAMES: Address;
  MARK_NIBBLES: Address;
  LETTERS: Address;
  HAS_LETTERS: Address;
  /** 1 when [start, end) is a record of uWSGI, whose fields are then in memory. */
  parse: (start: number, end: number, doubtful: number) => number;
  /** The address behind the head of a record, or 0. */
  parseHead: (start: number, end: number) => number;
  /** Reads lines from `start` on, as records, until one is none. Returns how many there are. */
  scan: (start: number, end: number, longest: number, paths: PathSearch) => number;
  /** Passes over lines that hold no mark. Returns how many there are. */
  skipUnmarked: (start: number, end: number, longest: number) => number;
  /** The value kept for the bytes in [start, end), or -1. */
  find: (start: number, end: number) => number;
  /** The value kept for the path of the URI in [start, end), or -1. With `fold` (1) its numbers count as the same. */
  findPath: (start: number, end: number, fold: number) => number;
  /** Keeps a value for what was looked for last. */
  keep: (value: number) => void;
  /** Forgets all values that were kept. */
  clear: () => void;
  /** The node of the segment at SEGMENT behind another node, made where there is none; 0 where there is no room. */
  addNode: (parent: number, length: number) => number;
  nodeCount: () => number;
  clearNodes: () => void;
  /** All segments of the position are told, and it takes no further ones: names (1), files with other endings (2). */
  close: (node: number, to: number) => void;
  /** The same bits. */
  closedTo: (node: number) => number;
  /** The path that ends at the node has this route. */
  setRoute: (node: number, route: number) => void;
  /** New names have this route; with `isWhole` (1) also those of positions that are not told. */
  setFull: (route: number, isWhole: number) => void;
  /** How many paths since the last call were found whose first segment was one of too many. */
  takeCrowded: () => number;
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
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(0);
  #scanned = new Uint32Array(1);
  /** A chunk of the log lies at INPUT, the line that is read apart from it at `#textAt`. */
  #textAt: number;
  /** What lies at INPUT; undefined where that may have changed. */
  #chunk: Uint8Array | undefined;
  #marks: readonly Mark[] = [];

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(asset('wasm/scan.wasm')));
    this.functions = new WebAssembly.Instance(compiled).exports as ScanFunctions;
    this.#textAt = this.functions.INPUT.value + 2 ** 20;
    this.#reach(this.#textAt);
    this.#bytes.set(randomBytes(LAYOUT.secretsLength), this.functions.SECRETS.value);
  }

  /** Bytes that are loaded from now on may lie where others were. */
  forgetChunk(): void {
    this.#chunk = undefined;
  }

  /**
   * Puts a chunk of the log into memory, in place of the one before, and returns its address. Several parsers ask for the
   * same one: see {@link forgetChunk}.
   */
  loadChunk(bytes: Uint8Array): number {
    const input = this.functions.INPUT.value;
    if (this.#chunk === bytes) return input;
    this.#chunk = bytes;
    this.#textAt = Math.max(this.#textAt, input + bytes.length);
    return this.#load(input, bytes);
  }

  /** What `skipUnmarked` looks for from now on. @throws RangeError when there are too many. */
  writeMarks(marks: readonly Mark[]): void {
    if (marks.length === this.#marks.length && marks.every((mark, i) => mark === this.#marks[i])) return;
    this.#marks = marks;
    this.#bytes.set(markTable(marks), this.functions.MARK_NIBBLES.value);
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
    if (index >= LAYOUT.mostPatterns) throw new RangeError(`there is no room for ${index + 1} formats`);
    const at = this.functions.PATTERNS.value + index * LAYOUT.pattern;
    writePattern(new DataView(this.functions.memory.buffer, at, LAYOUT.pattern), format);
  }

  /** Puts the text of a segment where `addNode` looks for it. @returns its bytes. */
  writeSegment(text: string): number {
    const at = this.functions.SEGMENT.value;
    return this.#encoder.encodeInto(text, this.#bytes.subarray(at, at + LAYOUT.segmentLength)).written;
  }

  /** @param letters one bit for each of the first 65 536 characters: 1 for those that are shown without escapes. */
  writeLetters(letters: Uint8Array): void {
    this.#bytes.set(letters, this.functions.LETTERS.value);
    this.#bytes[this.functions.HAS_LETTERS.value] = 1;
  }

  /** The names of forms, in the order of assembly/segment-form.ts. */
  writeFormNames(names: readonly string[]): void {
    for (const [i, name] of names.entries()) {
      const at = this.functions.FORM_NAMES.value + i * LAYOUT.formName;
      this.#bytes[at] = this.#encoder.encodeInto(name, this.#bytes.subarray(at + 1, at + LAYOUT.formName)).written;
    }
  }

  #load(address: number, bytes: Uint8Array): number {
    this.#reach(address + bytes.length + LOADED_AT_ONCE);
    this.#bytes.set(bytes, address);
    return address;
  }

  #reach(end: number): void {
    const { memory } = this.functions;
    if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
    if (this.#bytes.buffer === memory.buffer) return;
    this.#bytes = new Uint8Array(memory.buffer);
    this.fields = new Float64Array(memory.buffer, 0, LAYOUT.fieldCount);
    this.records = new Float64Array(memory.buffer, this.functions.RECORDS.value, LAYOUT.mostRecords * LAYOUT.record);
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
