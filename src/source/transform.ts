/** Sends chunks through one of Node's decompressing streams. */
import { pipeline, Readable, type Transform } from 'node:stream';
import { UserError } from '../errors.ts';

/** @throws UserError on damaged or cut-off data; what came before it is yielded first. */
export async function* through(
  name: string,
  chunks: AsyncGenerator<Buffer>,
  transform: Transform,
): AsyncGenerator<Buffer> {
  // The error reaches the loop through the transform, which the pipeline destroys with it.
  pipeline(Readable.from(copies(chunks), { objectMode: false }), transform, () => {});
  try {
    for await (const chunk of transform) yield chunk;
  } catch (error) {
    throw compressionError(name, error);
  }
}

/** A stream reads ahead, and the chunks are valid one at a time. */
export async function* copies(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

export function cutOff(name: string): UserError {
  return new UserError(
    `${name} ends in the middle of its compressed data; what came before is read, get the whole file`,
  );
}

export function damaged(name: string, detail: string): UserError {
  return new UserError(
    `${name} holds damaged compressed data (${detail}); what came before is read, get an intact copy`,
  );
}

function compressionError(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return cutOff(name);
  if (code.startsWith('Z_') || code.startsWith('ERR_')) {
    return damaged(name, code);
  }
  return error;
}
