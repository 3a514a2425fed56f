/** Where results and complaints go. */
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UserError } from '../errors.ts';
import { printable } from '../term/text.ts';
import type { Output, Surroundings } from './surroundings.ts';

/**
 * Writes a result to the file, or to standard output without one or with `-`.
 *
 * @param whole another program reads the file at any moment, and must not find a part of it.
 * @throws UserError
 */
export async function put(text: string, file: string | undefined, stdout: Output, whole = false): Promise<void> {
  if (file === undefined || file === '-') {
    stdout.write(text);
    return;
  }
  await (whole ? replaceFile(file, text) : writeFile(file, text)).catch((error) => {
    throw new UserError(`${file} ${whyNot(error)}`);
  });
}

/** Why a file was not written, and what to do. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return `cannot be written (${code}); check the path and its permissions`;
}

/** Puts a new file in the place of the old one in one step; what is no regular file (a pipe, a device) is written to. */
async function replaceFile(file: string, text: string): Promise<void> {
  const old = await stat(file).catch(() => undefined);
  if (old && !old.isFile()) return await writeFile(file, text);
  const target = old ? await realpath(file) : file;
  const fresh = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(fresh, text, old ? { mode: old.mode } : {});
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

export function complain({ stderr }: Pick<Surroundings, 'stderr'>, message: string): void {
  for (const line of message.split('\n')) stderr.write(`leakrank: ${printable(line)}\n`);
}

/** Help and errors of a command go where the surroundings say. */
export function connect<C extends CommandUnknownOpts>(command: C, { stdout, stderr }: Surroundings): C {
  command.configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    getOutHelpWidth: () => stdout.columns || 100,
    getErrHelpWidth: () => stderr.columns || 100,
  });
  return command;
}
