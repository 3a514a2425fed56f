/**
 * A file that is still written: what stands in it, then what is added, through rotation (the name leads to another file: the
 * old one is read to its end first, since its writer may not have moved on yet) and truncation (the file is shorter than what
 * was read of it: it is read from its beginning).
 */
import { stat } from 'node:fs/promises';
import { FolderBell } from './folder-bell.ts';
import { type FileIdentity, LogFile } from './log-file.ts';
import { rotatedSet } from './rotated-set.ts';

const CHUNK = 2 ** 18;
/** A renamed file is read on until nothing was added to it for so long, in milliseconds. */
const GRACE = 1000;

export type Followed =
  /** The next bytes, valid until the next are asked for. */
  | { kind: 'bytes'; bytes: Buffer }
  /** All that is there was read: a good moment to report. */
  | { kind: 'caught-up' }
  /** Another file stands behind the name, or the file was emptied; a line that has no end by now gets none. */
  | { kind: 'new-file'; reason: 'rotated' | 'truncated'; file: LogFile };

/**
 * Ends when the signal is aborted, and closes the file.
 *
 * @param first the file that its name leads to now, or did a moment ago.
 * @param start where to begin in it.
 * @throws UserError when a file cannot be read.
 */
export async function* follow(first: LogFile, signal: AbortSignal, start = 0): AsyncGenerator<Followed> {
  const bell = new FolderBell(first.path, signal);
  let file = first;
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
      const change = await changeOf(first.path, file, position);
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
      const next = change === 'rotated' ? await nextFile(first.path, file) : file;
      if (!next) {
        // Between rename and create.
        await bell.rings();
        continue;
      }
      position = 0;
      quietSince = 0;
      yield { kind: 'new-file', reason: change, file: next };
      if (next !== file) await file.close();
      file = next;
    }
  } finally {
    bell.close();
    await file.close();
  }
}

async function changeOf(path: string, file: LogFile, position: number): Promise<'none' | 'rotated' | 'truncated'> {
  if ((await file.size()) < position) return 'truncated';
  const named = await stat(path, { bigint: true }).catch(() => undefined);
  return named && isSame(file, { device: String(named.dev), inode: String(named.ino) }) ? 'none' : 'rotated';
}

/** The file behind this one in its set: mostly the one that has its name now, unless it was rotated twice meanwhile. */
async function nextFile(path: string, file: LogFile): Promise<LogFile | undefined> {
  const files: LogFile[] = [];
  for (const sibling of await rotatedSet(path)) {
    const opened = await LogFile.open(sibling).catch(() => undefined);
    // A file that is being compressed is there twice for a while, and compressed ones are no longer written.
    if (opened?.isCompressed) await opened.close();
    else if (opened) files.push(opened);
  }
  const own = files.findIndex((other) => isSame(other, file));
  const next = own < 0 ? files.find((other) => other.path === path) : files[own + 1];
  for (const other of files) if (other !== next) await other.close();
  return next ?? (await LogFile.open(path).catch(() => undefined));
}

function isSame(one: FileIdentity, other: FileIdentity): boolean {
  return one.inode === other.inode && one.device === other.device;
}
