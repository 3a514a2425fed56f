/** Recognises compressed data by its first bytes, whatever the file's name, and decompresses it on the way. */
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { throughTool } from './system-tool.ts';
import { through } from './transform.ts';
import { unzstd } from './zstd.ts';

export const DECOMPRESSED_CHUNK = 2 ** 20;

export type Decompressor = (name: string, chunks: AsyncGenerator<Buffer>) => AsyncGenerator<Buffer>;

const CODECS: { signature: Buffer; open: Decompressor }[] = [
  {
    signature: Buffer.from([0x1f, 0x8b]),
    // Several members, one behind the other, are read as one.
    open: (name, chunks) => through(name, chunks, createGunzip({ chunkSize: DECOMPRESSED_CHUNK })),
  },
  { signature: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), open: unzstd },
  { signature: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), open: throughTool('xz', 'xz-utils') },
  { signature: Buffer.from('BZh', 'latin1'), open: throughTool('bzip2', 'bzip2') },
];
export const SIGNATURE_LENGTH: number = Math.max(...CODECS.map(({ signature }) => signature.length));

/** Brotli has no signature, so here the name decides. */
const brotli: Decompressor = (name, chunks) =>
  through(name, chunks, createBrotliDecompress({ chunkSize: DECOMPRESSED_CHUNK }));

/** Whether data that begin so are decompressed, in a file of this name. */
export function isCompressed(name: string, head: Buffer): boolean {
  return CODECS.some(({ signature }) => head.subarray(0, signature.length).equals(signature)) || name.endsWith('.br');
}

/** @throws UserError on data that is damaged or cut off, or when the tool that could read it is not installed. */
export async function* decompress(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < SIGNATURE_LENGTH) {
    const next = await chunks.next();
    if (next.done) break;
    // A copy: chunks are valid one at a time.
    head = Buffer.concat([head, next.value]);
  }
  const codec = CODECS.find(({ signature }) => head.subarray(0, signature.length).equals(signature));
  const open = codec?.open ?? (name.endsWith('.br') ? brotli : undefined);
  yield* open ? open(name, prepend(head, chunks)) : prepend(head, chunks);
}

async function* prepend(head: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* chunks;
}
