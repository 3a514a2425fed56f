/** Recognises compressed data by its first bytes, whatever the file's name, and decompresses it on the way. */
import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';

const DECOMPRESSED_CHUNK = 2 ** 20;
/** As many bytes as the longest signature below. */
const SIGNATURE_LENGTH = 6;

const GZIP = Buffer.from([0x1f, 0x8b]);
/** Compressions that this version leaves to the system's tool. */
const FOREIGN: { signature: Buffer; name: string; command: string }[] = [
  { signature: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), name: 'zstd', command: 'zstd -dc' },
  { signature: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), name: 'xz', command: 'xz -dc' },
  { signature: Buffer.from('BZh', 'latin1'), name: 'bzip2', command: 'bzip2 -dc' },
];

/** @throws UserError on data that is damaged, cut off, or compressed in a way this cannot read. */
export async function* decompress(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < SIGNATURE_LENGTH) {
    const next = await chunks.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const foreign = FOREIGN.find(({ signature }) => head.subarray(0, signature.length).equals(signature));
  if (foreign) {
    await chunks.return(undefined);
    throw new UserError(
      `${name} is compressed with ${foreign.name}; decompress it on the way: ${foreign.command} ${name} | leakrank`,
    );
  }
  if (head.subarray(0, GZIP.length).equals(GZIP)) {
    yield* through(name, prepend(head, chunks), createGunzip({ chunkSize: DECOMPRESSED_CHUNK }));
  } else if (name.endsWith('.br')) {
    // Brotli has no signature.
    yield* through(name, prepend(head, chunks), createBrotliDecompress({ chunkSize: DECOMPRESSED_CHUNK }));
  } else {
    yield* prepend(head, chunks);
  }
}

async function* prepend(head: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* chunks;
}

async function* through(name: string, chunks: AsyncGenerator<Buffer>, transform: Transform): AsyncGenerator<Buffer> {
  // The error reaches the loop through the transform, which the pipeline destroys with it.
  pipeline(Readable.from(copies(chunks), { objectMode: false }), transform, () => {});
  try {
    for await (const chunk of transform) yield chunk;
  } catch (error) {
    throw compressionError(name, error);
  }
}

/** A stream reads ahead, and the chunks are valid one at a time. */
async function* copies(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function compressionError(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR')
    return new UserError(
      `${name} ends in the middle of its compressed data; what came before is read, get the whole file`,
    );
  if (code.startsWith('Z_') || code.startsWith('ERR_') || code.startsWith('ERR__ERROR')) {
    return new UserError(
      `${name} holds damaged compressed data (${code}); what came before is read, get an intact copy`,
    );
  }
  return error;
}
