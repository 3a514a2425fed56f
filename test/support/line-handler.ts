import type { LineHandler } from '../../src/lines/scanner.ts';
import type { Recognizer } from '../../src/parse/recognizer.ts';

export interface CountingHandler extends LineHandler {
  /** Lines that were read as bytes. */
  readonly plainCount: number;
}

/** Gives lines to a recognizer: as bytes where that is possible, or all of them as text. */
export function lineHandler(recognizer: Recognizer, takesBytes: boolean): CountingHandler {
  let plainCount = 0;
  return {
    get plainCount() {
      return plainCount;
    },
    startChunk: (bytes) => recognizer.startChunk(bytes),
    plainLines: (start, lineNumber) => {
      const lines = takesBytes ? recognizer.plainLines(start, lineNumber) : 0;
      plainCount += lines;
      return lines;
    },
    get plainEnd() {
      return recognizer.plainEnd;
    },
    textLine: (line, lineNumber) => recognizer.textLine(line, lineNumber),
    tooLongLine: (lineNumber) => recognizer.tooLongLine(lineNumber),
  };
}
