/** The manual page in the man macros (man 7 man), from the table of options. */
import type { CommandDescription, OptionDescription } from './describe.ts';

export interface ManPage {
  version: string;
  /** `2026-11-24`; '' leaves it out. */
  date: string;
}

/** @param commands the main command first. */
export function manPage(commands: readonly CommandDescription[], { version, date }: ManPage): string {
  const [main, ...others] = commands;
  if (!main) throw new Error('no command to describe');
  const lines = [
    `.TH LEAKRANK 1 "${roff(date)}" "leakrank ${roff(version)}" "User Commands"`,
    '.SH NAME',
    `leakrank \\- ${roff(main.description.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ name, usage }) => [
      `.B leakrank${name && ` ${roff(name)}`}`,
      roff(usage),
      ...(name === others.at(-1)?.name ? [] : ['.br']),
    ]),
    '.SH DESCRIPTION',
    roff(main.description),
    'It reads logs in which every request line holds the memory of its worker, and standard input without a file.',
    ...optionLines(main),
    ...(others.length > 0 ? ['.SH COMMANDS'] : []),
    ...others.flatMap((command) => [
      `.SS leakrank ${roff(command.name)}`,
      roff(command.description),
      ...command.arguments.flatMap(({ name, description, choices }) => [
        '.TP',
        `.I ${roff(name)}`,
        roff(withChoices(description, choices)),
      ]),
      ...command.options.flatMap(option),
    ]),
    '.SH FILES',
    '.TP',
    '.B leakrank.config.json',
    'Options for a project, in its folder: every long option in camelCase. They may also stand under "leakrank" in package.json.',
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, roff(meaning)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NO_COLOR, FORCE_COLOR, TERM, COLUMNS, LC_ALL, LC_CTYPE, LANG',
    'Colour, width and characters of the table.',
  ];
  return `${lines.join('\n')}\n`;
}

const EXIT_STATUS = [
  ['0', 'fine, also for an empty log'],
  ['1', 'a gate failed'],
  ['2', 'wrong use, an unreadable file, or a log in which nothing could be read'],
  ['130', 'interrupted; what was read so far is printed'],
] as const;

function optionLines({ options }: CommandDescription): string[] {
  const groups = [...new Set(options.map(({ group }) => group))];
  return [
    '.SH OPTIONS',
    ...groups.flatMap((group) => [
      `.SS "${roff(group.replace(/:$/, '')).replaceAll('"', '\\(dq')}"`,
      ...options.filter((candidate) => candidate.group === group).flatMap(option),
    ]),
  ];
}

function option({ flags, description, choices, defaultText }: OptionDescription): string[] {
  const usual = defaultText === '' ? '' : ` (default: ${defaultText})`;
  return ['.TP', `.B ${roff(flags)}`, roff(withChoices(description, choices) + usual)];
}

function withChoices(description: string, choices: readonly string[]): string {
  return choices.length > 0 ? `${description}: ${choices.join(', ')}` : description;
}

/** Text as roff reads it literally: no escapes, no requests at the start of a line, hyphens that can be searched for. */
export function roff(text: string): string {
  return text
    .replaceAll('\\', '\\(rs')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('–', '\\(en')
    .replace(/^(?=[.'])/gm, '\\&');
}
