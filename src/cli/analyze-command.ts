/** The main command: reads logs, prints the report. */

import { existsSync } from 'node:fs';
import { ClassicSums } from '../attribute/classic.ts';
import { suggestion } from '../config/suggestion.ts';
import { UserError } from '../errors.ts';
import { followRun } from '../follow-run.ts';
import type { GateOptions } from '../gate/limits.ts';
import { type Options, resolveOptions } from '../options.ts';
import { explainPath } from '../rank/explain-path.ts';
import { anonymize } from '../report/anonymize.ts';
import { printPathExplanation } from '../report/print-routes.ts';
import { curvesFor, PRINTERS } from '../report/printers.ts';
import type { Report } from '../report/report.ts';
import { resumeRun } from '../resume-run.ts';
import { run as analyze, type RunResult } from '../run.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import type { Source } from '../source/source.ts';
import { painter, wantsColour } from '../term/colour.ts';
import { printable } from '../term/text.ts';
import { COMMANDS } from './commands.ts';
import { parseConfigured } from './configured.ts';
import { deliver } from './deliver.ts';
import { Effort } from './effort.ts';
import { FollowOutput } from './follow-output.ts';
import { gateStatus } from './gate-status.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, lacksInput, put } from './output.ts';
import { createProgram } from './program.ts';
import { reportOfInput } from './report-of-input.ts';
import { type ReportTarget, reportTargets } from './report-targets.ts';
import { beginSession, refuseLonelyCheckpoint } from './session-options.ts';
import { colourChoice } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

export { createProgram as program } from './program.ts';

const DEFAULT_CLASSIC_THRESHOLD_MB = 10;

type Flags = ReturnType<ReturnType<typeof createProgram>['opts']>;

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const program = connect(createProgram(), surroundings);
  const routeLimits = await parseConfigured(program, program, surroundings);
  const flags = program.opts();
  const files = program.args;
  if (lacksInput(program, surroundings)) return EXIT.misuse;
  const targets = reportTargets(flags, stdout.isTTY === true);
  refuseClassicFlags(flags, targets);
  if (flags.anonymize) refuseRawText(flags, targets);
  const kinds = targets.map(({ kind }) => kind);
  const options = {
    ...(await optionsOf({ ...flags, routeLimits }, files, surroundings)),
    curves: curvesFor(kinds, flags.top),
  };
  const classic = kinds.includes('classic') ? new ClassicSums(flags.normalizeNums) : undefined;
  refuseLonelyCheckpoint(flags);
  if (flags.follow && flags.explainPath !== undefined)
    throw new UserError('--explain-path answers once, --follow goes on: give one of them');
  if (flags.follow && flags.verbose)
    throw new UserError('--verbose tells what a run took, --follow goes on: give one of them');
  refuseMistypedCommand(files);
  const effort = flags.verbose ? new Effort() : undefined;
  const { sources, progress } = await sourcesOf(files, flags, surroundings, effort);
  const read = flags.follow ? follow : analyzeOnce;
  const reading = { targets, classic, flags, surroundings };
  const found = await read(sources, options, reading).finally(() => progress?.stop());
  const { evidence, problems, rest } = found;
  if (flags.explainPath !== undefined) {
    await put(printPathExplanation(explainPath(flags.explainPath, evidence, options)), flags.output, stdout);
    for (const problem of problems) complain(surroundings, problem.message);
    return problems.length > 0 ? EXIT.misuse : signal.aborted ? EXIT.interrupted : EXIT.fine;
  }
  const report = shown(found.report, flags);
  const threshold = (flags.memoryThreshold ?? DEFAULT_CLASSIC_THRESHOLD_MB) * 1_000_000;
  problems.push(...(await deliver(report, classic?.rows(threshold) ?? [], rest, flags, surroundings)));
  for (const problem of problems) complain(surroundings, problem.message);
  if (!flags.quiet && targets.some(({ kind }) => !PRINTERS[kind].showsWarnings)) warn(report, flags, surroundings);
  if (effort) complain(surroundings, effort.describe(report, flags.si ? 'si' : 'iec'));
  if (problems.length > 0) return EXIT.misuse;
  if (signal.aborted && !flags.follow) return EXIT.interrupted;
  const isShown =
    targets.some(({ kind, file }) => kind === 'table' && file === undefined) && flags.explain === undefined;
  return gateStatus(report, flags, isShown, surroundings);
}

function shown(report: Report, { anonymize: isAsked }: Flags): Report {
  return isAsked ? anonymize(report) : report;
}

interface Reading {
  targets: readonly ReportTarget[];
  classic: ClassicSums | undefined;
  flags: Flags;
  surroundings: Surroundings;
}

/** A run, and the reports that are still to be printed. */
type Read = RunResult & { rest: readonly ReportTarget[] };

async function analyzeOnce(sources: Source[], options: Options, { targets, classic, flags }: Reading): Promise<Read> {
  if (flags.state === undefined) return { ...(await analyze(sources, options, classic)), rest: targets };
  const session = await beginSession(flags, options, classic);
  return { ...(await resumeRun(sources, options, session)), rest: targets };
}

async function follow(sources: Source[], options: Options, reading: Reading): Promise<Read> {
  const { targets, classic, flags, surroundings } = reading;
  const session = await beginSession(flags, options, classic);
  const isAsked = flags.json === true || flags.report !== undefined;
  const output = new FollowOutput(targets, isAsked, flags, surroundings);
  const signal = AbortSignal.any([surroundings.signal, surroundings.readerGone]);
  const failed = new Set<string>();
  const show = async (report: Report) => {
    for (const { message } of await output.show(shown(report, flags))) {
      if (!failed.has(message)) complain(surroundings, message);
      failed.add(message);
    }
  };
  try {
    const result = await followRun(sources, options, { session, signal, show });
    return { ...result, rest: output.close(shown(result.report, flags)) };
  } finally {
    output.restore();
  }
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

/** A command's name with a slip in it would be looked for among the files. */
function refuseMistypedCommand([first = '']: readonly string[]): void {
  if (!/^[a-z][a-z-]*$/.test(first) || existsSync(first)) return;
  const meant = suggestion(
    first,
    COMMANDS.map(({ name }) => name),
  );
  if (meant !== '') throw new UserError(`${first} is no file and no command${meant}`);
}

/** What is printed of paths as they came. */
function refuseRawText({ group }: Flags, targets: readonly ReportTarget[]): void {
  if (!group) throw new UserError('--anonymize and --no-group: only grouped paths can be shown to others');
  if (targets.some(({ kind }) => kind === 'classic'))
    throw new UserError('--anonymize and --report classic: that report names single paths; choose another one');
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
