/**
 * A file that is still written: what stands in it, then what is added, through rotation (the name leads to another file: the
 * old one is read to its end first, since its writer may not have moved on yet) and truncation (the file is shorter than what
 * was read of it: it is read from its beginning).
 */
import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const CHUNK = 2 ** 18;
/** File systems that tell nothing (NFS, some containers' mounts) are looked at so often, in milliseconds. */
const POLL = 500;
/** A renamed file is read on until nothing was added to it for so long, in milliseconds. */
const GRACE = 1000;
const NEWLINE = 0x0a;

export type Followed =
  /** The next bytes, valid until the next are asked for. */
  | { kind: 'bytes'; bytes: Buffer }
  /** All that is there was read: a good moment to report. */
  | { kind: 'caught-up' }
  /** Another file stands behind the name, or the file was emptied. */
  | { kind: 'new-file'; reason: 'rotated' | 'truncated' };

/** Ends when the signal is aborted. @throws the system's error when the file cannot be read. */
export async function* follow(path: string, signal: AbortSignal, start = 0): AsyncGenerator<Followed> {
  const bell = new Bell(path, signal);
  let file = await open(path);
  try {
    let position = start;
    let lastByte = NEWLINE;
    let quietSince = 0;
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    while (!signal.aborted) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
      if (bytesRead > 0) {
        position += bytesRead;
        lastByte = buffer[bytesRead - 1]!;
        quietSince = 0;
        yield { kind: 'bytes', bytes: buffer.subarray(0, bytesRead) };
        continue;
      }
      const change = await changeOf(path, file, position);
      if (change === 'none') {
        quietSince = 0;
        yield { kind: 'caught-up' };
        await bell.rings();
        continue;
      }
      quietSince ||= Date.now();
      if (change === 'rotated' && Date.now() - quietSince < GRACE) {
        yield { kind: 'caught-up' };
        await bell.rings(GRACE);
        continue;
      }
      if (change === 'rotated') {
        const next = await open(path).catch(() => undefined);
        if (!next) {
          // Between rename and create.
          await bell.rings();
          continue;
        }
        await file.close();
        file = next;
      }
      // The line that was being written has no end.
      if (lastByte !== NEWLINE) yield { kind: 'bytes', bytes: Buffer.from('\n') };
      position = 0;
      lastByte = NEWLINE;
      quietSince = 0;
      yield { kind: 'new-file', reason: change };
    }
  } finally {
    bell.close();
    await file.close();
  }
}

async function changeOf(path: string, file: FileHandle, position: number): Promise<'none' | 'rotated' | 'truncated'> {
  const own = await file.stat({ bigint: true });
  if (own.size < BigInt(position)) return 'truncated';
  const named = await stat(path, { bigint: true }).catch(() => undefined);
  return named && named.ino === own.ino && named.dev === own.dev ? 'none' : 'rotated';
}

/** Rings when something happens in the file's folder, when it is time to look, or when the signal is aborted. */
class Bell {
  #watcher: FSWatcher | undefined;
  #hasRung = false;
  #wake: (() => void) | undefined;
  readonly #signal: AbortSignal;
  readonly #ring = () => {
    this.#hasRung = true;
    this.#wake?.();
  };

  constructor(path: string, signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#ring);
    try {
      // The folder, since a file's own watcher follows it when it is renamed.
      this.#watcher = watch(dirname(path), { persistent: false }, this.#ring);
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No watchers left, or none here: polling is enough.
    }
  }

  /** @param longest milliseconds. */
  async rings(longest: number = POLL): Promise<void> {
    if (!this.#hasRung && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longest);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
    this.#wake = undefined;
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#ring);
    this.#watcher?.close();
  }
}
