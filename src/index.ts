/** leakrank as a library: `const report = await analyze('uwsgi.log')`. */
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { UserError } from './errors.ts';
import { type AnalyzeOptions, resolveOptions } from './options.ts';
import type { Report } from './report/report.ts';
import { run } from './run.ts';
import { fileSource, linesSource, type Source, streamSource } from './source/source.ts';

export { UserError } from './errors.ts';
export type { GateOptions, RouteLimitOptions, Size } from './gate/limits.ts';
export type { AnalyzeOptions, SortKey } from './options.ts';
export type { Metric } from './parse/reading.ts';
export type {
  ExplainedBin,
  ExplainedWorker,
  Explanation,
  GateOutcome,
  GateReport,
  GrowthReport,
  InputReport,
  Report,
  RouteReport,
  RouteSeries,
  Series,
  SplitHint,
  Totals,
  Verdict,
  Warning,
  WarningCode,
  WorkerReport,
  WorkerSeries,
} from './report/report.ts';
export type { RouteFunction } from './route/route-function.ts';

/**
 * A log: the path of a file (plain, gzip or brotli), a stream of its bytes, or its lines. Of an iterable, each string is
 * one line and each Uint8Array the next bytes.
 */
export type Input =
  | string
  | URL
  | Readable
  | ReadableStream<Uint8Array>
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

/**
 * Reads a log, or several as one log that a worker's life may span, and says which routes leak.
 *
 * @throws {UserError} when an input cannot be read to its end, an option is wrong, or a non-empty log holds no request
 *   line or no memory figure; the message is one sentence that says what to do.
 */
export async function analyze(input: Input | readonly Input[], options: AnalyzeOptions = {}): Promise<Report> {
  const inputs: readonly Input[] = isInputList(input) ? input : [input];
  const { report, problems } = await run(inputs.map(sourceOf), resolveOptions(options));
  if (problems[0]) throw problems[0];
  return report;
}

/** An array of strings names files; any other array holds inputs too, never lines. */
function isInputList(input: Input | readonly Input[]): input is readonly Input[] {
  return Array.isArray(input);
}

function sourceOf(input: Input, index: number): Source {
  if (typeof input === 'string') return fileSource(input);
  if (input instanceof URL) {
    if (input.protocol !== 'file:') throw new UserError(`${input.href} is no file: URL; fetch it and pass its body`);
    return fileSource(fileURLToPath(input));
  }
  const name = `input ${index + 1}`;
  if (input instanceof Readable) return streamSource(name, input);
  if (input instanceof ReadableStream) return streamSource(name, Readable.fromWeb(input));
  return linesSource(name, input);
}
