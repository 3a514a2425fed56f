/**
 * A wrapper is what something between the server and the file put around each line: a container's name, a collector's JSON, a
 * syslog header. Each kind is one file beside this one, and one line in wrappers.ts.
 */

import type { Mark } from '../mark.ts';

/** What a wrapper holds. */
export type Unwrapped = InnerLine | InnerLines | LostLine;

/** One line, without the wrapper. */
export interface InnerLine {
  kind: 'line';
  text: string;
  /**
   * Where the line was written, as far as this wrapper says: host, pod, container, dyno; '' when it does not. It is part of
   * a worker's identity: two containers with a pid 7 are two workers.
   */
  origin: string;
  /** Which of several streams of that origin ("stderr"); parts of a line are joined within one stream. '' when not said. */
  stream: string;
  /** The process that wrote the line, or -1; it is the reading's where the line inside names no process. */
  pid: number;
  /** When the line was written: milliseconds since 1970, or -1. */
  time: number;
  /** Whether `time` is a moment everywhere (the wrapper names a zone) or a wall clock, as if its zone were UTC. */
  zoned: boolean;
  /**
   * Whether the line goes on in the next one of this stream. `perhaps` where the wrapper marks ends of lines, and this line
   * has no such sign: it goes on when other lines of this log have one, and so are `ended`.
   */
  part: 'whole' | 'ended' | 'piece' | 'perhaps';
}

/** Several lines in one: the events of a collector's answer. */
export interface InnerLines {
  kind: 'lines';
  lines: readonly InnerLine[];
}

/** The collector could not keep the line. */
export interface LostLine {
  kind: 'lost';
  origin: string;
  /** The process that wrote it, or null. */
  pid: number | null;
}

export interface Wrapper {
  /** As shown in reports: "docker-json", "cri". */
  name: string;
  /** Whether a line with this first character (a UTF-16 code) can have the wrapper. */
  begins: (code: number) => boolean;
  /**
   * Takes the wrapper off; undefined when the line has none. Linear in the line's length, and quick to say no. At most one
   * wrapper of WRAPPERS may accept a line, or the more special one has to stand first.
   */
  unwrap: (text: string) => Unwrapped | undefined;
  /**
   * One of these stands on every line where the wrapper does more than to take a beginning and an end off: where it decodes or
   * replaces what is between, gives a piece of a line, several lines, or none. See ../mark.ts.
   */
  marks?: readonly Mark[];
}

/** A line without its wrapper; what is left out was not said. */
export function innerLine(text: string, known: Partial<Omit<InnerLine, 'kind' | 'text'>> = {}): InnerLine {
  return {
    kind: 'line',
    text,
    origin: known.origin ?? '',
    stream: known.stream ?? '',
    pid: known.pid ?? -1,
    time: known.time ?? -1,
    zoned: known.zoned ?? false,
    part: known.part ?? 'whole',
  };
}

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
export const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

const BYTE_ORDER_MARK = '\ufeff';

/** Syslog and Windows' tools put a mark before text in UTF-8. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
