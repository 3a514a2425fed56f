/** `key=value` pairs in a text. */
import { type Mark, MEMORY_NAME } from '../../lines/mark.ts';
import type { ReadingOptions } from '../../options.ts';

const KEY = /[A-Za-z_@][\w.@-]{0,127}=/y;
const [QUOTE, APOSTROPHE, BACKSLASH] = [0x22, 0x27, 0x5c];

/** What stands on every line with a pair that names a memory figure. */
export function pairMark({ fields }: Pick<ReadingOptions, 'fields'>): Mark {
  return fields.length === 0 ? MEMORY_NAME : '=';
}

/** Calls back for each pair; words without "=" are passed over. Linear in the text's length. */
export function forEachPair(text: string, from: number, pair: (key: string, value: string) => void): void {
  let at = from;
  const end = text.length;
  while (at < end) {
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    KEY.lastIndex = at;
    const key = KEY.exec(text)?.[0];
    const valueAt = at + (key?.length ?? 0);
    const behind = endOfValue(text, valueAt);
    if (key !== undefined) pair(key.slice(0, -1), unquoted(text.slice(valueAt, behind)));
    at = behind === at ? at + 1 : behind;
  }
}

function endOfValue(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  if (quote === QUOTE || quote === APOSTROPHE) {
    for (let at = from + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === quote) return at + 1;
    }
  }
  let at = from;
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

function unquoted(value: string): string {
  const first = value.charCodeAt(0);
  if (value.length < 2 || (first !== QUOTE && first !== APOSTROPHE) || value.charCodeAt(value.length - 1) !== first)
    return value.replace(/,$/, '');
  return value.slice(1, -1).replace(/\\(.)/gs, '$1');
}

/** As \s, for what logs hold. */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
