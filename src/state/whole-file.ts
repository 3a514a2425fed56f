/** Files that another program may read at any moment: it finds the old one or the new one, whenever the writer was killed. */
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';

/**
 * Written aside and renamed into place, with the mode of the old file. What is no regular file (a pipe, a device) is written to.
 * @throws UserError when it cannot be written.
 */
export async function writeWhole(path: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
  try {
    const old = await stat(path).catch(() => undefined);
    if (old && !old.isFile()) await writeFile(path, parts);
    // The file that a link leads to, so that the link stays one.
    else await replace(old ? await realpath(path) : path, parts, old?.mode);
  } catch (error) {
    throw new UserError(`${path} ${whyNot(error)}`);
  }
}

async function replace(path: string, parts: readonly (string | Uint8Array)[], mode?: number): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(aside, 'wx', mode);
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Why a file was not written, and what to do. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return `cannot be written (${code}); check the path and its permissions`;
}
