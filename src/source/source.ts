/** Anything that log bytes come from, with a name for messages. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import { decompress } from './decompress.ts';

export interface Source {
  /** As a person would write it: the path, or "standard input". */
  name: string;
  /** The place its lines were written in, where a pid of it is not the same pid elsewhere; '' for the place of all others. */
  place: string;
  /**
   * The bytes, decompressed. Each chunk is valid until the next is asked for. Ends early, without an error, when the signal
   * is aborted.
   * @throws UserError when it cannot be read; some bytes may have come before.
   */
  chunks: (signal?: AbortSignal) => AsyncIterable<Buffer>;
}

/** Larger reads save calls; a pipe gives 64 KiB whatever is asked for. */
const FILE_CHUNK = 2 ** 19;

/** @param onRead is told of bytes as they come from the disk, before they are decompressed. */
export function fileSource(path: string, place = '', onRead: (bytes: number) => void = () => {}): Source {
  return {
    name: path,
    place,
    async *chunks(signal) {
      const status = await stat(path).catch((error) => {
        throw readError(path, error);
      });
      if (status.isDirectory()) {
        throw new UserError(
          `${path} is a directory: name the log files in it, for example ${path.replace(/\/$/, '')}/*.log, or use --recursive`,
        );
      }
      if (!status.isFile()) {
        yield* streamSource(path, createReadStream(path)).chunks(signal);
        return;
      }
      try {
        yield* decompress(path, fileChunks(path, onRead));
      } catch (error) {
        throw readError(path, error);
      }
    },
  };
}

/** All chunks are one buffer: each is valid until the next is asked for. Fresh memory for every one costs as much as reading. */
async function* fileChunks(path: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(FILE_CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, FILE_CHUNK, null);
      if (bytesRead === 0) return;
      onRead(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

export function streamSource(name: string, stream: Readable): Source {
  return {
    name,
    place: '',
    async *chunks(signal) {
      const stop = () => void stream.destroy();
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        yield* decompress(name, bytesOf(stream));
      } catch (error) {
        if (!signal?.aborted) throw readError(name, error);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
  };
}

/** A source of lines that are already apart, each with or without its newline. */
export function linesSource(
  name: string,
  lines: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Source {
  return {
    name,
    place: '',
    async *chunks(signal) {
      for await (const line of lines) {
        if (signal?.aborted) return;
        if (typeof line === 'string') yield Buffer.from(line.endsWith('\n') ? line : `${line}\n`, 'utf8');
        else yield Buffer.from(line.buffer, line.byteOffset, line.byteLength);
      }
    },
  };
}

async function* bytesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}

/** Turns what the system says about a file into a sentence; anything else is passed on. */
function readError(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return new UserError(`${name}: there is no such file; check the path`);
    case 'EACCES':
    case 'EPERM':
      return new UserError(
        `${name}: no permission to read it; run as a user who may, or pipe it in: sudo cat ${name} | leakrank`,
      );
    case 'EISDIR':
      return new UserError(`${name} is a directory: name the log files in it`);
    case 'ERR_INVALID_ARG_VALUE':
      return new UserError(`${JSON.stringify(name)} is no file name; check the path`);
    case 'EIO':
    case 'ENXIO':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new UserError(`${name} cannot be read (${code}); check the path and the disk`);
    default:
      return error;
  }
}
