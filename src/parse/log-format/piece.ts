/** What a log-format string is made of: text that stands on every line as it is, and fields. */
import type { Metric } from '../reading.ts';

export type Piece = Literal | Field;

export interface Literal {
  kind: 'literal';
  text: string;
}

export interface Field {
  kind: 'field';
  /** As written in the format, for messages: "%(rss)". */
  source: string;
  shape: Shape;
  meaning: Meaning;
}

/**
 * How a field's text looks. The first ones have an end of their own, wherever they stand; what the `free` ones hold may
 * come from a client, unescaped, and may look like anything.
 */
export type Shape = BoundShape | FreeShape;
export type BoundShape = (typeof BOUND_SHAPES)[number];
export type FreeShape = 'uri' | 'request-line' | 'method' | 'protocol' | 'word' | 'text';

export const BOUND_SHAPES = [
  /** Digits, or a dash where there is no value. */
  'integer',
  /** Digits, maybe with decimals behind a point. */
  'decimal',
  /** As `decimal`, maybe with a unit behind it: "25.3MB". */
  'size',
  /** "<123>" */
  'angled',
  /** "Mon Nov 23 20:51:34 2026" */
  'ctime',
  /** "23/Nov/2026:20:51:34 +0000" */
  'clf-time',
  /** The same in brackets. */
  'bracketed-time',
] as const;

export function isBound(shape: Shape): shape is BoundShape {
  return (BOUND_SHAPES as readonly string[]).includes(shape);
}

/** What a field says about a request. */
export type Meaning =
  | MemoryMeaning
  | {
      is:
        | 'pid'
        | 'slot'
        | 'core'
        | 'worker'
        | 'host'
        | 'uri'
        | 'path'
        | 'query'
        | 'request-line'
        | 'method'
        | 'status'
        | 'time'
        | 'route'
        | 'nothing';
    };

export interface MemoryMeaning {
  is: 'memory';
  metric: Metric;
  unitBytes: number;
  /** The smallest difference it can show; 1 when not known. */
  quantumBytes: number;
  /** By how much the request changed it, instead of how large it is. */
  isDelta: boolean;
  /** It went through a signed 32-bit number and a buffer of 10 characters (uWSGI's %(rss) and %(vsz)). */
  isInt32: boolean;
  /** The uWSGI worker it is about, where that is not the one that wrote the line: metrics. */
  slot: number | null;
}

export const PAGE_BYTES = 4096;
export const MIB = 2 ** 20;

export const NOTHING: Meaning = { is: 'nothing' };

export function memory(metric: Metric, rest: Partial<MemoryMeaning> = {}): MemoryMeaning {
  return { is: 'memory', metric, unitBytes: 1, quantumBytes: 1, isDelta: false, isInt32: false, slot: null, ...rest };
}
