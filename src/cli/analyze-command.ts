/** The main command: reads logs, prints the report. */
import { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import { type Options, resolveOptions } from '../options.ts';
import { printClassic } from '../report/classic.ts';
import { printExplanation } from '../report/explanation.ts';
import { printJson } from '../report/json.ts';
import type { Report } from '../report/report.ts';
import { printTable } from '../report/table.ts';
import { run as analyze } from '../run.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import { painter, wantsColour } from '../term/colour.ts';
import { printable } from '../term/text.ts';
import { gateStatus } from './gate-status.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, put } from './output.ts';
import { createProgram } from './program.ts';
import { reportOfInput } from './report-of-input.ts';
import { colourChoice, tableStyle } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

export { createProgram as program } from './program.ts';

const DEFAULT_CLASSIC_THRESHOLD_MB = 10;

type Flags = ReturnType<ReturnType<typeof createProgram>['opts']>;

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, args, signal } = surroundings;
  const program = connect(createProgram(), surroundings);
  program.parse(args, { from: 'user' });
  const flags = program.opts();
  const files = program.args;
  if (files.length === 0 && stdin.isTTY) {
    program.outputHelp({ error: true });
    return EXIT.misuse;
  }
  const kind = flags.json ? 'json' : flags.report;
  refuseClassicFlags(flags, kind);
  const options = await optionsOf(flags, files, surroundings);
  const classic = kind === 'classic' ? new ClassicSums(flags.normalizeNums) : undefined;
  const { report, problems } = await analyze(await sourcesOf(files, flags, surroundings), options, classic);
  const text = classic
    ? classicText(classic, flags, surroundings)
    : kind === 'json'
      ? printJson(report)
      : tableText(report, flags, surroundings);
  await put(text, flags.output, stdout);
  for (const problem of problems) complain(surroundings, problem.message);
  if (kind === 'table' && !flags.quiet) warn(report, flags, surroundings);
  if (problems.length > 0) return EXIT.misuse;
  if (signal.aborted) return EXIT.interrupted;
  const isShown = kind === 'table' && flags.output === undefined && flags.explain === undefined;
  return gateStatus(report, flags, isShown, surroundings);
}

/** The baseline is read as the log is: the same metric, routes and selection; but not its times. */
async function optionsOf(flags: Flags, files: readonly string[], surroundings: Surroundings): Promise<Options> {
  const { baseline, ...others } = flags;
  const { signal } = surroundings;
  const options = resolveOptions({ ...others, signal });
  if (baseline === undefined) return options;
  if (baseline === STANDARD_INPUT && (files.length === 0 || files.includes(STANDARD_INPUT)))
    throw new UserError('--baseline - and the log are both standard input, which can be read once');
  const { since: _since, until: _until, explain: _explain, ...forBaseline } = others;
  const report = await reportOfInput(baseline, resolveOptions({ ...forBaseline, signal }), surroundings);
  return resolveOptions({ ...others, baseline: report, signal });
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

function tableText(report: Report, flags: Flags, surroundings: Surroundings): string {
  const style = tableStyle(flags, surroundings);
  return printExplanation(report, style) ?? printTable(report, style);
}

/** Into a file or a pipe the lines are pyuwsgimemhog's to the byte; a terminal must not see what a client wrote raw. */
function classicText(classic: ClassicSums, flags: Flags, { stdout }: Surroundings): string {
  const text = printClassic(classic.rows((flags.memoryThreshold ?? DEFAULT_CLASSIC_THRESHOLD_MB) * 1_000_000));
  const toTerminal = flags.output === undefined && stdout.isTTY === true;
  return toTerminal ? text.split('\n').map(printable).join('\n') : text;
}

function warn(report: Report, flags: Flags, { stderr, env }: Surroundings): void {
  const paint = painter(wantsColour({ choice: colourChoice(flags), isTerminal: stderr.isTTY === true, env }));
  for (const { message } of report.warnings) stderr.write(`${paint('yellow', 'warning:')} ${message}\n`);
}
