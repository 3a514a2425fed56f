/**
 * Syslog's text and what journalctl prints like it: RFC 3164 with or without `<29>`, rsyslog's and syslog-ng's files,
 * journalctl -o short, short-precise and short-iso.
 *
 *     <29>Nov 23 21:02:44 vm uwsgi: message
 *     Nov 23 21:01:43.565480 web01 uwsgi[4193]: message
 *     2026-11-23T21:02:44.123456+00:00 vm uwsgi[123]: message
 *
 * The first two name neither year nor zone.
 */
import { leadingStamp, readStamp, readYearless } from './stamp.ts';
import { SYSLOG_MARKS, syslogMessage } from './syslog-message.ts';
import { isDigit, isLetter, type Wrapper, withoutMark } from './wrapper.ts';

const PRIORITY = /^<\d{1,3}>/;
const LESS_THAN = 0x3c;
/** Years are guessed from the day leakrank runs. */
const NOW = Date.now();

export const syslog: Wrapper = {
  name: 'syslog',
  marks: SYSLOG_MARKS,
  begins: (code) => code === LESS_THAN || isDigit(code) || isLetter(code),
  unwrap(text) {
    const first = text.charCodeAt(0);
    if (first !== LESS_THAN) return unwrapPlain(text, isDigit(first));
    const priority = PRIORITY.exec(text);
    if (!priority) return undefined;
    const at = priority[0].length;
    const stamp = readYearless(text, at, NOW) ?? readStamp(text, at);
    const inner = stamp && syslogMessage(text, stamp, true);
    // A packet's own newline is still there when packets were written one after the other.
    return inner?.kind === 'line' ? { ...inner, text: withoutMark(inner.text) } : inner;
  },
};

function unwrapPlain(text: string, isIso: boolean) {
  if (isIso) {
    const stamp = leadingStamp(text);
    // Many things write a time and words: only the form with a T is syslog's.
    return stamp && text.charCodeAt(10) === 0x54 ? syslogMessage(text, stamp, false) : undefined;
  }
  const stamp = readYearless(text, 0, NOW);
  return stamp && syslogMessage(text, stamp, true);
}
