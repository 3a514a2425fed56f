/**
 * gunicorn's error log, into which hooks of the site write, too: `[2026-11-23 20:55:29 +0000] [15807] [INFO] line`, on syslog
 * `[15807] line`. Source: gunicorn/glogging.py, Logger.error_fmt, datefmt and syslog_fmt.
 */
import { readStamp } from './stamp.ts';
import { innerLine, isDigit, type Wrapper } from './wrapper.ts';

const OPEN = 0x5b;
const PROCESS = /\[(\d{1,10})\] (?:\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\] )?/y;
const STAMP_END = '] ';

export const gunicornLog: Wrapper = {
  name: 'gunicorn-log',
  begins: (code) => code === OPEN,
  unwrap(text) {
    const stamp = isDigit(text.charCodeAt(1)) ? readStamp(text, 1) : undefined;
    if (stamp && !text.startsWith(STAMP_END, stamp.end)) return undefined;
    PROCESS.lastIndex = stamp ? stamp.end + STAMP_END.length : 0;
    const found = PROCESS.exec(text);
    if (!found) return undefined;
    return innerLine(text.slice(PROCESS.lastIndex), {
      pid: Number(found[1]),
      ...(stamp && { time: stamp.time, zoned: stamp.zoned }),
    });
  },
};
