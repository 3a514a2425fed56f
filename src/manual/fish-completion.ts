/** Completion for fish. */
import { type CommandDescription, isFile, type OptionDescription } from './describe.ts';

export function fishCompletion(commands: readonly CommandDescription[]): string {
  const others = commands.filter(({ name }) => name !== '');
  const names = others.map(({ name }) => name).join(' ');
  const inMain = `not __fish_seen_subcommand_from ${names}`;
  return [
    '# fish completion for leakrank: leakrank completion fish > ~/.config/fish/completions/leakrank.fish',
    ...others.map(
      ({ name, description }) => `complete -c leakrank -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ),
    ...commands.flatMap((command) => {
      const condition = quoted(command.name === '' ? inMain : `__fish_seen_subcommand_from ${command.name}`);
      const choices = command.arguments.flatMap((argument) => argument.choices);
      return [
        ...(choices.length > 0 ? [`complete -c leakrank -n ${condition} -f -a ${quoted(choices.join(' '))}`] : []),
        ...command.options.map((option) => `complete -c leakrank -n ${condition}${flags(option)}`),
      ];
    }),
    '',
  ].join('\n');
}

function flags(option: OptionDescription): string {
  const { short, long, value, choices, description } = option;
  const names = [short && `-s ${short.slice(1)}`, long && `-l ${long.slice(2)}`].filter(Boolean).join(' ');
  // -r wants a value, -f offers no files for it, -F does.
  const takes = value === undefined ? '' : isFile(option) ? ' -r -F' : ' -r -f';
  const words = choices.length > 0 ? ` -a ${quoted(choices.join(' '))}` : '';
  return ` ${names}${takes}${words} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
