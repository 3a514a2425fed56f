/** What gunicorn's error log puts before a line; see lines/unwrap/gunicorn-log.ts. */
import { gunicornLog } from '../../../lines/unwrap/gunicorn-log.ts';
import { readStamp } from '../../../lines/unwrap/stamp.ts';
import type { LogTime } from '../../fields/time-value.ts';

export interface Prefix {
  kinds: readonly ('stamp' | 'pid')[];
  /** Before each, and behind the last. */
  literals: readonly string[];
  /** Names of the wrappers that the prefix is. */
  wrappers: readonly string[];
}

const NO_PREFIX: Prefix = { kinds: [], literals: [''], wrappers: [] };
const GUNICORN: readonly string[] = [gunicornLog.name];
const FORM = /^\[(?:([^\]]+)\] \[)?(\d+)\] ((?:\[[A-Z]+\] )?)$/;

/**
 * @param line as it stands in the log.
 * @param inner what is in it behind the prefix.
 * @returns undefined when something else stands there.
 */
export function prefixOf(line: string, inner: string): Prefix | undefined {
  if (line === inner) return NO_PREFIX;
  const unwrapped = gunicornLog.unwrap(line);
  if (unwrapped?.kind !== 'line' || unwrapped.text !== inner) return undefined;
  const parts = FORM.exec(line.slice(0, line.length - inner.length));
  if (!parts) return undefined;
  const [, stamp, , level] = parts;
  return stamp === undefined
    ? { kinds: ['pid'], literals: ['[', `] ${level}`], wrappers: GUNICORN }
    : { kinds: ['stamp', 'pid'], literals: ['[', '] [', `] ${level}`], wrappers: GUNICORN };
}

/** The time in the prefix. */
export function prefixTime(text: string): LogTime | undefined {
  const stamp = readStamp(text, 0);
  return stamp?.end === text.length ? { time: stamp.time, zoned: stamp.zoned } : undefined;
}
