/** `leakrank completion SHELL`: prints what makes a shell complete commands, options and their values. */

import * as commander from 'commander';
import { bashCompletion } from '../manual/bash-completion.ts';
import { describeAll } from '../manual/describe.ts';
import { fishCompletion } from '../manual/fish-completion.ts';
import { zshCompletion } from '../manual/zsh-completion.ts';
import { Command } from './analysis-options.ts';
import { connect } from './output.ts';
import { createProgram } from './program.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const NOTES = `
Where it goes:
  bash   source <(leakrank completion bash)                      in ~/.bashrc
  zsh    leakrank completion zsh > "\${fpath[1]}/_leakrank"       then a new shell
  fish   leakrank completion fish > ~/.config/fish/completions/leakrank.fish
`;

export function program() {
  return new Command('leakrank completion')
    .addArgument(new commander.Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)) as never)
    .description('Prints a script that makes a shell complete leakrank: its commands, options and their values.')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(leakrank completion --help says where it goes)')
    .exitOverride()
    .addHelpText('after', NOTES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const command = connect(program(), surroundings);
  command.parse(surroundings.args, { from: 'user' });
  const shell = command.args[0] as keyof typeof SHELLS;
  surroundings.stdout.write(SHELLS[shell](await describeAll(createProgram())));
  return EXIT.fine;
}
