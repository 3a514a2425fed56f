/** Reads the query of a URI where its bytes lie, so that a line costs no text it does not need. */

const QUESTION = 0x3f;
const HASH = 0x23;
const AND = 0x26;
const EQUALS = 0x3d;

/** Longer values are none that a leak would depend on. */
const LONGEST_VALUE = 24;
const MOST_PARAMETERS = 16;

/** Where the query begins in bytes[start, end), behind its `?`; -1 without one. */
export function queryStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUESTION) return at + 1;
    if (byte === HASH) return -1;
  }
  return -1;
}

/**
 * The value of a parameter in the query bytes[start, end); undefined where it is not there. A long one is cut.
 * @param name its bytes.
 */
export function parameterIn(bytes: Buffer, start: number, end: number, name: Uint8Array): string | undefined {
  let at = start;
  for (;;) {
    let i = 0;
    while (i < name.length && at + i < end && bytes[at + i] === name[i]) i++;
    const next = at + i;
    if (i === name.length && (next >= end || bytes[next] === EQUALS || bytes[next] === AND || bytes[next] === HASH)) {
      if (next >= end || bytes[next] !== EQUALS) return '';
      let stop = next + 1;
      while (stop < end && bytes[stop] !== AND && bytes[stop] !== HASH) stop++;
      return bytes.toString('utf8', next + 1, Math.min(stop, next + 1 + LONGEST_VALUE));
    }
    while (at < end && bytes[at] !== AND && bytes[at] !== HASH) at++;
    if (at >= end || bytes[at] === HASH) return undefined;
    at++;
  }
}

/** The first parameters of a query, by name; of a name that comes twice the first. */
export function parametersOf(query: string): Map<string, string> {
  const found = new Map<string, string>();
  const end = query.indexOf('#');
  for (const part of (end < 0 ? query : query.slice(0, end)).split('&', MOST_PARAMETERS)) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (name !== '' && !found.has(name))
      found.set(name, equals < 0 ? '' : part.slice(equals + 1, equals + 1 + LONGEST_VALUE));
  }
  return found;
}
