/**
 * Several records on one line: a log-encoder without `nl` writes the whole log so, and uWSGI's log-master loses the newline
 * of a line over 8192 bytes. A client can imitate the beginning of a record in a URI, so a line is only cut where the
 * configuration says that there are no newlines, or where it is longer than a request can be.
 */
import type { LogFormat } from './compile.ts';

/** uWSGI's default buffer-size: the most that a request's variables may take together. */
export const LONGEST_REQUEST = 4096;
/** A shorter beginning could stand anywhere. */
const SHORTEST_HEAD = 4;

/** The records of a line; undefined when it is one. */
export function splitRecords({ template, isEndless }: LogFormat, text: string): string[] | undefined {
  if (!isEndless && text.length <= LONGEST_REQUEST) return undefined;
  const starts = template.starts(text);
  if (template.head.length < SHORTEST_HEAD || starts.length < 2) return undefined;
  if (starts[0]! > 0) starts[0] = 0;
  return starts.map((start, i) => text.slice(start, starts[i + 1]));
}
