/**
 * What is kept of workers' lives, in the memory of life.wasm: it takes a fraction of the time and of the memory that objects
 * and typed arrays take. Its source is in assembly/life/. A life is known by its address.
 */
import { readFileSync } from 'node:fs';
import { asset } from '../asset.ts';
import { UserError } from '../errors.ts';
import type { LinearMemory } from './scan-memory.ts';

type Constant = { readonly value: number };

interface LifeFunctions {
  memory: LinearMemory;
  newLife: () => number;
  freeLife: (life: number) => void;
  closeBaseWindow: (life: number, mostFloors: number, mostEvents: number) => void;
  endLife: (life: number, size: number, mostEvents: number) => void;
  compactLife: (life: number, mostFloors: number, mostEvents: number) => void;
  resize: (life: number, block: number, size: number) => number;
  floorColumns: (life: number) => number;
  floorCalls: (life: number) => number;
  floorSteps: (life: number) => number;
  eventColumns: (life: number) => number;
  eventCalls: (life: number) => number;
  callColumns: (life: number, count: number) => number;
  sumColumns: (life: number) => number;
  jumpColumns: (life: number) => number;
  numbersAt: () => number;
  integersAt: () => number;
  releaseColumns: () => void;
  LIFE_SIZE: Constant;
  BLOCKS: Constant;
  BLOCK_COUNT: Constant;
  BYTES: Constant;
  ROUTES: Constant;
  PARTS: Constant;
  REQUESTS: Constant;
  WINDOW: Constant;
  STRETCH: Constant;
  FIRST_BYTES: Constant;
}

type ColumnsOf =
  | 'floorColumns'
  | 'floorCalls'
  | 'floorSteps'
  | 'eventColumns'
  | 'eventCalls'
  | 'callColumns'
  | 'sumColumns'
  | 'jumpColumns';

/** Columns of assembly/life/columns.ts; they hold until the next call. */
export interface LifeColumns {
  count: number;
  numbers: Float64Array;
  integers: Int32Array;
}

/** Counts of assembly/life/calls.ts: the calls behind the lowest reading of the last window. */
const REST = 1;
/** Of a block: its address, then its size. */
const BLOCK_SIZE = 4;
/** Larger bounds are none. */
const MOST = 2 ** 30;

let compiled: WebAssembly.Module | undefined;

export class LifeMemory {
  /** All of the memory, to write readings into; others after each call. */
  floats: Float64Array = new Float64Array(0);
  ints: Int32Array = new Int32Array(0);
  readonly #functions: LifeFunctions;
  /** Why a call was broken off: lives may be in between since then. */
  #broken: unknown;

  /** @param sizeClassOf of the bytes of a jump; below 256. */
  constructor(sizeClassOf: (bytes: number) => number) {
    compiled ??= new WebAssembly.Module(readFileSync(asset('wasm/life.wasm')));
    this.#functions = new WebAssembly.Instance(compiled, { jumps: { sizeClassOf } }).exports as LifeFunctions;
    this.#look();
  }

  /** Where a life's readings of the present base window are written: places in `ints` and `floats`. */
  readingsOf(life: number): { routes: number; parts: number; bytes: number } {
    const { ROUTES, PARTS, BYTES } = this.#functions;
    return { routes: (life + ROUTES.value) / 4, parts: (life + PARTS.value) / 4, bytes: (life + BYTES.value) / 8 };
  }

  /** @throws UserError where there is no memory for it, as the others do. */
  newLife(): number {
    return this.#call(() => this.#functions.newLife()) >>> 0;
  }

  /** Gives all of a life's memory to others. */
  free(life: number): void {
    this.#call(() => this.#functions.freeLife(life));
  }

