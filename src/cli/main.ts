/** The command without the process: arguments, streams and environment in, an exit status out. */
import { suggestion } from '../config/suggestion.ts';
import { UserError } from '../errors.ts';
import { printable } from '../term/printable.ts';
import { VERSION } from '../version.ts';
import { COMMANDS, type CommandModule } from './commands.ts';
import { complain } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

/** @returns the exit status; only bugs are thrown. */
export async function main(surroundings: Surroundings): Promise<number> {
  try {
    if (asksForVersion(surroundings.args)) {
      surroundings.stdout.write(`${VERSION}\n`);
      return EXIT.fine;
    }
    const [first, ...rest] = asksForHelp(surroundings.args);
    const entry = COMMANDS.find(({ name }) => name === first);
    if (entry) return await (await entry.load()).run({ ...surroundings, args: rest });
    const analyze: CommandModule = await import('./analyze-command.ts');
    return await analyze.run({ ...surroundings, args: first === undefined ? [] : [first, ...rest] });
  } catch (error) {
    const { CommanderError } = await import('commander');
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    if (!(error instanceof UserError)) throw error;
    complain(surroundings, error.message);
    return EXIT.misuse;
  }
}

/** As the program would answer, which has not to be loaded for it. */
function asksForVersion(args: readonly string[]): boolean {
  return args.length === 1 && (args[0] === '--version' || args[0] === '-V');
}

/** `help` and `help compare` are what other tools know; a file of that name is read as ./help. */
function asksForHelp(args: readonly string[]): readonly string[] {
  const [first, name = '', ...others] = args;
  if (first !== 'help') return args;
  if (name === '') return ['--help'];
  const command = COMMANDS.find((one) => one.name === name);
  if (command && others.length === 0) return [command.name, '--help'];
  if (command) throw new UserError(`help takes one command: leakrank help ${name}`);
  const meant = suggestion(
    name,
    COMMANDS.map((one) => one.name),
  );
  throw new UserError(`there is no command ${printable(name)}${meant}; leakrank help names them all`);
}
