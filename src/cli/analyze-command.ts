/** The main command: reads logs, prints the report. */
import { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import { resolveOptions } from '../options.ts';
import { PRINTERS } from '../report/printers.ts';
import type { Report } from '../report/report.ts';
import { run as analyze } from '../run.ts';
import { painter, wantsColour } from '../term/colour.ts';
import { printable } from '../term/text.ts';
import { deliver } from './deliver.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect } from './output.ts';
import { createProgram } from './program.ts';
import { type ReportTarget, reportTargets } from './report-targets.ts';
import { colourChoice } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const DEFAULT_CLASSIC_THRESHOLD_MB = 10;

type Flags = ReturnType<ReturnType<typeof createProgram>['opts']>;

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdin, args, signal } = surroundings;
  const program = connect(createProgram(), surroundings);
  program.parse(args, { from: 'user' });
  const flags = program.opts();
  const files = program.args;
  if (files.length === 0 && stdin.isTTY) {
    program.outputHelp({ error: true });
    return EXIT.misuse;
  }
  const targets = reportTargets(flags);
  refuseClassicFlags(flags, targets);
  const options = resolveOptions({ ...flags, series: targets.some(({ kind }) => PRINTERS[kind].needsSeries), signal });
  const classic = targets.some(({ kind }) => kind === 'classic') ? new ClassicSums(flags.normalizeNums) : undefined;
  const { report, problems } = await analyze(await sourcesOf(files, flags, surroundings), options, classic);
  const threshold = (flags.memoryThreshold ?? DEFAULT_CLASSIC_THRESHOLD_MB) * 1_000_000;
  problems.push(...(await deliver(report, classic?.rows(threshold) ?? [], targets, flags, surroundings)));
  for (const problem of problems) complain(surroundings, problem.message);
  if (!flags.quiet && targets.some(({ kind }) => !PRINTERS[kind].showsWarnings)) warn(report, flags, surroundings);
  if (problems.length > 0) return EXIT.misuse;
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}

function refuseClassicFlags(flags: Flags, targets: readonly ReportTarget[]): void {
  if (targets.some(({ kind }) => kind === 'classic')) return;
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

function warn(report: Report, flags: Flags, { stderr, env }: Surroundings): void {
  const paint = painter(wantsColour({ choice: colourChoice(flags), isTerminal: stderr.isTTY === true, env }));
  for (const { message } of report.warnings) stderr.write(`${paint('yellow', 'warning:')} ${printable(message)}\n`);
}
