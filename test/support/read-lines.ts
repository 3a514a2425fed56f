/** What all formats together read on lines, with the options of an analysis. */
import { LineScanner } from '../../src/lines/scanner.ts';
import type { AnalyzeOptions } from '../../src/options.ts';
import { collectingSink, recognizer, type Seen } from './collect.ts';

/** @param log lines, or a log with newlines in it. */
export async function readLines(log: string | Buffer | readonly string[], options: AnalyzeOptions = {}): Promise<Seen> {
  const { sink, seen } = collectingSink();
  const longest = options.maxLineLength ?? 2 ** 20;
  const scanner = new LineScanner(recognizer(sink, { maxLineLength: longest, ...options }), longest);
  scanner.write(Buffer.isBuffer(log) ? log : Buffer.from(typeof log === 'string' ? log : `${log.join('\n')}\n`));
  await scanner.end();
  return seen;
}
