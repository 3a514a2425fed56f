/** The command without the process: arguments, streams and environment in, an exit status out. */
import { CommanderError } from 'commander';
import { UserError } from '../errors.ts';
import { COMMANDS, type CommandModule } from './commands.ts';
import { complain } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

/** @returns the exit status; only bugs are thrown. */
export async function main(surroundings: Surroundings): Promise<number> {
  try {
    const [first, ...rest] = asksForHelp(surroundings.args);
    const entry = COMMANDS.find(({ name }) => name === first);
    if (entry) return await (await entry.load()).run({ ...surroundings, args: rest });
    const analyze: CommandModule = await import('./analyze-command.ts');
    return await analyze.run({ ...surroundings, args: first === undefined ? [] : [first, ...rest] });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    if (!(error instanceof UserError)) throw error;
    complain(surroundings, error.message);
    return EXIT.misuse;
  }
}

/** `help` and `help compare` are what other tools know; a file of that name is read as ./help. */
function asksForHelp(args: readonly string[]): readonly string[] {
  if (args[0] !== 'help' || args.length > 2) return args;
  const command = COMMANDS.find(({ name }) => name === args[1]);
  return args.length === 1 ? ['--help'] : command ? [command.name, '--help'] : args;
}
