/** Which format a line is nearest to, for `leakrank inspect`. */
import { Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import type { Format, FormatParser } from './format.ts';
import type { Mismatch } from './mismatch.ts';

export interface FormatMismatch extends Mismatch {
  format: string;
  /** What the column is a place in. */
  text: string;
}

/** Of all formats, where a line got furthest, and with which; undefined when none can say. */
export function furthestMismatch(
  parsers: readonly { format: Format; parser: FormatParser }[],
  line: string,
  maxLineLength: number,
): FormatMismatch | undefined {
  const [found] = new Unwrapper(WRAPPERS, maxLineLength).peel(line);
  if (found?.kind !== 'layers') return undefined;
  const { text } = found.layers[0]!;
  const stops = parsers.flatMap(({ format, parser }) => {
    const stop = parser.mismatch?.(text);
    return stop ? [{ ...stop, format: format.name, text }] : [];
  });
  const best = stops.sort((a, b) => b.column - a.column)[0];
  if (!best || !line.endsWith(text)) return best;
  return { ...best, text: line, column: best.column + line.length - text.length };
}
