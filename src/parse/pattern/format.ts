import type { ScanMemory } from '../../wasm/scan-memory.ts';
import type { Format, FormatParser } from '../format.ts';
import { fillReading } from '../log-format/record-reader.ts';
import type { LogSink } from '../log-sink.ts';
import { Reading } from '../reading.ts';
import { compilePattern, type Pattern } from './compile.ts';

/** The engine takes some hundred nanoseconds per character: longer lines are not for it. */
const LONGEST_LINE = 65_536;

/** Whatever a user's expression describes. */
export const pattern: Format = {
  name: 'pattern',
  recognisedBy: 'the expression that --pattern gives',
  isExplicit: true,
  isAvailable: ({ patterns }) => patterns.length > 0,
  create: ({ memory, sink, options }) => new PatternParser(memory, sink, options.patterns.map(compilePattern)),
};

class PatternParser implements FormatParser {
  readonly #memory: ScanMemory;
  readonly #sink: LogSink;
  readonly #patterns: readonly Pattern[];
  readonly #reading = new Reading();

  constructor(memory: ScanMemory, sink: LogSink, patterns: readonly Pattern[]) {
    this.#memory = memory;
    this.#sink = sink;
    this.#patterns = patterns;
  }

  line(line: string, lineNumber: number): boolean {
    if (line.length > LONGEST_LINE) return false;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    for (const { expression, groups } of this.#patterns) {
      const matcher = expression.matcher(text);
      if (!matcher.find()) continue;
      const values = groups.map(({ name, meaning }) => ({ meaning, text: matcher.group(name) ?? '' }));
      fillReading(this.#reading, this.#memory, values, (value) => value);
      this.#sink.reading(this.#reading, lineNumber);
      return true;
    }
    return false;
  }
}
