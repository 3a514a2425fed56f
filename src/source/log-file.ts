/** A file that is open: whatever its name leads to by now, its bytes are read from any place, decompressed. */
import { type FileHandle, open } from 'node:fs/promises';
import { decompress, isCompressed, SIGNATURE_LENGTH } from './decompress.ts';
import { readAhead } from './read-ahead.ts';
import { readError } from './read-error.ts';

/** Larger reads save calls. */
const CHUNK = 2 ** 19;

/** What is the same for two names of one file. */
export interface FileIdentity {
  device: string;
  inode: string;
}

export class LogFile implements FileIdentity {
  /** The name it was opened by. */
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  readonly isCompressed: boolean;
  readonly #handle: FileHandle;

  private constructor(path: string, identity: FileIdentity, isPacked: boolean, handle: FileHandle) {
    this.path = path;
    this.device = identity.device;
    this.inode = identity.inode;
    this.isCompressed = isPacked;
    this.#handle = handle;
  }

  /** @throws UserError when it cannot be read. */
  static async open(path: string): Promise<LogFile> {
    const handle = await open(path).catch((error) => {
      throw readError(path, error);
    });
    try {
      const { dev, ino } = await handle.stat({ bigint: true });
      const start = Buffer.alloc(SIGNATURE_LENGTH);
      const { bytesRead } = await handle.read(start, 0, start.length, 0);
      const identity = { device: String(dev), inode: String(ino) };
      return new LogFile(path, identity, isCompressed(path, start.subarray(0, bytesRead)), handle);
    } catch (error) {
      await handle.close();
      throw readError(path, error);
    }
  }

  /** Of the file as it lies on the disk, in bytes. */
  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  /** As FileHandle.read, at a place of the file as it lies on the disk. @returns how many bytes were read. */
  async read(buffer: Buffer, position: number): Promise<number> {
    return (await this.#handle.read(buffer, 0, buffer.length, position)).bytesRead;
  }

  /** The first bytes, decompressed; fewer where it has fewer. @throws UserError */
  async head(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let size = 0;
    if (length === 0) return Buffer.alloc(0);
    for await (const chunk of this.chunks(0)) {
      // Each chunk is valid until the next is asked for.
      parts.push(Buffer.from(chunk.subarray(0, length)));
      size += chunk.length;
      if (size >= length) break;
    }
    return Buffer.concat(parts).subarray(0, length);
  }

  /**
   * @param from so many decompressed bytes are left out.
   * @param onRead is told of bytes as they come from the disk.
   * @throws UserError when it cannot be read to its end; some bytes may have come before.
   */
  async *chunks(from: number, onRead: (bytes: number) => void = () => {}): AsyncGenerator<Buffer> {
    try {
      if (!this.isCompressed) {
        onRead(from);
        yield* this.#bytes(from, onRead);
        return;
      }
      let left = from;
      for await (const chunk of decompress(this.path, this.#bytes(0, onRead))) {
        if (left < chunk.length) yield chunk.subarray(left);
        left = Math.max(0, left - chunk.length);
      }
    } catch (error) {
      throw readError(this.path, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async *#bytes(from: number, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
    let position = from;
    yield* readAhead(async (buffer) => {
      const bytesRead = await this.read(buffer, position);
      position += bytesRead;
      onRead(bytesRead);
      return bytesRead;
    }, CHUNK);
  }
}
