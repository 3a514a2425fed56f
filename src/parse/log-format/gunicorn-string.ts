/**
 * gunicorn's access_log_format: Python's %-formatting with a mapping of atoms. Source: gunicorn/glogging.py, Logger.atoms()
 * and SafeAtoms (20.0 to 26.1).
 */
import { type Field, type Meaning, NOTHING, type Piece, type Shape } from './piece.ts';
import { chosenName, UWSGI_VARIABLES } from './uwsgi-string.ts';

const ATOMS: ReadonlyMap<string, readonly [Shape, Meaning]> = new Map<string, readonly [Shape, Meaning]>([
  ['h', ['text', NOTHING]],
  ['l', ['word', NOTHING]],
  ['u', ['text', NOTHING]],
  ['t', ['bracketed-time', { is: 'time' }]],
  ['r', ['request-line', { is: 'request-line' }]],
  ['s', ['integer', { is: 'status' }]],
  ['m', ['method', { is: 'method' }]],
  ['U', ['uri', { is: 'path' }]],
  ['q', ['text', { is: 'query' }]],
  ['H', ['protocol', NOTHING]],
  ['b', ['integer', NOTHING]],
  ['B', ['integer', NOTHING]],
  ['f', ['text', NOTHING]],
  ['a', ['text', NOTHING]],
  ['T', ['integer', NOTHING]],
  ['D', ['integer', NOTHING]],
  ['M', ['integer', NOTHING]],
  ['L', ['decimal', NOTHING]],
  ['p', ['angled', { is: 'pid' }]],
]);

/** `%%`, or a name in parentheses, then flags, width, precision and the kind of conversion. */
const CONVERSION = /%(?:%|\((\{[^}]*\}[ioe]|[^()]*)\)[-+ #0]{0,5}\d{0,4}(?:\.\d{0,4})?([a-zA-Z]))/y;

/**
 * Whether a string is written for gunicorn: its names are gunicorn's and each has a conversion behind it, as in "%(h)s". A
 * one-letter name could also be a logvar of uWSGI's, but then no letter behind it would make sense in all places.
 */
export function isGunicornString(format: string): boolean {
  const names = conversions(format)?.filter((name) => name !== '');
  return Boolean(
    names?.some((name) => ATOMS.has(name) || /^\{.*\}[ioe]$/.test(name)) &&
      !names.some((name) => UWSGI_VARIABLES.includes(name)),
  );
}

/** The names of all conversions, '' for `%%`; undefined when Python would refuse the string. */
function conversions(format: string): string[] | undefined {
  const names: string[] = [];
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', CONVERSION.lastIndex)) {
    CONVERSION.lastIndex = at;
    const found = CONVERSION.exec(format);
    if (!found) return undefined;
    names.push(found[1] ?? '');
  }
  return names;
}

export function readGunicornString(format: string): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let from = 0;
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
    CONVERSION.lastIndex = at;
    const found = CONVERSION.exec(format);
    text += format.slice(from, at);
    from = found ? CONVERSION.lastIndex : at + 1;
    if (found?.[1] === undefined) {
      text += '%';
      continue;
    }
    if (text !== '') pieces.push({ kind: 'literal', text });
    text = '';
    pieces.push(atom(found[1], found[0]));
  }
  text += format.slice(from);
  if (text !== '') pieces.push({ kind: 'literal', text });
  return pieces;
}

function atom(name: string, source: string): Field {
  const known = ATOMS.get(name);
  if (known) return { kind: 'field', source, shape: known[0], meaning: known[1] };
  // A request's header is a client's word, whatever its name.
  const [, key, place] = /^\{(.*)\}([ioe])$/.exec(name) ?? [];
  if (key === undefined || place === 'i') return { kind: 'field', source, shape: 'text', meaning: NOTHING };
  return { kind: 'field', source, ...chosenName(key) };
}
