/**
 * A date before the line that is no collector's: uWSGI's log-date, `Mon Nov 23 20:51:28 2026 - line` or what its strftime
 * makes of it, mostly in brackets.
 *
 *     [2026-11-23 20:50:26] line
 *     [23/Nov/2026:20:50:26 +0000] - line
 */
import { readClock, readCtime, readMonth, readStamp, type Stamp, withZone } from './stamp.ts';
import { innerLine, isLetter, type Wrapper } from './wrapper.ts';

const OPEN = 0x5b;
const CTIME_END = ' - ';
const BRACKET_END = /\] (?:- )?/y;

export const logDate: Wrapper = {
  name: 'log-date',
  begins: (code) => code === OPEN || isLetter(code),
  unwrap(text) {
    if (text.charCodeAt(0) !== OPEN) {
      const stamp = readCtime(text, 0);
      if (!stamp || !text.startsWith(CTIME_END, stamp.end)) return undefined;
      return innerLine(text.slice(stamp.end + CTIME_END.length), { time: stamp.time });
    }
    const stamp = readStamp(text, 1) ?? readCommonLogDate(text, 1) ?? readCtime(text, 1);
    if (!stamp) return undefined;
    BRACKET_END.lastIndex = stamp.end;
    if (!BRACKET_END.test(text)) return undefined;
    return innerLine(text.slice(BRACKET_END.lastIndex), { time: stamp.time, zoned: stamp.zoned });
  },
};

/** `23/Nov/2026:20:50:35 +0000` at `at`. */
function readCommonLogDate(text: string, at: number): Stamp | undefined {
  const parts = /^(\d\d)\/[A-Z][a-z]{2}\/(\d{4})[: ]/.exec(text.slice(at, at + 12));
  const month = readMonth(text, at + 3);
  const clock = readClock(text, at + 12);
  if (!parts || month === 0 || clock < 0) return undefined;
  return withZone(text, at + 20, Date.UTC(Number(parts[2]), month - 1, Number(parts[1])) + clock);
}
