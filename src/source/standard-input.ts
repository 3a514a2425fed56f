/**
 * Bytes of standard input in large pieces. A stream of Node gives 64 KiB at a time, each in fresh memory, and with every piece
 * comes a line that is cut in two: together that takes as long as reading the lines.
 */
import { fstatSync, read } from 'node:fs';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { readAhead } from './read-ahead.ts';

const CHUNK = 2 ** 19;
/** What has come is given out when nothing comes for so long. */
const PATIENCE_MS = 1;

/** Each chunk is valid until the next is asked for. Streams that are not a process's own are read as they are. */
export async function* bytesOf(stream: Readable): AsyncGenerator<Buffer> {
  const fd = 'fd' in stream && typeof stream.fd === 'number' ? stream.fd : undefined;
  const kind = fd === undefined ? undefined : kindOf(fd);
  if (fd !== undefined && kind === 'file') {
    yield* readAhead((buffer) => readNext(fd, buffer), CHUNK);
  } else if (fd !== undefined && kind === 'pipe') {
    yield* new Pipe(fd, stream).chunks();
  } else {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
  }
}

/** From where the last reading stopped. @returns how many bytes. */
function readNext(fd: number, buffer: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, 0, buffer.length, null, (error, bytesRead) => (error ? reject(error) : resolve(bytesRead)));
  });
}

function kindOf(fd: number): 'file' | 'pipe' | undefined {
  try {
    const status = fstatSync(fd);
    // Reading a directory says what is wrong with it.
    if (status.isFile() || status.isDirectory()) return 'file';
    return status.isFIFO() || status.isSocket() ? 'pipe' : undefined;
  } catch {
    // It is closed.
    return undefined;
  }
}

/** One buffer is filled while the other is looked at. */
class Pipe {
  #filled = Buffer.allocUnsafeSlow(CHUNK);
  #other = Buffer.allocUnsafeSlow(CHUNK);
  /** Bytes in the buffer that is filled. */
  #size = 0;
  #isReady = false;
  #isOver = false;
  #failure: unknown;
  #wake = () => {};
  #timer: NodeJS.Timeout | undefined;
  readonly #socket: Socket;
  readonly #stream: Readable;

  /** @param stream of the same file; it must not be read. When it is destroyed, the reading ends. */
  constructor(fd: number, stream: Readable) {
    this.#stream = stream;
    const options: SocketConstructorOpts & ConnectOpts = {
      fd,
      readable: true,
      writable: false,
      onread: {
        // Asked for right behind each reading; a full buffer is taken away before there is another one.
        buffer: () => (this.#size < CHUNK ? this.#filled.subarray(this.#size) : this.#other),
        callback: (bytes, buffer) => this.#take(bytes, buffer),
      },
    };
    this.#socket = new Socket(options);
    this.#socket.once('end', this.#end).once('close', this.#end);
    this.#socket.once('error', (error) => {
      this.#failure = error;
      this.#end();
    });
    stream.once('close', this.#end);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        if (!this.#isReady && !this.#isOver) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
        this.#isReady = false;
        const size = this.#size;
        if (size === 0) {
          if (this.#failure) throw this.#failure;
          if (this.#isOver) return;
          continue;
        }
        const chunk = this.#filled.subarray(0, size);
        [this.#filled, this.#other] = [this.#other, this.#filled];
        this.#size = 0;
        if (size === CHUNK) this.#socket.resume();
        yield chunk;
      }
    } finally {
      clearTimeout(this.#timer);
      this.#stream.off('close', this.#end);
      this.#socket.destroy();
    }
  }

  /** @returns whether there is room for more. */
  #take(bytes: number, buffer: Uint8Array): boolean {
    // It was handed out before what it is a part of was given away, half full.
    if (buffer.buffer !== this.#filled.buffer) this.#filled.set(buffer.subarray(0, bytes), this.#size);
    this.#size += bytes;
    if (this.#size === CHUNK) this.#give();
    else this.#timer ??= setTimeout(() => this.#give(), PATIENCE_MS);
    return this.#size < CHUNK;
  }

  #give(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isReady = true;
    this.#wake();
  }

  readonly #end = (): void => {
    this.#isOver = true;
    this.#give();
  };
}
