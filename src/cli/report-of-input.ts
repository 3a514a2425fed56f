/** One input that is a report (JSON) or a log: what it is shows in its content. */
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { mayBeReport, readReport } from '../report/read-report.ts';
import type { Report } from '../report/report.ts';
import { run as analyze } from '../run.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import { fileSource, type Source, streamSource } from '../source/source.ts';
import type { Surroundings } from './surroundings.ts';

/** A report of ten thousand routes takes a tenth of it. */
const LARGEST_REPORT = 2 ** 27;
/** Enough to tell JSON from a log. */
const START = 4096;

/** @throws UserError for what is neither, or cannot be read to its end. */
export async function reportOfInput(
  path: string,
  options: Options,
  { stdin }: Pick<Surroundings, 'stdin'>,
): Promise<Report> {
  const source = path === STANDARD_INPUT ? streamSource('standard input', stdin) : fileSource(path);
  const chunks = source.chunks(options.signal)[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  const readUpTo = async (bytes: number) => {
    for (let length = total(read); length < bytes; length = total(read)) {
      const { value, done } = await chunks.next();
      if (done) return true;
      // A chunk is valid until the next is asked for.
      read.push(Buffer.from(value));
    }
    return false;
  };
  let isWhole = await readUpTo(START);
  if (mayBeReport(Buffer.concat(read).toString('utf8', 0, START))) {
    isWhole ||= await readUpTo(LARGEST_REPORT);
    const report = isWhole ? readReport(Buffer.concat(read).toString('utf8'), source.name) : undefined;
    if (report !== undefined) return report;
  }
  const { report, problems } = await analyze([resumed(source, read, chunks)], options);
  if (problems[0]) throw problems[0];
  if (report.totals.requests === 0 && report.inputs.every(({ lines }) => lines === 0))
    throw new UserError(`${source.name} is empty: name a log, or a report that leakrank --json printed`);
  return report;
}

/** The source with what was already read of it in front. */
function resumed(source: Source, read: readonly Buffer[], rest: AsyncIterator<Buffer>): Source {
  return {
    ...source,
    async *chunks() {
      yield* read;
      yield* { [Symbol.asyncIterator]: () => rest };
    },
  };
}

function total(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
