/** From what was named on a command line to the files that are read: folders, patterns, rotated sets. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { inOrderOfRotation } from './rotation.ts';

export const STANDARD_INPUT = '-';

export interface FoundFiles {
  /** In the order in which they are to be read. */
  paths: string[];
  /** Whether that is another order than the one they were named in. */
  isReordered: boolean;
}

/**
 * @param recursive read the files in folders, and in folders therein.
 * @throws UserError when a file is named twice, in whatever way, or a pattern or folder holds none.
 */
export async function findFiles(named: readonly string[], recursive: boolean): Promise<FoundFiles> {
  const found = (await Promise.all(named.map((name) => filesOf(name, recursive)))).flat();
  await refuseTwice(found);
  const paths = inOrderOfRotation(found);
  return { paths, isReordered: paths.some((path, i) => path !== found[i]) };
}

async function filesOf(name: string, recursive: boolean): Promise<string[]> {
  if (name === STANDARD_INPUT) return [name];
  // ENOENT and the like are told when the file is read; a name like `[x].log` may be a file's own.
  const status = await stat(name).catch(() => undefined);
  if (status?.isDirectory() && recursive) return inFolder(name);
  if (status) return [name];
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(name)) return [name];
  const files = await glob(name, { expandDirectories: false, absolute: false, dot: false });
  if (files.length === 0) throw new UserError(`${name} matches no file; check the pattern`);
  return files.sort();
}

async function inFolder(folder: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const files = await glob('**/*', { cwd: folder, expandDirectories: false, dot: false, followSymbolicLinks: false });
  if (files.length === 0) throw new UserError(`${folder} holds no files; check the path`);
  return files.sort().map((file) => join(folder, file));
}

async function refuseTwice(paths: readonly string[]): Promise<void> {
  const known = new Map<string, string>();
  for (const path of paths) {
    const key = await identityOf(path);
    const before = known.get(key);
    if (before !== undefined) {
      const twice =
        path === STANDARD_INPUT ? '- stands twice among the files: standard input can be read once' : undefined;
      const what = before === path ? `${path} is named twice` : `${before} and ${path} are the same file`;
      throw new UserError(twice ?? `${what}; its requests would count twice, name it once`);
    }
    known.set(key, path);
  }
}

/** Links, and other ways to a file, lead to the same one. What is no regular file (a pipe) may be named again. */
async function identityOf(path: string): Promise<string> {
  if (path === STANDARD_INPUT) return path;
  const status = await stat(path, { bigint: true }).catch(() => undefined);
  return status?.isFile() ? `${status.dev} ${status.ino}` : `${path} itself`;
}
