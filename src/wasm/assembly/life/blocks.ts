/** A life's blocks: they grow by half, are 0 where nothing was written, and go with their life. */
import { BLOCK, BLOCKS, BLOCK_COUNT } from './layout';

/** Less is not worth the trouble. */
const LEAST_SHRUNK: usize = 512;

@inline
export function block(life: usize, index: usize): usize {
  return <usize>load<u32>(life + index * BLOCK, BLOCKS);
}

@inline
export function sizeOf(life: usize, index: usize): usize {
  return <usize>load<u32>(life + index * BLOCK, BLOCKS + 4);
}

/** Makes a block at least so large; it may move. Returns its address. */
export function reserve(life: usize, index: usize, size: usize): usize {
  const held = sizeOf(life, index);
  if (size <= held) return block(life, index);
  return resize(life, index, max(size, held + (held >> 1)));
}

/** Makes a block as large as that, at once. */
export function resize(life: usize, index: usize, size: usize): usize {
  const old = block(life, index);
  const held = sizeOf(life, index);
  const address = old == 0 ? heap.alloc(size) : heap.realloc(old, size);
  if (size > held) memory.fill(address + held, 0, size - held);
  store<u32>(life + index * BLOCK, <u32>address, BLOCKS);
  store<u32>(life + index * BLOCK, <u32>size, BLOCKS + 4);
  return address;
}

/** Of a block of which only so much is used any more, gives most of the rest back. */
export function shrink(life: usize, index: usize, used: usize): void {
  if (sizeOf(life, index) > 2 * used + LEAST_SHRUNK) resize(life, index, used + (used >> 1));
}

export function release(life: usize, index: usize): void {
  const address = block(life, index);
  if (address == 0) return;
  heap.free(address);
  store<u64>(life + index * BLOCK, 0, BLOCKS);
}

export function releaseAll(life: usize): void {
  for (let index: usize = 0; index < BLOCK_COUNT; index++) release(life, index);
}
