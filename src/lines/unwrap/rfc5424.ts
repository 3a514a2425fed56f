/**
 * Syslog, RFC 5424: `<165>1 2026-11-23T21:02:44.003Z HOST APP PROCID MSGID SD message`, where SD is `-` or
 * `[name key="value"][…]`, and a byte order mark may stand before the message. Heroku's drains leave SD out.
 */

import { readStamp } from './stamp.ts';
import { isBlob, SYSLOG_MARKS, unescaped } from './syslog-message.ts';
import { innerLine, type Unwrapped, type Wrapper, withoutMark } from './wrapper.ts';

const START = /<\d{1,3}>1 /y;
const FIELDS = / (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,128})(?: |$)/y;
/** `web.1`, `router`. */
const DYNO = /^[a-z][\w-]{0,63}\.\d{1,6}$/;
const SD_NAME = /\[[!#-<>-\\^-~]{1,64}/y;
const SD_PARAMETER = / [!#-<>-\\^-~]{1,64}="/y;
const [QUOTE, BACKSLASH, OPEN, CLOSE, SPACE] = [0x22, 0x5c, 0x5b, 0x5d, 0x20];

export const rfc5424: Wrapper = {
  name: 'rfc5424',
  marks: SYSLOG_MARKS,
  begins: (code) => code === 0x3c,
  unwrap(text): Unwrapped | undefined {
    START.lastIndex = 0;
    if (!START.test(text)) return undefined;
    const nilTime = text.startsWith('- ', START.lastIndex);
    const stamp = nilTime ? { time: -1, zoned: false, end: START.lastIndex + 1 } : readStamp(text, START.lastIndex);
    if (!stamp) return undefined;
    FIELDS.lastIndex = stamp.end;
    const fields = FIELDS.exec(text);
    if (!fields) return undefined;
    const [, host, app, process] = fields as unknown as [string, string, string, string];
    const isHeroku = (app === 'app' || app === 'heroku') && DYNO.test(process);
    const behind = FIELDS.lastIndex;
    const message = withoutMark(text.slice(isHeroku ? behindNil(text, behind) : behindData(text, behind)));
    const origin = originOf(host, app, isHeroku ? process : '');
    if (isBlob(message)) return { kind: 'lost', origin, pid: /^\d{1,10}$/.test(process) ? Number(process) : null };
    return innerLine(unescaped(message), { origin, time: stamp.time, zoned: stamp.zoned });
  },
};

function originOf(host: string, app: string, dyno: string): string {
  const place = host === '-' ? '' : host;
  if (dyno !== '') return `${place}/${dyno}`;
  // docker's syslog driver: the app is a container, whose pids are its own.
  return /^[\da-f]{12}$/.test(app) ? `${place}/${app}` : place;
}

function behindNil(text: string, at: number): number {
  return text.startsWith('- ', at) ? at + 2 : at;
}

/** Behind the structured data at `at` and its space; `at` when there is none. */
function behindData(text: string, at: number): number {
  if (text.charCodeAt(at) !== OPEN) return text.startsWith('- ', at) ? at + 2 : text === '-' ? at + 1 : at;
  let end = at;
  while (text.charCodeAt(end) === OPEN) {
    const next = behindElement(text, end);
    if (next < 0) break;
    end = next;
  }
  return end > at && text.charCodeAt(end) === SPACE ? end + 1 : end === text.length ? end : at;
}

/** Behind one `[name key="value" …]`, or -1. */
function behindElement(text: string, at: number): number {
  SD_NAME.lastIndex = at;
  if (!SD_NAME.test(text)) return -1;
  let end = SD_NAME.lastIndex;
  for (;;) {
    if (text.charCodeAt(end) === CLOSE) return end + 1;
    SD_PARAMETER.lastIndex = end;
    if (!SD_PARAMETER.test(text)) return -1;
    end = SD_PARAMETER.lastIndex;
    while (end < text.length && text.charCodeAt(end) !== QUOTE) end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    if (end >= text.length) return -1;
    end++;
  }
}
