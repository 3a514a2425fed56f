/**
 * A line of PHP-FPM's access log, of the format strings that are common: the example in www.conf, and those that name what
 * follows.
 *
 *     %R - %u %t "%m %r%Q%q" %s %f %{mili}d %{kilo}M %C%%
 *     … "%m %r%Q%q" %s … pid=%p … M=%M          (also kilo=%{kilo}M, mega=%{mega}M, mem=, memory=, peak=)
 *
 * Source: sapi/fpm/fpm/fpm_log.c. Nothing in it is escaped: a URI may hold quotes.
 */
import type { Mark } from '../../lines/mark.ts';
import { type LogTime, parseTime } from '../fields/time-value.ts';
import { ABSENT } from '../reading.ts';

export interface AccessLine {
  method: string;
  uri: string;
  status: number;
  pid: number;
  peakBytes: number;
  quantumBytes: number;
  time: LogTime | undefined;
}

/** Up to the request: an address, a user who may be missing, the time, maybe in brackets. */
const HEAD =
  /^(?:\S{1,100} - \S{0,100} ?)?\[?(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})?\]? ?"([A-Z]{3,10}) /;
/** The example in www.conf, behind the request: status, script, milliseconds, KiB, share of a CPU. */
const EXAMPLE_TAIL = /^" (\d{3}) (\S{0,1000}) \d{1,9}\.\d{3} (\d{1,12}) \d{1,6}\.\d\d%$/;
const NAMED_TAIL = /^" (\d{3})(?: |$)/;
const PID = / pid[=:]? ?(\d{1,10})(?= |$)/;
const MEMORY_NAMES = ['M', 'mem', 'memory', 'peak', 'kilo', 'kb', 'mega', 'mb'];
const MEMORY = new RegExp(` (${MEMORY_NAMES.join('|')})[=:](\\d{1,15})(?= |$)`, 'g');
const UNIT_BYTES: Readonly<Record<string, number>> = { kilo: 1024, kb: 1024, mega: 2 ** 20, mb: 2 ** 20 };

/** The share of a CPU at the example's end, or a named figure. */
export const ACCESS_MARKS: readonly Mark[] = [
  ...Array.from({ length: 10 }, (_, digit) => `${digit}%`),
  ...MEMORY_NAMES.flatMap((name) => [` ${name}=`, ` ${name}:`]),
];

export function readAccessLine(text: string): AccessLine | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  // The last quote before a status: those of a client's come before.
  for (let quote = text.lastIndexOf('" '); quote >= head[0].length; quote = text.lastIndexOf('" ', quote - 1)) {
    if (!isStatus(text, quote + 2)) continue;
    const tail = readTail(text.slice(quote));
    if (!tail) return undefined;
    const uri = text.slice(head[0].length, quote);
    // Other servers write the protocol behind the URI.
    if (/ HTTP\/[\d.]+$/.test(uri)) return undefined;
    return { ...tail, method: head[2]!, uri, time: parseTime(head[1]) };
  }
  return undefined;
}

function isStatus(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 3);
  return (next === 0x20 || Number.isNaN(next)) && /^[1-5]\d\d$/.test(text.slice(at, at + 3));
}

function readTail(tail: string): Pick<AccessLine, 'status' | 'pid' | 'peakBytes' | 'quantumBytes'> | undefined {
  const example = EXAMPLE_TAIL.exec(tail);
  if (example) {
    return { status: Number(example[1]), pid: ABSENT, peakBytes: Number(example[3]) * 1024, quantumBytes: 1024 };
  }
  const named = NAMED_TAIL.exec(tail);
  if (!named) return undefined;
  // Of several units the smallest says most.
  let best: { bytes: number; unit: number } | undefined;
  for (const [, name, figure] of tail.matchAll(MEMORY)) {
    const unit = UNIT_BYTES[name!] ?? 1;
    if (!best || unit < best.unit) best = { bytes: Number(figure) * unit, unit };
  }
  if (!best) return undefined;
  const pid = PID.exec(tail);
  return {
    status: Number(named[1]),
    pid: pid ? Number(pid[1]) : ABSENT,
    peakBytes: best.bytes,
    quantumBytes: best.unit,
  };
}
