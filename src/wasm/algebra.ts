/**
 * The arithmetic of estimates, by the loops of assembly/algebra/: WebAssembly runs at full speed from the first call on,
 * where JavaScript would be compiled again and again while an estimate lasts. Whoever calls lays out numbers, one behind the
 * other, calls, and reads.
 */

import { readFileSync } from 'node:fs';
import { asset } from '../asset.ts';
import type { LinearMemory } from './scan-memory.ts';

/** All arguments are addresses, but for counts; see the files of assembly/algebra/. */
export interface AlgebraFunctions {
  memory: LinearMemory;
  factorise: (matrix: number, order: number) => void;
  solve: (factor: number, order: number, right: number) => void;
  gram: (
    columns: number,
    count: number,
    stride: number,
    length: number,
    weights: number,
    scratch: number,
    out: number,
  ) => void;
  jackknife: (
    matrix: number,
    vector: number,
    order: number,
    groups: number,
    groupCount: number,
    kept: number,
    size: number,
    values: number,
    scratch: number,
    squares: number,
  ) => void;
  nonNegativeLeastSquares: (
    matrix: number,
    vector: number,
    order: number,
    allowed: number,
    count: number,
    scratch: number,
    solution: number,
  ) => void;
  partialOut: (
    products: number,
    size: number,
    others: number,
    ridge: number,
    factor: number,
    taken: number,
    coefficients: number,
    reduced: number,
  ) => void;
}

const PAGE = 65_536;
const NUMBER = 8;

let functions: AlgebraFunctions | undefined;
let numbers = new Float64Array(0);
/** Whose numbers `layOutBehind` left at the beginning, while nothing else was laid out. */
let kept: object | undefined;

/** Numbers laid out from the beginning of the memory, or behind what is resident. Valid until the next layout. */
export class Layout {
  readonly functions: AlgebraFunctions;
  readonly numbers: Float64Array;
  #end: number;

  constructor(functions: AlgebraFunctions, room: Float64Array, start: number) {
    this.functions = functions;
    this.numbers = room;
    this.#end = start;
  }

  /** The address of room for so many numbers, of any value. */
  room(count: number): number {
    const start = this.#end;
    // Two numbers are loaded at once: each part begins at an even place.
    this.#end += (count + 1) & ~1;
    return start * NUMBER;
  }

  /** The address of a copy. */
  copy(values: ArrayLike<number>): number {
    const address = this.room(values.length);
    this.numbers.set(values, address / NUMBER);
    return address;
  }

  read(address: number, count: number): Float64Array {
    return this.numbers.slice(address / NUMBER, address / NUMBER + count);
  }
}

/** @param count of all numbers that will be laid out, each part rounded up to an even count. */
export function layOut(count: number): Layout {
  kept = undefined;
  return reach(0, count);
}

/**
 * A layout behind numbers that stay where they are while the same object's are asked for, and no other layout was made.
 * @param fill writes the `residentCount` numbers.
 * @returns also the address of the first of them.
 */
export function layOutBehind(
  of: object,
  residentCount: number,
  count: number,
  fill: (room: Float64Array) => void,
): { layout: Layout; start: number } {
  const end = (residentCount + 1) & ~1;
  const layout = reach(end, count);
  if (kept !== of) fill(layout.numbers.subarray(0, residentCount));
  kept = of;
  return { layout, start: 0 };
}

function reach(start: number, count: number): Layout {
  functions ??= new WebAssembly.Instance(new WebAssembly.Module(readFileSync(asset('wasm/algebra.wasm'))))
    .exports as unknown as AlgebraFunctions;
  const { memory } = functions;
  const missing = (start + count) * NUMBER - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  if (numbers.buffer !== memory.buffer) numbers = new Float64Array(memory.buffer);
  return new Layout(functions, numbers, start);
}
