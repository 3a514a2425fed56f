/**
 * A file that is still written: what stands in it, then what is added, until its name leads to another file (the old one is
 * read to its end first, since its writer may not have moved on yet) or it is shorter than what was read of it.
 */
import { stat } from 'node:fs/promises';
import { FolderBell } from './folder-bell.ts';
import type { LogFile } from './log-file.ts';

const CHUNK = 2 ** 18;
/** A renamed file is read on until nothing was added to it for so long, in milliseconds. */
const GRACE = 1000;

export type Followed =
  /** The next bytes, valid until the next are asked for. */
  | { kind: 'bytes'; bytes: Buffer }
  /** All that is there was read. */
  | { kind: 'caught-up' }
  /** Another file stands behind the name, or the file was emptied. Nothing comes after this. */
  | { kind: 'over'; reason: 'rotated' | 'truncated' };

/**
 * Ends also when the signal is aborted.
 *
 * @param file which its name leads to now, or did a moment ago; it is the caller's to close.
 * @param start where to begin in it.
 */
export async function* follow(file: LogFile, signal: AbortSignal, start = 0): AsyncGenerator<Followed> {
  const bell = new FolderBell(file.path, signal);
  try {
    let position = start;
    let quietSince = 0;
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    while (!signal.aborted) {
      const bytesRead = await file.read(buffer, position);
      if (bytesRead > 0) {
        position += bytesRead;
        quietSince = 0;
        yield { kind: 'bytes', bytes: buffer.subarray(0, bytesRead) };
        continue;
      }
      const change = await changeOf(file, position);
      if (change === 'none') quietSince = 0;
      else quietSince ||= Date.now();
      if (change === 'truncated' || (change === 'rotated' && Date.now() - quietSince >= GRACE)) {
        yield { kind: 'over', reason: change };
        return;
      }
      yield { kind: 'caught-up' };
      await bell.rings();
    }
  } finally {
    bell.close();
  }
}

async function changeOf(file: LogFile, position: number): Promise<'none' | 'rotated' | 'truncated'> {
  if ((await file.size()) < position) return 'truncated';
  // There is none between rename and create.
  const named = await stat(file.path, { bigint: true }).catch(() => undefined);
  if (!named) return 'none';
  return String(named.ino) === file.inode && String(named.dev) === file.device ? 'none' : 'rotated';
}
