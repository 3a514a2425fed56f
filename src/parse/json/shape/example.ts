/** Whether a line that was read is an example for others, which wrappers and formats would treat the same. */
import { collectorJson, MESSAGES, PIECE_KEYS } from '../../../lines/unwrap/collector-json.ts';
import { WRAPPERS } from '../../../lines/unwrap/wrappers.ts';
import { prefixOf } from './prefix.ts';
import { Shape } from './shape.ts';
import { skeletonOf } from './skeleton.ts';

/**
 * Where collectors put a line, a format might read it; so there the text has to be one that none reads, and the same on each
 * line. No sentence of a server's is only words, but for Oink's.
 */
const WORDS = /^(?!.*Oink)[A-Za-z _.-]{0,80}$/;
const OPEN_BRACE = 0x7b;

/**
 * @param line as it stands in the log, without newline.
 * @param inner the object that was read, and what stands behind it; a prefix may be before it.
 */
export function shapeOf(line: string, inner: string): Shape | undefined {
  const json = inner.trimEnd();
  const tail = inner.slice(json.length);
  if (tail !== '' && tail !== '\r') return undefined;
  const prefix = prefixOf(line, inner);
  if (prefix === undefined || isWrapper(inner)) return undefined;
  const skeleton = skeletonOf(json, (key, text) => {
    if (PIECE_KEYS.includes(key)) return undefined;
    if (!MESSAGES.includes(key)) return false;
    return WORDS.test(text) ? true : undefined;
  });
  return skeleton && new Shape(prefix, skeleton, tail);
}

/** What wrappers make of an object depends on its keys, and on the kinds of its values. */
function isWrapper(text: string): boolean {
  return WRAPPERS.some(
    (wrapper) => wrapper !== collectorJson && wrapper.begins(OPEN_BRACE) && wrapper.unwrap(text) !== undefined,
  );
}
