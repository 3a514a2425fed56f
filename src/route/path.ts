/** The path of a URI, and the route it belongs to by the form of its segments. */
import { placeholderFor } from './placeholders.ts';

/** The URI without scheme, host, query and fragment: `http://h/a?b` gives `/a`. What is no path (`*`) stays as it is. */
export function pathOf(uri: string): string {
  const cut = uri.search(/[?#]/);
  const path = cut < 0 ? uri : uri.slice(0, cut);
  if (path.startsWith('/')) return path;
  const absolute = /^[A-Za-z][\w+.-]*:\/\/[^/]*/.exec(path);
  if (!absolute) return path;
  return path.slice(absolute[0].length) || '/';
}

/** The path with every segment that is a value replaced by its placeholder, and without a slash at its end. */
export function groupPath(path: string): string {
  if (!path.startsWith('/')) return path;
  const segments = path.split('/');
  while (segments.length > 2 && segments.at(-1) === '') segments.pop();
  return segments.map((segment) => placeholderFor(segment) ?? segment).join('/');
}
