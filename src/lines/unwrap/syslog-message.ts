/** What stands behind the time in syslog's and journald's text: `web01 uwsgi[4193]: message`. */

import type { Mark } from '../mark.ts';
import type { Stamp } from './stamp.ts';
import { innerLine, type Unwrapped } from './wrapper.ts';

/** A host (an address may have colons), a tag, the pid. The local form of RFC 3164 has no host. */
const HEADER = / ([A-Za-z\d_][\w.:-]{0,254}) ([\w(][^\s[\]]{0,127}?)(?:\[(\d{1,10})\])?:(?: |$)/y;
const HEADER_WITHOUT_HOST = / ([\w(][^\s[\]:]{0,127})(?:\[(\d{1,10})\])?:(?: |$)/y;

/** docker's syslog and journald drivers put the container's id or name for the program's: its pids are its own. */
const CONTAINER_TAG = /^(?:[\da-f]{12}|[\da-f]{64}|docker\/.{1,100})$/;

/** journalctl, for bytes that are not text: their number stands for them. */
const BLOB = /^\[[\d.]{1,12}[BKMGT] blob data\]$/;

/** What {@link unescaped} replaces, and what {@link isBlob} knows. */
export const SYSLOG_MARKS: readonly Mark[] = ['#00', '#01', '#02', '#03', '#177', ' blob data]'];

/** @param withoutHost whether the host may be missing. */
export function syslogMessage(text: string, stamp: Stamp, withoutHost: boolean): Unwrapped | undefined {
  HEADER.lastIndex = stamp.end;
  let header = HEADER.exec(text);
  let [host, tag, pid] = ['', '', ''] as (string | undefined)[];
  let end = HEADER.lastIndex;
  if (header) {
    [, host, tag, pid] = header;
  } else {
    if (!withoutHost) return undefined;
    HEADER_WITHOUT_HOST.lastIndex = stamp.end;
    header = HEADER_WITHOUT_HOST.exec(text);
    if (!header) return undefined;
    [, tag, pid] = header;
    end = HEADER_WITHOUT_HOST.lastIndex;
  }
  const origin = CONTAINER_TAG.test(tag!) ? `${host}/${tag}` : host!;
  const message = text.slice(end);
  if (isBlob(message)) return { kind: 'lost', origin, pid: pid === undefined ? null : Number(pid) };
  return innerLine(unescaped(message), { origin, time: stamp.time, zoned: stamp.zoned });
}

export function isBlob(message: string): boolean {
  return message.length < 40 && BLOB.test(message.endsWith('\r') ? message.slice(0, -1) : message);
}

/** rsyslog writes control characters as `#011`, in octal; a NUL stays escaped, since it would end a record of uWSGI's. */
export function unescaped(message: string): string {
  if (!message.includes('#')) return message;
  const whole = message.replace(/#(0(?:0[1-7]|[1-3][0-7])|177)/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return whole.endsWith('\n') ? whole.slice(0, -1) : whole;
}
