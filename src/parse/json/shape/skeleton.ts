/**
 * What stays the same in lines that one logger writes with one set of fields: all that stands between the values. A skeleton
 * is taken from a line that JSON.parse has read, and says where the values of lines like it are.
 */

/** `text`: a text without escapes. `fixed`: part of the skeleton. The rest are JSON's kinds. */
export type SlotKind = 'text' | 'number' | 'boolean';

export interface Skeleton {
  kinds: SlotKind[];
  /** What stands before each value, and behind the last: one more than there are values. */
  literals: string[];
  /** The same object with the number of its slot in place of each value, {@link FIXED} where it is part of the skeleton. */
  places: object;
}

export const FIXED = -1;

const MOST_SLOTS = 64;
const LONGEST_LITERALS = 4096;
const DEEPEST = 8;

const KEY = /\s*"([^"\\\x00-\x1f]{1,128})"\s*:\s*/y;
const TEXT = /"[^"\\\x00-\x1f]*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const AFTER = /\s*([,}])/y;
/** Their order in an object is not that of the line, or they are none of its own. */
const UNUSUAL_KEY = /^(?:\d+|__proto__)$/;

/**
 * @param json an object on which JSON.parse succeeded.
 * @param isFixed whether a text under this key has to be the same on every line; undefined: the line is no example for others.
 */
export function skeletonOf(
  json: string,
  isFixed: (key: string, text: string) => boolean | undefined,
): Skeleton | undefined {
  const kinds: SlotKind[] = [];
  const literals: string[] = [];
  let at = 0;
  let literalFrom = 0;
  const places = object(1);
  if (places === undefined || at !== json.length || kinds.length > MOST_SLOTS) return undefined;
  literals.push(json.slice(literalFrom));
  // A byte that was no UTF-8 is no longer known.
  if (literals.join('').length > LONGEST_LITERALS || literals.some((text) => text.includes('\ufffd'))) return undefined;
  return { kinds, literals, places };

  function object(depth: number): object | undefined {
    if (depth > DEEPEST || json[at] !== '{') return undefined;
    at++;
    const members: Record<string, unknown> = {};
    for (;;) {
      const key = match(KEY)?.[1];
      if (key === undefined || UNUSUAL_KEY.test(key) || Object.hasOwn(members, key)) return undefined;
      const value = memberOf(key, depth);
      if (value === undefined) return undefined;
      members[key] = value;
      const after = match(AFTER)?.[1];
      if (after === undefined) return undefined;
      if (after === '}') return members;
    }
  }

  function memberOf(key: string, depth: number): object | number | null | undefined {
    const start = at;
    if (json[at] === '{') return object(depth + 1);
    const text = match(TEXT)?.[0];
    if (text !== undefined) {
      const fixed = isFixed(key, text.slice(1, -1));
      return fixed === undefined ? undefined : fixed ? FIXED : slot('text', start + 1, at - 1);
    }
    if (match(NUMBER)) return slot('number', start, at);
    const word = match(WORD)?.[0];
    if (word === undefined) return undefined;
    return word === 'null' ? null : slot('boolean', start, at);
  }

  function slot(kind: SlotKind, start: number, end: number): number {
    literals.push(json.slice(literalFrom, start));
    literalFrom = end;
    return kinds.push(kind) - 1;
  }

  function match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = at;
    const found = expression.exec(json);
    if (found) at += found[0].length;
    return found;
  }
}
