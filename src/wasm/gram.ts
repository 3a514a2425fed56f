/**
 * Weighted scalar products of many columns with each other, by the loops of assembly/gram.ts: with instructions that take
 * two numbers at once WebAssembly needs a third of what JavaScript needs, from the first call on.
 */
import { readFileSync } from 'node:fs';
import type { LinearMemory } from './scan-memory.ts';

interface GramFunctions {
  memory: LinearMemory;
  gram: (columns: number, count: number, stride: number, weights: number, scratch: number, out: number) => void;
}

const PAGE = 65_536;
const NUMBER = 8;

let functions: GramFunctions | undefined;
let numbers = new Float64Array(0);

/** columnsᵀ diag(weights) columns: symmetric, row-major, as many numbers as columns squared. */
export function gram(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const order = columns.length;
  // The loops take four columns, and two rows, at a time.
  const count = (order + 3) & ~3;
  const rows = (weights.length + 1) & ~1;
  const weightsAt = count * rows;
  const scratchAt = weightsAt + rows;
  const outAt = scratchAt + 2 * rows;
  const { gram } = reach(outAt + count * count);
  for (let i = 0; i < count; i++) {
    const column = columns[i];
    if (column) numbers.set(column, i * rows);
    else numbers.fill(0, i * rows, (i + 1) * rows);
    if (rows > weights.length) numbers[(i + 1) * rows - 1] = 0;
  }
  numbers.set(weights, weightsAt);
  numbers.fill(0, weightsAt + weights.length, scratchAt);
  gram(0, count, rows * NUMBER, weightsAt * NUMBER, scratchAt * NUMBER, outAt * NUMBER);
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = numbers[outAt + i * count + j]!;
      matrix[i * order + j] = sum;
      matrix[j * order + i] = sum;
    }
  }
  return matrix;
}

/** Makes room for so many numbers. */
function reach(count: number): GramFunctions {
  functions ??= new WebAssembly.Instance(new WebAssembly.Module(readFileSync(new URL('./gram.wasm', import.meta.url))))
    .exports as GramFunctions;
  const { memory } = functions;
  const missing = count * NUMBER - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  if (numbers.buffer !== memory.buffer) numbers = new Float64Array(memory.buffer);
  return functions;
}