  /** The base window is full. */
  closeBaseWindow(life: number, mostFloors: number, mostEvents: number): void {
    if (this.#broken) throw this.#broken;
    try {
      this.#functions.closeBaseWindow(life, Math.min(mostFloors, MOST), Math.min(mostEvents, MOST));
    } catch (error) {
      throw this.#break(error);
    }
    if (this.ints.length === 0) this.#look();
  }

  /** The life is over, with so many readings in the base window that has begun. */
  endLife(life: number, size: number, mostEvents: number): void {
    this.#call(() => this.#functions.endLife(life, size, Math.min(mostEvents, MOST)));
  }

  /** Of a life that is over keeps at most so many floors and growth events. */
  compact(life: number, mostFloors: number, mostEvents: number): void {
    this.#call(() => this.#functions.compactLife(life, Math.min(mostFloors, MOST), Math.min(mostEvents, MOST)));
  }

  columns(kind: ColumnsOf, life: number): LifeColumns {
    const count = this.#call(() => this.#functions[kind](life, REST));
    const { memory, numbersAt, integersAt } = this.#functions;
    return {
      count,
      numbers: new Float64Array(memory.buffer, numbersAt() >>> 0),
      integers: new Int32Array(memory.buffer, integersAt() >>> 0),
    };
  }

  /** The last columns were read. */
  releaseColumns(): void {
    this.#call(() => this.#functions.releaseColumns());
  }

  /** Counters of a life. */
  counters(life: number): { requests: number; window: number; stretch: number; firstBytes: number } {
    const { REQUESTS, WINDOW, STRETCH, FIRST_BYTES } = this.#functions;
    const { ints, floats } = this;
    return {
      requests: ints[(life + REQUESTS.value) / 4]! >>> 0,
      window: ints[(life + WINDOW.value) / 4]!,
      stretch: ints[(life + STRETCH.value) / 4]!,
      firstBytes: floats[(life + FIRST_BYTES.value) / 8]!,
    };
  }

  /** All of a life, for {@link load}. */
  save(life: number): Uint8Array {
    if (this.#broken) throw this.#broken;
    const { LIFE_SIZE, memory } = this.#functions;
    const bytes = new Uint8Array(memory.buffer);
    const blocks = this.#blocks(this.ints, life);
    const saved = new Uint8Array(blocks.reduce((sum, { size }) => sum + size, LIFE_SIZE.value));
    saved.set(bytes.subarray(life, life + LIFE_SIZE.value));
    let at: number = LIFE_SIZE.value;
    for (const { address, size } of blocks) {
      saved.set(bytes.subarray(address, address + size), at);
      at += size;
    }
    return saved;
  }

  /** Gives a new life what another one held. */
  load(life: number, saved: Uint8Array): void {
    const { LIFE_SIZE, BLOCKS, memory, resize } = this.#functions;
    const head = saved.slice(0, LIFE_SIZE.value);
    const blocks = this.#blocks(new Int32Array(head.buffer), 0);
    let at: number = LIFE_SIZE.value;
    for (const [block, { size }] of blocks.entries()) {
      if (size === 0) continue;
      const address = this.#call(() => resize(life, block, size)) >>> 0;
      new Uint8Array(memory.buffer).set(saved.subarray(at, at + size), address);
      at += size;
    }
    new Uint8Array(memory.buffer).set(head.subarray(0, BLOCKS.value), life);
  }

  #blocks(ints: Int32Array, life: number): { address: number; size: number }[] {
    const { BLOCKS, BLOCK_COUNT } = this.#functions;
    return Array.from({ length: BLOCK_COUNT.value }, (_, i) => {
      const at = (life + BLOCKS.value) / 4 + i * 2;
      return { address: ints[at]! >>> 0, size: ints[at + BLOCK_SIZE / 4]! >>> 0 };
    });
  }

  #call<T>(call: () => T): T {
    if (this.#broken) throw this.#broken;
    try {
      const answer = call();
      this.#look();
      return answer;
    } catch (error) {
      throw this.#break(error);
    }
  }

  /** What finds no memory is trapped as unreachable; every other error is a bug. */
  #break(error: unknown): unknown {
    this.#broken = error instanceof Error && error.message === 'unreachable' ? noMemory() : error;
    return this.#broken;
  }

  /** Growth makes views of the memory void. */
  #look(): void {
    const { buffer } = this.#functions.memory;
    if (this.ints.buffer === buffer) return;
    this.ints = new Int32Array(buffer);
    this.floats = new Float64Array(buffer);
  }
}

function noMemory(): UserError {
  return new UserError(
    "the memory is full with what is kept of workers' lives; set --max-routes lower, or read fewer logs at once",
  );
}
