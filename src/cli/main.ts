/** The command without the process: arguments, streams and environment in, an exit status out. */
import { CommanderError } from 'commander';
import { UserError } from '../errors.ts';
import { COMMANDS, type CommandModule } from './commands.ts';
import { complain } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

/** @returns the exit status; only bugs are thrown. */
export async function main(surroundings: Surroundings): Promise<number> {
  try {
    const [first, ...rest] = surroundings.args;
    const entry = COMMANDS.find(({ name }) => name === first);
    if (entry) return await (await entry.load()).run({ ...surroundings, args: rest });
    const analyze: CommandModule = await import('./analyze-command.ts');
    return await analyze.run(surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    if (!(error instanceof UserError)) throw error;
    complain(surroundings, error.message);
    return EXIT.misuse;
  }
}
