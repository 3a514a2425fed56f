/**
 * The forms of journalctl that syslog has not: `-o short-unix`, `short-full`, `with-unit` and `short-monotonic`.
 *
 *     1795467703.565480 web01 uwsgi[4193]: message
 *     Mon 2026-11-23 21:01:43 UTC web01 uwsgi[4193]: message
 *     [ 8040.123456] web01 uwsgi[4193]: message
 */
import { readStamp, type Stamp } from './stamp.ts';
import { SYSLOG_MARKS, syslogMessage } from './syslog-message.ts';
import { isDigit, isLetter, type Wrapper } from './wrapper.ts';

const UNIX = /(\d{9,11})\.(\d{6})/y;
const FULL = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) /y;
/** A zone by its letters, or by its offset where it has no letters. */
const ZONE = / ([A-Z]{1,6}|[+-]\d\d(?:\d\d)?)(?= )/y;
const MONOTONIC = /\[ {0,12}\d{1,12}\.\d{6}\]/y;

export const journaldText: Wrapper = {
  name: 'journald',
  marks: SYSLOG_MARKS,
  begins: (code) => isDigit(code) || isLetter(code) || code === 0x5b,
  unwrap(text) {
    const stamp = stampOf(text);
    return stamp && syslogMessage(text, stamp, false);
  },
};

function stampOf(text: string): Stamp | undefined {
  const first = text.charCodeAt(0);
  if (isDigit(first)) {
    const unix = matchAt(UNIX, text, 0);
    return (
      unix && { time: Number(unix[1]) * 1000 + Math.floor(Number(unix[2]) / 1000), zoned: true, end: UNIX.lastIndex }
    );
  }
  if (first === 0x5b) return matchAt(MONOTONIC, text, 0) && { time: -1, zoned: false, end: MONOTONIC.lastIndex };
  if (!matchAt(FULL, text, 0)) return undefined;
  const stamp = readStamp(text, FULL.lastIndex);
  const zone = stamp && matchAt(ZONE, text, stamp.end);
  if (!stamp || !zone) return stamp;
  return { time: stamp.time, zoned: stamp.zoned || zone[1] === 'UTC' || zone[1] === 'GMT', end: ZONE.lastIndex };
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
