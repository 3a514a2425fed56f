/**
 * Files of the program's own: a line that says what they are, then compressed data whose checksum that line holds. Written
 * aside and renamed into place, so that a reader finds the old file or the new one, whenever the writer was killed.
 */
import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UserError } from '../errors.ts';

export interface Seal {
  /** "state", "evidence". */
  kind: string;
  /** Of the data's layout. */
  version: number;
  /** Of the tool that reads such files, to name it in messages. */
  remedy: string;
}

const LONGEST_HEADER = 200;
/** Compressed data of more bytes than this is refused, since it comes from elsewhere. */
const MOST_BYTES = 2 ** 31 - 1;

/** @throws UserError when the file cannot be written. */
export async function writeSealed(path: string, seal: Seal, data: Uint8Array): Promise<void> {
  const packed = gzipSync(data, { level: 1 });
  const header = `leakrank-${seal.kind} ${seal.version} sha256=${sha256(packed)}\n`;
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(header);
      await file.writeFile(packed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw new UserError(`${path} cannot be written (${codeOf(error)}); check the path and its permissions`);
  }
}

/** @throws UserError when the file cannot be read, is another kind of file, of another version, or damaged. */
export async function readSealed(path: string, seal: Seal): Promise<Buffer> {
  const bytes = await readFile(path).catch((error) => {
    throw new UserError(`${path} cannot be read (${codeOf(error)}); check the path`);
  });
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a);
  const header = /^leakrank-(\w+) (\d+) sha256=([\da-f]{64})$/.exec(bytes.toString('latin1', 0, Math.max(0, end)));
  if (header?.[1] !== seal.kind) throw new UserError(`${path} is no ${seal.kind} file of leakrank; check the path`);
  if (Number(header[2]) !== seal.version) {
    throw new UserError(
      `${path} is a ${seal.kind} file of version ${header[2]}, and this leakrank reads version ${seal.version}; ${seal.remedy}`,
    );
  }
  const packed = bytes.subarray(end + 1);
  if (sha256(packed) !== header[3]) {
    throw new UserError(`${path} is damaged or cut off (its checksum is another); ${seal.remedy}`);
  }
  return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
