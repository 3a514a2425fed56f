/** From a log in memory to its evidence, and from there to the report. */
import { Analysis } from '../../src/analysis.ts';
import type { Evidence } from '../../src/attribute/evidence.ts';
import { LineScanner } from '../../src/lines/scanner.ts';
import { type AnalyzeOptions, resolveOptions } from '../../src/options.ts';
import { Recognizer } from '../../src/parse/recognizer.ts';
import { rank } from '../../src/rank/rank.ts';
import type { Report } from '../../src/report/report.ts';

export async function evidenceFrom(log: string | Buffer, raw: AnalyzeOptions = {}): Promise<Evidence> {
  const options = resolveOptions(raw);
  const analysis = new Analysis(options);
  const scanner = new LineScanner(
    new Recognizer(analysis.memory, analysis.startInput('log'), options),
    options.maxLineLength,
  );
  const bytes = Buffer.from(log);
  for (let at = 0; at < bytes.length; at += 65_536) scanner.write(bytes.subarray(at, at + 65_536));
  await scanner.end();
  return analysis.evidence();
}

export function reportFrom(evidence: Evidence, raw: AnalyzeOptions = {}): Report {
  return rank(evidence, resolveOptions(raw), { problems: 0, interrupted: false });
}
