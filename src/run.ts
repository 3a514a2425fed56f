/**
 * The flow on one screen: source -> lines -> parse -> route -> attribute -> estimate -> rank -> gate. Bytes go in at the top, one plain Report
 * comes out at the bottom.
 */
import { Analysis } from './analysis.ts';
import type { ClassicSums } from './attribute/classic.ts';
import type { Evidence } from './attribute/evidence.ts';
import { lineCount } from './attribute/input-counts.ts';
import { UserError } from './errors.ts';
import { gatesOf } from './gate/gates.ts';
import { InputReader } from './input-reader.ts';
import type { Options } from './options.ts';
import { explainNothing } from './rank/nothing.ts';
import { rank } from './rank/rank.ts';
import { sum } from './rank/sum.ts';
import type { Incomplete } from './rank/warnings.ts';
import type { Report } from './report/report.ts';
import type { Source } from './source/source.ts';

export interface RunResult {
  report: Report;
  /** What the report is a function of. */
  evidence: Evidence;
  /** Inputs that could not be read, or not to their end; the report is about the rest. */
  problems: UserError[];
}

export interface Gathered {
  evidence: Evidence;
  problems: UserError[];
  /** Reading was stopped before the end. */
  interrupted: boolean;
}

/** Reads the sources as one log, and keeps what there is to keep of them. */
export async function gather(sources: readonly Source[], options: Options, classic?: ClassicSums): Promise<Gathered> {
  const { analysis, ...rest } = await read(sources, options, classic);
  return { evidence: analysis.evidence(), ...rest };
}

/**
 * Reads the sources as one log.
 *
 * @param classic also collects what pyuwsgimemhog would have printed.
 * @throws UserError when no source could be read, or when there is nothing in them to report on.
 */
export async function run(sources: readonly Source[], options: Options, classic?: ClassicSums): Promise<RunResult> {
  const { analysis, ...rest } = await read(sources, options, classic);
  return conclude(analysis, options, rest);
}

async function read(sources: readonly Source[], options: Options, classic: ClassicSums | undefined) {
  const analysis = new Analysis(options);
  const problems: UserError[] = [];
  for (const [input, source] of sources.entries()) {
    if (options.signal?.aborted) break;
    analysis.startInput(source.name);
    const reader = new InputReader(analysis, options, { input, place: source.place }, classic);
    await collectProblem(problems, async () => {
      for await (const chunk of source.chunks(options.signal)) {
        reader.write(chunk);
        if (options.signal?.aborted) break;
      }
    });
    reader.end();
  }
  return { analysis, problems, interrupted: options.signal?.aborted ?? false };
}

/** What a user can mend does not stop the reading of other inputs. */
export async function collectProblem(problems: UserError[], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // What is tried again fails again.
    if (problems.every(({ message }) => message !== error.message)) problems.push(error);
  }
}

/** @throws UserError when nothing could be read, or there is nothing to report on. */
export function conclude(
  analysis: Analysis,
  options: Options,
  { problems, interrupted }: Pick<RunResult, 'problems'> & Pick<Incomplete, 'interrupted'>,
): RunResult {
  const evidence = analysis.evidence();
  const complete = !interrupted && problems.length === 0;
  if (problems.length > 0 && problems.length >= evidence.inputs.length && sum(evidence.inputs, lineCount) === 0) {
    throw new UserError(problems.map((problem) => problem.message).join('\n'));
  }
  const nothing = complete ? explainNothing(evidence, options.reading) : undefined;
  if (nothing) throw new UserError(nothing);
  return { ...reportOn(evidence, options, { problems: problems.length, interrupted }), evidence, problems };
}

/** The report as it is by now. */
export function reportOn(evidence: Evidence, options: Options, incomplete: Incomplete): { report: Report } {
  const report = rank(evidence, options, incomplete);
  return { report: { ...report, gates: gatesOf(report, options.limits) } };
}
