/** The main command: reads logs, prints the report. */
import { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import type { GateOptions } from '../gate/limits.ts';
import { type Options, resolveOptions } from '../options.ts';
import { PRINTERS } from '../report/printers.ts';
import { run as analyze } from '../run.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import { parseConfigured } from './configured.ts';
import { deliver } from './deliver.ts';
import { gateStatus } from './gate-status.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect } from './output.ts';
import { createProgram } from './program.ts';
import { reportOfInput } from './report-of-input.ts';
import { type ReportTarget, reportTargets } from './report-targets.ts';
import { EXIT, type Surroundings } from './surroundings.ts';
import { warn } from './warn.ts';

export { createProgram as program } from './program.ts';

const DEFAULT_CLASSIC_THRESHOLD_MB = 10;

type Flags = ReturnType<ReturnType<typeof createProgram>['opts']>;

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, signal } = surroundings;
  const program = connect(createProgram(), surroundings);
  const routeLimits = await parseConfigured(program, program, surroundings);
  const flags = program.opts();
  const files = program.args;
  if (files.length === 0 && stdin.isTTY) {
    program.outputHelp({ error: true });
    return EXIT.misuse;
  }
  const targets = reportTargets(flags, stdout.isTTY === true);
  refuseClassicFlags(flags, targets);
  const series = targets.some(({ kind }) => PRINTERS[kind].needsSeries);
  const options = { ...(await optionsOf({ ...flags, routeLimits }, files, surroundings)), series };
  const classic = targets.some(({ kind }) => kind === 'classic') ? new ClassicSums(flags.normalizeNums) : undefined;
  const { sources, progress } = await sourcesOf(files, flags, surroundings);
  const { report, problems } = await analyze(sources, options, classic).finally(() => progress?.stop());
  const threshold = (flags.memoryThreshold ?? DEFAULT_CLASSIC_THRESHOLD_MB) * 1_000_000;
  problems.push(...(await deliver(report, classic?.rows(threshold) ?? [], targets, flags, surroundings)));
  for (const problem of problems) complain(surroundings, problem.message);
  if (!flags.quiet && targets.some(({ kind }) => !PRINTERS[kind].showsWarnings)) warn(report, flags, surroundings);
  if (problems.length > 0) return EXIT.misuse;
  if (signal.aborted) return EXIT.interrupted;
  const isShown =
    targets.some(({ kind, file }) => kind === 'table' && file === undefined) && flags.explain === undefined;
  return gateStatus(report, flags, isShown, surroundings);
}

/** The baseline is read as the log is: the same metric, routes and selection; but not its times. */
async function optionsOf(
  flags: Flags & Pick<GateOptions, 'routeLimits'>,
  files: readonly string[],
  surroundings: Surroundings,
): Promise<Options> {
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
