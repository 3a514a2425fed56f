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
import { LineScanner } from './lines/scanner.ts';
import type { Options } from './options.ts';
import { Recognizer } from './parse/recognizer.ts';
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
  const analysis = new Analysis(options);
  const problems: UserError[] = [];
  let interrupted = false;
  for (const source of sources) {
    if (options.signal?.aborted) break;
    const handler = new Recognizer(analysis.memory, analysis.startInput(source.name), options, source.place);
    const scanner = new LineScanner(classic ? classic.tap(handler) : handler, options.maxLineLength);
    try {
      for await (const chunk of source.chunks(options.signal)) {
        scanner.write(chunk);
        if (options.signal?.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
    await scanner.end();
    handler.finish();
    interrupted = options.signal?.aborted ?? false;
  }
  return { evidence: analysis.evidence(), problems, interrupted };
}

/**
 * Reads the sources as one log.
 *
 * @param classic also collects what pyuwsgimemhog would have printed.
 * @throws UserError when no source could be read, or when there is nothing in them to report on.
 */
export async function run(sources: readonly Source[], options: Options, classic?: ClassicSums): Promise<RunResult> {
  const { evidence, problems, interrupted } = await gather(sources, options, classic);
  const complete = !interrupted && problems.length === 0;
  if (problems.length > 0 && problems.length === sources.length && sum(evidence.inputs, lineCount) === 0) {
    throw new UserError(problems.map((problem) => problem.message).join('\n'));
  }
  const nothing = complete ? explainNothing(evidence, options.reading) : undefined;
  if (nothing) throw new UserError(nothing);
  return { report: reportOn(evidence, options, { problems: problems.length, interrupted }), evidence, problems };
}

/** The report of evidence, however it was come by. */
export function reportOn(evidence: Evidence, options: Options, incomplete: Incomplete): Report {
  const report = rank(evidence, options, incomplete);
  return { ...report, gates: gatesOf(report, options.limits) };
}
