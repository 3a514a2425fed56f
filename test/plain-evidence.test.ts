import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Analysis } from '../src/analysis.ts';
import { LineScanner } from '../src/lines/scanner.ts';
import { type AnalyzeOptions, resolveOptions } from '../src/options.ts';
import { Recognizer } from '../src/parse/recognizer.ts';
import { generateLog } from './bench/generate-log.ts';
import { LINES, LOG_FORMATS, type LogFormatName } from './bench/lines.ts';
import { lineHandler } from './support/line-handler.ts';

for (const format of Object.keys(LINES) as LogFormatName[]) {
  test(`the evidence of ${format} is the same from bytes and from text`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakrank-plain-'));
    try {
      const path = join(folder, 'log');
      await generateLog(path, { bytes: 2_000_000, routes: 40, workers: 5, seed: 3, life: 900, format });
      const logFormat = LOG_FORMATS[format];
      const options = logFormat === undefined ? {} : { logFormat: [logFormat] };
      const bytes = evidence(readFileSync(path), options, true);
      const text = evidence(readFileSync(path), options, false);
      assert.ok(bytes.plainLines > 4000, `${bytes.plainLines} lines were read as bytes`);
      assert.deepEqual(bytes.evidence, text.evidence);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function evidence(log: Buffer, raw: AnalyzeOptions, takesBytes: boolean) {
  const options = resolveOptions(raw);
  const analysis = new Analysis(options).startInput('log');
  const recognizer = new Recognizer(analysis.memory, analysis, options);
  const handler = lineHandler(recognizer, takesBytes);
  const scanner = new LineScanner(handler, options.maxLineLength);
  for (let at = 0; at < log.length; at += 65_536) scanner.write(log.subarray(at, at + 65_536));
  scanner.end();
  return { evidence: analysis.evidence(), plainLines: handler.plainCount };
}
