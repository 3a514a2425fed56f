/** The files of a rotated set as they lie in their folder now, whatever was named. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inOrderOfRotation, rotatedName } from './rotation.ts';

/** Oldest first; empty where the folder cannot be read. @param path of any file of the set. */
export async function rotatedSet(path: string): Promise<string[]> {
  const folder = dirname(path);
  const set = rotatedName(basename(path)).set;
  const names = await readdir(folder).catch(() => []);
  return inOrderOfRotation(names.filter((name) => rotatedName(name).set === set)).map((name) => join(folder, name));
}
