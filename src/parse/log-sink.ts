import type { Reading } from './reading.ts';
import type { WorkerEvent } from './worker-event.ts';

/**
 * Where a parser hands what it understood, in the order of the log. Every line ends in exactly one of `reading`,
 * `tornReading`, `malformed` and `otherLine`; a physical line with two records counts as two lines.
 */
export interface LogSink {
  /**
   * Takes records of ScanMemory.records, from number `from` on and before `to`, for as long as there is nothing to do for
   * them but to count: whatever is out of the ordinary comes as a reading.
   * @param origin of all of them; parsers leave it out.
   * @param originName of all of them, where the records themselves say it; see Reading.
   * @returns how many it took.
   */
  usual?: (records: Float64Array, from: number, to: number, origin?: number, originName?: string) => number;
  /** A request. The reading is reused: its values are valid during the call only. */
  reading(reading: Reading, lineNumber: number): void;
  /** A damaged request line of which worker and memory could be read; counted as malformed. */
  tornReading(reading: Reading, lineNumber: number): void;
  /** A damaged request line. */
  malformed(lineNumber: number): void;
  /** Any line that is no request. */
  otherLine(): void;
  /**
   * What an other line told about workers; comes before its `otherLine`.
   * @param origin as in {@link Reading.origin}; parsers leave it out.
   */
  event(event: WorkerEvent, origin?: number): void;
}
