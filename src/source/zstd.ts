/** zstd: Node's own from 22.15 on, before that in JavaScript. */

import type { Transform } from 'node:stream';
import zlib, { type ZlibOptions } from 'node:zlib';
import { Decompress } from 'fzstd';
import { cutOff, damaged, through } from './transform.ts';

/** Types for Node 20 do not know it. */
const { createZstdDecompress } = zlib as typeof zlib & {
  createZstdDecompress?: (options: ZlibOptions) => Transform;
};

export function unzstd(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (!createZstdDecompress) return inJavaScript(name, chunks);
  return through(name, chunks, createZstdDecompress({ chunkSize: 2 ** 20 }));
}

/** Several frames, one behind the other, are read as one. Exported for tests on a Node that has its own. */
export async function* inJavaScript(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  let isComplete = false;
  const stream = new Decompress((chunk, isLast) => {
    if (chunk.length > 0) ready.push(Buffer.from(chunk));
    isComplete = isLast === true;
  });
  const push = (chunk: Uint8Array, isLast: boolean) => {
    try {
      stream.push(chunk, isLast);
    } catch (error) {
      // What was decompressed before is in `ready`.
      return error instanceof Error ? error.message : String(error);
    }
    return undefined;
  };
  for await (const chunk of chunks) {
    const failure = push(chunk, false);
    yield* ready;
    ready = [];
    if (failure !== undefined) throw damaged(name, failure);
  }
  const failure = push(new Uint8Array(0), true);
  yield* ready;
  if (failure !== undefined || !isComplete) throw cutOff(name);
}
