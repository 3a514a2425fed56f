/** The command without the process: arguments, streams and environment in, an exit status out. */
import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommanderError } from 'commander';
import { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import { resolveOptions } from '../options.ts';
import { printClassic } from '../report/classic.ts';
import { printExplanation } from '../report/explanation.ts';
import { printJson } from '../report/json.ts';
import type { Report } from '../report/report.ts';
import { printTable, type TableStyle } from '../report/table.ts';
import { run } from '../run.ts';
import { fileSource, type Source, streamSource } from '../source/source.ts';
import { type ColourChoice, painter, wantsColour } from '../term/colour.ts';
import { printable } from '../term/text.ts';
import { createProgram } from './program.ts';

/** What the command needs of its surroundings. */
export interface Surroundings {
  args: readonly string[];
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first interrupt: what was read so far is reported. */
  signal: AbortSignal;
}

export interface Output {
  write: (text: string) => unknown;
  isTTY?: boolean;
  columns?: number;
}

export const EXIT = { fine: 0, gateFailed: 1, misuse: 2, interrupted: 130 } as const;

const DEFAULT_CLASSIC_THRESHOLD_MB = 10;

type Flags = ReturnType<ReturnType<typeof createProgram>['opts']>;

/** @returns the exit status; only bugs are thrown. */
export async function main(surroundings: Surroundings): Promise<number> {
  try {
    return await command(surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    if (!(error instanceof UserError)) throw error;
    complain(surroundings, error.message);
    return EXIT.misuse;
  }
}

async function command(surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, stderr, args, signal } = surroundings;
  const program = createProgram().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    getOutHelpWidth: () => stdout.columns ?? 100,
    getErrHelpWidth: () => stderr.columns ?? 100,
  });
  program.parse(args, { from: 'user' });
  const flags = program.opts();
  const files = program.args;
  if (files.length === 0 && stdin.isTTY) {
    program.outputHelp({ error: true });
    return EXIT.misuse;
  }
  const kind = flags.json ? 'json' : flags.report;
  refuseClassicFlags(flags, kind);
  const options = resolveOptions({ ...flags, signal });
  const classic = kind === 'classic' ? new ClassicSums(flags.normalizeNums) : undefined;
  const { report, problems } = await run(sourcesOf(files, stdin), options, classic);
  const text = classic
    ? classicText(classic, flags, surroundings)
    : kind === 'json'
      ? printJson(report)
      : tableText(report, flags, surroundings);
  await put(text, flags.output, stdout);
  for (const problem of problems) complain(surroundings, problem.message);
  if (kind === 'table' && !flags.quiet) warn(report, flags, surroundings);
  if (problems.length > 0) return EXIT.misuse;
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}

function refuseClassicFlags(flags: Flags, kind: string): void {
  if (kind === 'classic') return;
  const flag =
    flags.memoryThreshold !== undefined
      ? '--memory-threshold'
      : flags.normalizeNums
        ? undefined
        : '--no-normalize-nums';
  if (flag)
    throw new UserError(
      `${flag} goes with --report classic only; ${flag === '--no-normalize-nums' ? '--no-group keeps paths as they are' : 'the table shows every route, see --top'}`,
    );
}

function sourcesOf(files: readonly string[], stdin: Readable): Source[] {
  if (files.length === 0) return [streamSource('standard input', stdin)];
  if (files.filter((file) => file === '-').length > 1)
    throw new UserError('- stands twice among the files: standard input can be read once');
  return files.map((file) => (file === '-' ? streamSource('standard input', stdin) : fileSource(file)));
}

function tableText(report: Report, flags: Flags, { stdout, env }: Surroundings): string {
  const toTerminal = flags.output === undefined && stdout.isTTY === true;
  const columns = Number(env.COLUMNS);
  const width =
    (toTerminal ? stdout.columns : undefined) ??
    (Number.isInteger(columns) && columns > 0 ? columns : Number.POSITIVE_INFINITY);
  const style: TableStyle = {
    width,
    top: flags.top,
    colour: wantsColour({ choice: colourChoice(flags), isTerminal: toTerminal, env }),
    ascii: flags.ascii ?? isAsciiLocale(env),
    units: flags.si ? 'si' : 'iec',
  };
  return printExplanation(report, style) ?? printTable(report, style);
}

/** As POSIX ranks them; a locale that is set and does not name UTF-8 has no room for other characters. */
function isAsciiLocale(env: Surroundings['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale);
}

function colourChoice({ color }: Flags): ColourChoice {
  // --no-color makes it false.
  return color === false ? 'never' : color;
}

/** Into a file or a pipe the lines are pyuwsgimemhog's to the byte; a terminal must not see what a client wrote raw. */
function classicText(classic: ClassicSums, flags: Flags, { stdout }: Surroundings): string {
  const text = printClassic(classic.rows((flags.memoryThreshold ?? DEFAULT_CLASSIC_THRESHOLD_MB) * 1_000_000));
  const toTerminal = flags.output === undefined && stdout.isTTY === true;
  return toTerminal ? text.split('\n').map(printable).join('\n') : text;
}

async function put(text: string, file: string | undefined, stdout: Output): Promise<void> {
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

function warn(report: Report, flags: Flags, { stderr, env }: Surroundings): void {
  const paint = painter(wantsColour({ choice: colourChoice(flags), isTerminal: stderr.isTTY === true, env }));
  for (const { message } of report.warnings) stderr.write(`${paint('yellow', 'warning:')} ${message}\n`);
}

function complain({ stderr }: Surroundings, message: string): void {
  for (const line of message.split('\n')) stderr.write(`leakrank: ${printable(line)}\n`);
}
