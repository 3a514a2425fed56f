/** Files of the program's own: a line that says what they are, then compressed data whose checksum that line holds. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UserError } from '../errors.ts';
import { writeWhole } from './whole-file.ts';

export interface Seal {
  /** "state", "evidence". */
  kind: string;
  /** Of the data's layout. */
  version: number;
  /** Of the tool that reads such files, to name it in messages. */
  remedy: string;
}

const LONGEST_HEADER = 200;
/** More bytes than this are not taken out of compressed data, since it comes from elsewhere. */
const MOST_BYTES = 2 ** 31 - 1;

/** @throws UserError when the file cannot be written. */
export async function writeSealed(path: string, seal: Seal, data: Uint8Array): Promise<void> {
  const packed = gzipSync(data, { level: 1 });
  await writeWhole(path, [`${headerOf(seal, packed)}\n`, packed]);
}

/** Of compressed data. */
export function headerOf({ kind, version }: Seal, packed: Uint8Array): string {
  return `leakrank-${kind} ${version} sha256=${sha256(packed)}`;
}

/** @throws UserError when the file cannot be read, is another kind of file, of another version, or damaged. */
export async function readSealed(path: string, seal: Seal): Promise<Buffer> {
  const bytes = await readFile(path).catch((error) => {
    throw new UserError(`${path} cannot be read (${codeOf(error)}); check the path`);
  });
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(0x0a);
  return unsealed(bytes.toString('latin1', 0, Math.max(0, end)), bytes.subarray(end + 1), seal, path);
}

/**
 * @param name of the file, for messages.
 * @throws UserError when this is no such file's header, of another version, or of other data.
 */
export function unsealed(headerText: string, packed: Uint8Array, seal: Seal, name: string): Buffer {
  const header = /^leakrank-(\w+) (\d+) sha256=([\da-f]{64})$/.exec(headerText);
  if (header?.[1] !== seal.kind) throw new UserError(`${name} is no ${seal.kind} file of leakrank; check the path`);
  if (Number(header[2]) !== seal.version) {
    throw new UserError(
      `${name} is ${/^[aeio]/.test(seal.kind) ? 'an' : 'a'} ${seal.kind} file of version ${header[2]}, and this leakrank reads version ${seal.version}; ${seal.remedy}`,
    );
  }
  if (sha256(packed) !== header[3]) {
    throw new UserError(`${name} is damaged or cut off (its checksum is another); ${seal.remedy}`);
  }
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new UserError(`${name} holds no compressed data, or too much of it; ${seal.remedy}`);
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
