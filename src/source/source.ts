/** Anything that log bytes come from, with a name for messages. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import { decompress } from './decompress.ts';
import { LogFile } from './log-file.ts';
import { readError } from './read-error.ts';
import { bytesOf } from './standard-input.ts';

export interface Source {
  /** As a person would write it: the path, or "standard input". */
  name: string;
  /** The place its lines were written in, where a pid of it is not the same pid elsewhere; '' for the place of all others. */
  place: string;
  /** Of what may be a file, to read it from another place than its beginning; undefined for streams. */
  path: string | undefined;
  /** Is told of bytes as they come from the disk. */
  onRead: (bytes: number) => void;
  /**
   * The bytes, decompressed. Each chunk is valid until the next is asked for. Ends early, without an error, when the signal
   * is aborted.
   * @throws UserError when it cannot be read; some bytes may have come before.
   */
  chunks: (signal?: AbortSignal) => AsyncIterable<Buffer>;
}

/** @param onRead is told of bytes as they come from the disk, before they are decompressed. */
export function fileSource(path: string, place = '', onRead: (bytes: number) => void = () => {}): Source {
  return {
    name: path,
    place,
    path,
    onRead,
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
        yield* streamSource(path, createReadStream(path), onRead).chunks(signal);
        return;
      }
      const file = await LogFile.open(path);
      try {
        yield* file.chunks(0, onRead);
      } finally {
        await file.close();
      }
    },
  };
}

/** @param onRead is told of bytes as they come, before they are decompressed. */
export function streamSource(name: string, stream: Readable, onRead: (bytes: number) => void = () => {}): Source {
  return {
    name,
    place: '',
    path: undefined,
    onRead,
    async *chunks(signal) {
      const stop = () => void stream.destroy();
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        yield* decompress(name, told(bytesOf(stream), onRead));
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
    path: undefined,
    onRead: () => {},
    async *chunks(signal) {
      for await (const line of lines) {
        if (signal?.aborted) return;
        if (typeof line === 'string') yield Buffer.from(line.endsWith('\n') ? line : `${line}\n`, 'utf8');
        else yield Buffer.from(line.buffer, line.byteOffset, line.byteLength);
      }
    },
  };
}

async function* told(chunks: AsyncGenerator<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}
