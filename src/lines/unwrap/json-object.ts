/** JSON objects of collectors, and what stands in them. */
import type { Mark } from '../mark.ts';
import { readStamp } from './stamp.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** What an object's line begins with, behind whatever stands around it: see {@link jsonObject}. */
export const JSON_MARKS: readonly Mark[] = ['{"', '{ ', '{\t'];

let lastText = '';
let lastObject: JsonObject | undefined;

/** The object that a line is. Several wrappers ask this of one line: the last answer is kept. Undefined when it is none. */
export function jsonObject(text: string): JsonObject | undefined {
  if (text !== lastText) {
    lastText = text;
    lastObject = parseObject(text);
  }
  return lastObject;
}

function parseObject(text: string): JsonObject | undefined {
  const second = text.charCodeAt(1);
  // uWSGI's own line begins with a brace, too.
  if (second !== 0x22 && second !== 0x20 && second !== 0x09) return undefined;
  const closed = text.endsWith('}') || text.endsWith('}\r') || text.endsWith('} ');
  if (!closed) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first string that is not empty, by path: `kubernetes.pod_name`. Keys may hold dots themselves. */
export function stringAt(object: JsonObject, ...paths: readonly (readonly string[])[]): string {
  for (const path of paths) {
    let value: unknown = object;
    for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Names joined by slashes, without those that were not said. */
export function joinedOrigin(...names: readonly string[]): string {
  return names.filter((name) => name !== '').join('/');
}

/** A time as JSON has it: RFC 3339, or a number (also as text) of seconds, milli-, micro- or nanoseconds since 1970. */
export function timeOf(value: unknown): { time: number; zoned: boolean } | undefined {
  if (typeof value === 'number') return epoch(value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(value)) return epoch(Number(value));
  return readStamp(value, 0);
}

/** From 1973 on each unit has its own number of digits. */
function epoch(value: number): { time: number; zoned: boolean } | undefined {
  if (!(value >= 1e8 && value < 1e20)) return undefined;
  const scale = value < 1e11 ? 1e-3 : value < 1e14 ? 1 : value < 1e17 ? 1e3 : 1e6;
  // Seconds with a fraction are no exact numbers.
  return { time: Math.floor(value / scale + 1e-3), zoned: true };
}
