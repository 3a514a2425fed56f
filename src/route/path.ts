/** The path of a URI, its normal form, and the route it belongs to by the form of its segments. */
import { placeholderFor } from './placeholders.ts';
import { LEARNED_PLACEHOLDER } from './value-positions.ts';

/** The URI without scheme, host, query and fragment: `http://h/a?b` gives `/a`. What is no path (`*`) stays as it is. */
export function pathOf(uri: string): string {
  const query = uri.indexOf('?');
  const fragment = uri.indexOf('#');
  const cut = query < 0 || (fragment >= 0 && fragment < query) ? fragment : query;
  const path = cut < 0 ? uri : uri.slice(0, cut);
  if (path.startsWith('/')) return path;
  const absolute = /^[A-Za-z][\w+.-]*:\/\/[^/]*/.exec(path);
  if (!absolute) return path;
  return path.slice(absolute[0].length) || '/';
}

/**
 * The one form of a path that rules and grouping see: no slash at its end and none twice, no matrix parameters (`/a;v=1`),
 * percent-encoding only where it is needed (an encoded slash stays one: `%2F`), upper and lower case as they are.
 */
export function normalPath(path: string): string {
  if (!path.startsWith('/')) return path;
  let normal = path;
  if (normal.includes('%')) normal = decoded(normal);
  // The form is matched without backtracking: a run of parameters ends at the next slash only.
  if (normal.includes(';')) normal = normal.replace(/;[^/]*/g, '');
  if (normal.includes('//')) normal = normal.replace(/\/{2,}/g, '/');
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Of a segment without a form that may be a name: file systems have as many. */
const LONGEST_SEGMENT = 255;
/** A path with more segments is cut, and this stands for the rest of them: no application has routes as deep. */
const MOST_SEGMENTS = 64;
export const REST_OF_PATH = '…';

/** The path in normal form with every segment that is a value replaced by its placeholder. */
export function groupPath(path: string): string {
  return path.startsWith('/') ? groupNormal(normalPath(path)) : path;
}

/** The same for a path that is in normal form already. */
export function groupNormal(path: string): string {
  if (!path.startsWith('/')) return path;
  let grouped = '';
  let from = 1;
  for (let segments = 1; segments <= MOST_SEGMENTS; segments++) {
    const slash = path.indexOf('/', from);
    const segment = slash < 0 ? path.slice(from) : path.slice(from, slash);
    grouped += `/${placeholderFor(segment) ?? (segment.length > LONGEST_SEGMENT ? LEARNED_PLACEHOLDER : segment)}`;
    if (slash < 0) return grouped;
    from = slash + 1;
  }
  return `${grouped}/${REST_OF_PATH}`;
}

/** Letters, numbers and marks: one bit for each of the first 65 536 characters. */
export function plainLetters(): Uint8Array {
  const bits = new Uint8Array(8192);
  for (let point = 0; point < 65_536; point++) {
    if (/[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(point))) bits[point >> 3]! |= 1 << (point & 7);
  }
  return bits;
}

/** Escapes that stand for a letter or a mark without a meaning of its own are undone, once; the others get upper case. */
function decoded(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    let text: string;
    try {
      text = decodeURIComponent(run);
    } catch {
      return run.toUpperCase();
    }
    return text.replace(/[^\p{L}\p{N}\p{M}\-._~@!$'()*+,=:]/gu, (character) =>
      encodeURIComponent(character).replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase()),
    );
  });
}
