/** source -> lines -> parse, and what came of it. */
import { UserError } from '../errors.ts';
import { LineScanner } from '../lines/scanner.ts';
import type { Options } from '../options.ts';
import { Recognizer } from '../parse/recognizer.ts';
import type { Source } from '../source/source.ts';
import { ScanMemory } from '../wasm/scan-memory.ts';
import { type InspectedInput, type InspectReport, inspectedInput, inspectReport } from './inspect-report.ts';
import { Inspection } from './inspection.ts';

export interface InspectResult {
  report: InspectReport;
  /** Inputs that could not be read, or not to their end. */
  problems: UserError[];
}

/** @param mostLines how many lines of each kind that did not match are shown. */
export async function inspect(
  sources: readonly Source[],
  options: Pick<Options, 'reading' | 'maxLineLength' | 'signal'>,
  mostLines: number,
): Promise<InspectResult> {
  const memory = new ScanMemory();
  const inputs: InspectedInput[] = [];
  const problems: UserError[] = [];
  for (const source of sources) {
    if (options.signal?.aborted) break;
    const seen = new Inspection(mostLines);
    const recognizer = new Recognizer(memory, seen, { ...options, showsOtherLines: true });
    const scanner = new LineScanner(seen.tap(recognizer), options.maxLineLength);
    let isWhole = true;
    try {
      for await (const chunk of source.chunks(options.signal)) {
        scanner.write(chunk);
        if (options.signal?.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
      isWhole = false;
    }
    await scanner.end();
    recognizer.finish();
    const input = inspectedInput(source.name, seen, recognizer);
    // Of what could not be read there is nothing to say.
    if (isWhole || input.lines > 0) inputs.push(input);
  }
  return { report: inspectReport(inputs), problems };
}
