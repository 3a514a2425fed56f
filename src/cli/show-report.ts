/** Prints a report that did not come from the main command, and answers with the exit status. */
import type { GateOptions } from '../gate/limits.ts';
import { type AnalyzeOptions, type Options, resolveOptions } from '../options.ts';
import { curvesFor, PRINTERS } from '../report/printers.ts';
import type { Report } from '../report/report.ts';
import { deliver } from './deliver.ts';
import { gateStatus } from './gate-status.ts';
import { complain } from './output.ts';
import { reportOfInput } from './report-of-input.ts';
import type { ReportTarget } from './report-targets.ts';
import type { StyleFlags } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';
import { warn } from './warn.ts';

export interface ShowFlags extends StyleFlags {
  quiet?: true | undefined;
  explain?: string | undefined;
  exitZero?: true | undefined;
}

/** The options of a report, its baseline read. @throws UserError */
export async function reportOptions(
  {
    baseline,
    ...raw
  }: Omit<AnalyzeOptions, keyof GateOptions> &
    Omit<GateOptions, 'baseline'> & { baseline?: string | undefined; top: number },
  targets: readonly ReportTarget[],
  surroundings: Surroundings,
): Promise<Options> {
  const options = {
    ...resolveOptions(raw),
    curves: curvesFor(
      targets.map(({ kind }) => kind),
      raw.top,
    ),
  };
  if (baseline === undefined) return options;
  const report = await reportOfInput(baseline, resolveOptions({ signal: surroundings.signal }), surroundings);
  return { ...options, limits: resolveOptions({ ...raw, baseline: report }).limits };
}

export async function showReport(
  report: Report,
  targets: readonly ReportTarget[],
  flags: ShowFlags,
  surroundings: Surroundings,
): Promise<number> {
  const problems = await deliver(report, [], targets, flags, surroundings);
  for (const problem of problems) complain(surroundings, problem.message);
  if (!flags.quiet && targets.some(({ kind }) => !PRINTERS[kind].showsWarnings)) warn(report, flags, surroundings);
  if (problems.length > 0) return EXIT.misuse;
  const isShown =
    targets.some(({ kind, file }) => kind === 'table' && file === undefined) && flags.explain === undefined;
  return gateStatus(report, flags, isShown, surroundings);
}
