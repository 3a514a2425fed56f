/**
 * A time and nothing else before the line: `docker logs -t`, `kubectl logs --timestamps`, `docker compose logs -t` behind the
 * name, `ts`, svlogd, a logger's or supervisord's `2026-11-23 20:50:35,123 INFO `. Wrappers that begin with a time and go on stand before this one.
 */
import { leadingStamp } from './stamp.ts';
import { innerLine, isDigit, type Wrapper } from './wrapper.ts';

const [SPACE, COLON] = [0x20, 0x3a];
/** Loggers and supervisord write a level, too. */
const SEPARATOR =
  /(?: - |: | )(?:\[?(?:TRACE|DEBUG|DEBG|INFO|NOTICE|WARN|WARNING|ERRO|ERROR|CRIT|CRITICAL|FATAL)\]?(?: - |: ?| |$) {0,8})?/y;

export const timestamp: Wrapper = {
  name: 'timestamp',
  begins: isDigit,
  unwrap(text) {
    const stamp = leadingStamp(text);
    if (!stamp) return undefined;
    SEPARATOR.lastIndex = stamp.end;
    const behind = text.charCodeAt(stamp.end);
    if (behind !== SPACE && behind !== COLON) return undefined;
    if (!SEPARATOR.test(text)) return undefined;
    return innerLine(text.slice(SEPARATOR.lastIndex), { time: stamp.time, zoned: stamp.zoned });
  },
};
