/** Where results and complaints go. */
import { writeFile } from 'node:fs/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UserError } from '../errors.ts';
import { printable } from '../term/text.ts';
import type { Output, Surroundings } from './surroundings.ts';

/** Writes a result to the file, or to standard output without one or with `-`. @throws UserError */
export async function put(text: string, file: string | undefined, stdout: Output): Promise<void> {
  if (file === undefined || file === '-') {
    stdout.write(text);
    return;
  }
  await writeFile(file, text).catch((error) => {
    throw new UserError(
      `${file} cannot be written (${error instanceof Error && 'code' in error ? error.code : error}); check the path and its permissions`,
    );
  });
}

export function complain({ stderr }: Pick<Surroundings, 'stderr'>, message: string): void {
  for (const line of message.split('\n')) stderr.write(`leakrank: ${printable(line)}\n`);
}

/** Help and errors of a command go where the surroundings say. */
export function connect<C extends CommandUnknownOpts>(command: C, { stdout, stderr }: Surroundings): C {
  command.configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    getOutHelpWidth: () => stdout.columns ?? 100,
    getErrHelpWidth: () => stderr.columns ?? 100,
  });
  return command;
}
