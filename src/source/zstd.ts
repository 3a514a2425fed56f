/** zstd, in JavaScript: Node's own decoder stops behind the first frame, and in Node 22 does not say when data is cut off. */
import { cutOff, damaged } from './transform.ts';

/**
 * Several frames, one behind the other, are read as one.
 * @throws UserError on damaged or cut-off data; what came before it is yielded first.
 */
export async function* unzstd(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress } = await import('fzstd');
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
