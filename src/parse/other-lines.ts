/** Counts lines that nothing can read from their bytes, without making strings: see ../lines/mark.ts. */
import type { Mark } from '../lines/mark.ts';
import type { Wrapper } from '../lines/unwrap/wrapper.ts';
import type { ScanMemory } from '../wasm/scan-memory.ts';
import type { FormatParser } from './format.ts';

/**
 * Bytes of the longest line that is passed over: in longer ones a log format may look for several records, and Heroku's
 * platform cuts lines at 10 000.
 */
const LONGEST = 4096;

export class OtherLines {
  /** Behind the newline of the last line that was passed over. */
  end = 0;
  readonly #memory: ScanMemory;
  readonly #marks: readonly Mark[];
  readonly #longest: number;

  private constructor(memory: ScanMemory, marks: readonly Mark[], longest: number) {
    this.#memory = memory;
    this.#marks = marks;
    this.#longest = Math.min(LONGEST, longest);
  }

  /** @returns undefined where a parser may read any line. */
  static of(
    memory: ScanMemory,
    parsers: readonly FormatParser[],
    wrappers: readonly Wrapper[],
    longest: number,
  ): OtherLines | undefined {
    const marks = marksOf(parsers, wrappers);
    return marks && new OtherLines(memory, marks, longest);
  }

  /** How many of the chunk's lines from `start` on hold no mark, one behind the other. */
  pass(chunk: Buffer, start: number): number {
    const memory = this.#memory;
    memory.writeMarks(this.#marks);
    const address = memory.loadChunk(chunk);
    const lines = memory.functions.skipUnmarked(address + start, address + chunk.length, this.#longest);
    this.end = memory.scanned - address;
    return lines;
  }
}

/** Undefined where a parser has none. */
export function marksOf(parsers: readonly FormatParser[], wrappers: readonly Wrapper[]): readonly Mark[] | undefined {
  const found = new Set<Mark>(wrappers.flatMap(({ marks }) => marks ?? []));
  for (const { marks } of parsers) {
    if (marks === undefined) return undefined;
    for (const mark of marks) found.add(mark);
  }
  return [...found];
}
