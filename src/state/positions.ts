/**
 * How far files were read, so that a later run goes on there. A file is known by its device and inode, and by a hash of what
 * it begins with: an inode may have been given to another file, and a rotated file may have been copied and compressed. Times
 * of files say nothing.
 */
import { stat } from 'node:fs/promises';
import { type FileIdentity, LogFile } from '../source/log-file.ts';
import { rotatedName } from '../source/rotation.ts';
import { sha256 } from './sealed-file.ts';

export interface Position extends FileIdentity {
  /** As it was named when it was last read, from the root on. */
  path: string;
  /** Hash of the first `headLength` bytes, decompressed. */
  headHash: string;
  headLength: number;
  /** Behind the last line that was read, in decompressed bytes; and the number of the next line. */
  offset: number;
  lineNumber: number;
  /** Which of the analysis's inputs it is. */
  input: number;
  /** What earlier lines mean for the next one; null where the file was over and what was begun in it was closed. */
  reader: Uint8Array | null;
}

/** More of its beginning does not make a file better known. */
export const LONGEST_HEAD = 4096;

/** A file as it is found now. */
export interface FoundFile extends FileIdentity {
  path: string;
  head: Buffer;
  isCompressed: boolean;
  /** As it lies on the disk. */
  sizeBytes: number;
}

/** Undefined for what is no regular file, or cannot be read. */
export async function examine(path: string): Promise<FoundFile | undefined> {
  const status = await stat(path).catch(() => undefined);
  const file = status?.isFile() ? await LogFile.open(path).catch(() => undefined) : undefined;
  if (!file) return undefined;
  try {
    const { device, inode, isCompressed } = file;
    return { path, device, inode, isCompressed, head: await file.head(LONGEST_HEAD), sizeBytes: await file.size() };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/**
 * Which position is in which file. Each is in one file at most: the one with its inode where that begins as it should, else
 * another that begins so: of the same set, or with so much in common that it is no chance.
 */
export function matchPositions(files: readonly FoundFile[], positions: readonly Position[]): Map<FoundFile, Position> {
  const matches = new Map<FoundFile, Position>();
  const free = new Set(positions);
  const match = (accepts: (file: FoundFile, position: Position) => boolean) => {
    for (const file of files) {
      if (matches.has(file)) continue;
      for (const position of free) {
        if (!accepts(file, position)) continue;
        matches.set(file, position);
        free.delete(position);
        break;
      }
    }
  };
  match(
    (file, position) =>
      file.device === position.device &&
      file.inode === position.inode &&
      (position.offset === 0 || mayBeIn(file, position)),
  );
  match((file, position) => {
    const { path, headLength } = position;
    return mayBeIn(file, position) && (headLength === LONGEST_HEAD || setOf(file.path) === setOf(path));
  });
  return matches;
}

function setOf(path: string): string {
  return rotatedName(path).set;
}

function mayBeIn(file: FoundFile, { headHash, headLength, offset }: Position): boolean {
  // Without a beginning it could be any file.
  if (headLength === 0 || file.head.length < headLength) return false;
  if (!file.isCompressed && file.sizeBytes < offset) return false;
  return sha256(file.head.subarray(0, headLength)) === headHash;
}
