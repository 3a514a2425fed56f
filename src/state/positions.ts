/**
 * How far files were read, so that a later run goes on there. A file is known by its device and inode, and by a hash of what
 * it begins with: an inode may have been given to another file, and a rotated file may have been copied and compressed. Times
 * of files say nothing.
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rotatedName } from '../source/rotation.ts';
import { fileSource } from '../source/source.ts';
import { sha256 } from './sealed-file.ts';

export interface Position {
  /** As it was named when it was last read. */
  path: string;
  device: string;
  inode: string;
  /** Hash of the first `headLength` bytes, decompressed. */
  headHash: string;
  headLength: number;
  /** Behind the last whole line that was read, in decompressed bytes; and the number of the next line. */
  offset: number;
  lineNumber: number;
  /** Which of the analysis's inputs it is. */
  input: number;
}

const LONGEST_HEAD = 4096;

/** The first bytes of a file, decompressed; fewer where it has fewer. */
export async function headOf(path: string, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of fileSource(path).chunks()) {
    parts.push(Buffer.from(chunk));
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

export async function identityOf(path: string): Promise<{ device: string; inode: string }> {
  const { dev, ino } = await stat(path, { bigint: true });
  return { device: String(dev), inode: String(ino) };
}

/** @returns what identifies a file of which `offset` bytes were read. */
export async function identify(path: string, offset: number) {
  const head = await headOf(path, Math.min(offset, LONGEST_HEAD));
  return { ...(await identityOf(path)), headHash: sha256(head), headLength: head.length };
}

/** The position in this file, among those of an earlier run; undefined where it is another file. */
export async function positionIn(path: string, positions: readonly Position[]): Promise<Position | undefined> {
  const { device, inode } = await identityOf(path);
  const byInode = positions.filter((position) => position.inode === inode && position.device === device);
  const others = positions.filter((position) => !byInode.includes(position));
  for (const position of [...byInode, ...others]) {
    // What was hardly begun could be any file.
    if (position.headLength === 0) continue;
    const head = await headOf(path, position.headLength);
    if (head.length === position.headLength && sha256(head) === position.headHash) return position;
  }
  return undefined;
}

/**
 * Where a file of an earlier run is now, when it is not among those named: rotated into another name of its set.
 * @returns undefined when it is gone, or was never found.
 */
export async function rotatedTo(position: Position, named: readonly string[]): Promise<string | undefined> {
  const folder = dirname(position.path);
  const { set } = rotatedName(position.path);
  const names = await readdir(folder).catch(() => []);
  const candidates = names
    .map((name) => join(folder, name))
    .filter(
      (path) => rotatedName(path).set === join(folder, set.slice(set.lastIndexOf('/') + 1)) && !named.includes(path),
    );
  for (const path of candidates) {
    const found = await positionIn(path, [position]).catch(() => undefined);
    if (found) return path;
  }
  return undefined;
}
