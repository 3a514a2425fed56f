/** Where results and complaints go. */
import { writeFile } from 'node:fs/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UserError } from '../errors.ts';
import { whyNot, writeWhole } from '../state/whole-file.ts';
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
  if (whole) return await writeWhole(file, [text]);
  await writeFile(file, text).catch((error) => {
    throw new UserError(`${file} ${whyNot(error)}`);
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
    getOutHelpWidth: () => stdout.columns || 100,
    getErrHelpWidth: () => stderr.columns || 100,
  });
  return command;
}

/** Without files the log comes from a pipe; where there is none, the help is what was wanted, and is printed. */
export function lacksInput(command: CommandUnknownOpts, { stdin }: Pick<Surroundings, 'stdin'>): boolean {
  if (command.args.length > 0 || !stdin.isTTY) return false;
  command.outputHelp({ error: true });
  return true;
}
