/** The commands and their options as data, from commander's own table: what completions, the manual and nothing else is made of. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Option } from 'commander';
import { COMMANDS } from '../cli/commands.ts';

export interface CommandDescription {
  /** '' is the main command. */
  name: string;
  description: string;
  /** Behind the name: `[options] [file...]`. */
  usage: string;
  arguments: { name: string; description: string; choices: readonly string[] }[];
  options: OptionDescription[];
}

export interface OptionDescription {
  /** `-o, --output <file>`. */
  flags: string;
  short: string | undefined;
  long: string | undefined;
  /** What its value is called: `file`; undefined for a flag. */
  value: string | undefined;
  choices: readonly string[];
  description: string;
  /** As help prints it behind the description, without brackets; '' where there is nothing to say. */
  defaultText: string;
  group: string;
}

/** The main command first, the others in the order of its help. */
export async function describeAll(main: CommandUnknownOpts): Promise<CommandDescription[]> {
  const others = COMMANDS.map(async ({ name, load }) => describe(name, (await load()).program()));
  return [describe('', main), ...(await Promise.all(others))];
}

export function describe(name: string, program: CommandUnknownOpts): CommandDescription {
  const help = program.createHelp();
  return {
    name,
    description: program.description(),
    usage: program.usage(),
    arguments: program.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    options: help.visibleOptions(program as never).map((option) => describeOption(option as unknown as Option)),
  };
}

function describeOption(option: Option): OptionDescription {
  const { flags, short, long, argChoices, description, defaultValue, helpGroupHeading } = option;
  return {
    flags,
    short,
    long,
    value: /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1],
    choices: argChoices ?? [],
    description,
    defaultText: defaultValue === undefined || typeof defaultValue === 'boolean' ? '' : String(defaultValue),
    group: helpGroupHeading ?? 'Options:',
  };
}

/** Values that are names of files. */
export function isFile({ value }: Pick<OptionDescription, 'value'>): boolean {
  return value !== undefined && /\b(?:file|folder|directory|path)\b/i.test(value);
}
