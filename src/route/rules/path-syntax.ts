/**
 * Path patterns in the notations of the frameworks: `:id` and `*rest` (Express, Rails), `{id}` (OpenAPI, FastAPI, Laravel),
 * `<int:id>` (Flask, Django). They are brought into the first one, which path-to-regexp reads.
 */
import type { Token } from 'path-to-regexp';
import { UserError } from '../../errors.ts';
import { load } from '../../load.ts';
import { normalPath } from '../path.ts';
import { FORM_NAMES } from '../placeholders.ts';
import type { Segment, SegmentPart, Shape } from './segment.ts';

/** With and without each of six optional parts. */
const MOST_VARIANTS = 64;

const SHAPES: Record<string, Shape> = { int: 'digits', integer: 'digits', float: 'decimal', slug: 'slug' };

export interface ParsedPath {
  variants: Segment[][];
  /** The path as the report shows it. */
  shown: string;
}

/** @throws UserError */
export function parsePath(pattern: string, where: string): ParsedPath {
  if (!pattern.startsWith('/') && pattern !== '*')
    throw new UserError(
      `${where}: ${pattern || 'an empty text'} is no path; write it from its first slash on: /users/:id`,
    );
  const { PathError, parse } = load('path-to-regexp') as typeof import('path-to-regexp');
  const shapes = new Map<string, Shape>();
  const plain = expressSyntax(pattern === '*' ? '/*' : pattern, shapes);
  let tokens: Token[];
  try {
    ({ tokens } = parse(plain));
  } catch (error) {
    if (!(error instanceof PathError) && !(error instanceof TypeError)) throw error;
    throw new UserError(
      `${where}: ${pattern} is no path pattern (${error.message.replace(/[:;] visit .*$|: https?:.*$/, '')})`,
    );
  }
  const variants = expand(tokens).map((flat) => segmentsOf(flat, shapes));
  if (variants.length > MOST_VARIANTS)
    throw new UserError(`${where}: ${pattern} has too many optional parts; write rules of their own`);
  return { variants, shown: shown(tokens) };
}

/** `{id}`, `<int:id>`, `:id(\\d+)?`, `(.:format)` and `*` as path-to-regexp has them. */
function expressSyntax(pattern: string, shapes: Map<string, Shape>): string {
  let rests = 0;
  const value = (name: string, converter: string | undefined) => {
    const shape = shapeOf(converter);
    if (shape === 'rest') return `*${JSON.stringify(name)}`;
    if (shape !== 'any') shapes.set(name, shape);
    return `:${JSON.stringify(name)}`;
  };
  const optional = (slash: string, parameter: string, isOptional: boolean) =>
    isOptional ? `{${slash}${parameter}}` : slash + parameter;
  return pattern.replace(
    /\\.|(\/?)<(?:([\w.]+)(?:\([^)]*\))?:)?([\w-]+)>|(\/?)\{([\w.-]+)(\?)?(?::([^{}]+|[^{}]*\{\d[\d,]*\}[^{}]*))?\}|(\/?):(\w+)(\((?:\\.|[^()\\]|\([^()]*\))*\))?(\?)?|\*+(\w*)|\((?=[./])|\)|[+?![\]]/g,
    (text, slash1, converter, name1, slash2, name2, optional2, shape2, slash3, name3, shape3, optional3, rest) => {
      if (text.startsWith('\\')) return text;
      if (name1 !== undefined) return slash1 + value(name1, converter);
      if (name2 !== undefined) return optional(slash2, value(name2, shape2), optional2 !== undefined);
      if (name3 !== undefined) return optional(slash3, value(name3, shape3?.slice(1, -1)), optional3 !== undefined);
      if (text.startsWith('*')) return `*${JSON.stringify(rest || `rest${rests++ || ''}`)}`;
      if (text === '(') return '{';
      if (text === ')') return '}';
      return `\\${text}`;
    },
  );
}

/** What a converter of Flask or Django, or an expression behind a name, asks of a value. */
function shapeOf(converter: string | undefined): Shape | 'rest' {
  if (converter === undefined) return 'any';
  if (converter === 'path' || /^\.[*+]$/.test(converter)) return 'rest';
  const known = SHAPES[converter];
  if (known) return known;
  if (/^(?:\\d|\[0-9\])(?:\+|\*|\{\d[\d,]*\})$/.test(converter)) return 'digits';
  return FORM_NAMES.has(converter) ? { form: converter } : 'any';
}

/** Each way to take or leave what is optional. */
function expand(tokens: readonly Token[]): Token[][] {
  let ways: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type !== 'group') ways = ways.map((way) => [...way, token]);
    else if (ways.length <= MOST_VARIANTS)
      ways = ways.flatMap((way) => [...expand(token.tokens).map((inner) => [...way, ...inner]), way]);
  }
  return ways;
}

function segmentsOf(tokens: readonly Token[], shapes: ReadonlyMap<string, Shape>): Segment[] {
  const segments: SegmentPart[][] = [[]];
  let rest: string | undefined;
  for (const token of tokens) {
    if (rest !== undefined) break;
    if (token.type === 'text') {
      for (const [i, text] of token.value.split('/').entries()) {
        if (i > 0) segments.push([]);
        if (text !== '') segments.at(-1)!.push({ text });
      }
    } else if (token.type === 'wildcard') rest = token.name;
    else if (token.type === 'param')
      segments.at(-1)!.push({ name: token.name, shape: shapes.get(token.name) ?? 'any' });
  }
  const found = segments.filter((parts) => parts.length > 0).map(segmentOf);
  if (rest === undefined) return found;
  // `/files/x*`: the text before it belongs to what follows.
  if (segments.at(-1)!.length > 0) found.pop();
  return [...found, { kind: 'rest', name: rest }];
}

function segmentOf(parts: SegmentPart[]): Segment {
  const [only] = parts;
  if (parts.every((part) => 'text' in part)) {
    const text = parts.map((part) => ('text' in part ? part.text : '')).join('');
    return { kind: 'literal', text: normalPath(`/${text}`).slice(1) };
  }
  return { kind: 'parts', parts: only && parts.length === 1 ? [only] : parts };
}

/** With what is optional, but for a format (`.json`), which is left out. */
function shown(tokens: readonly Token[]): string {
  const text = tokens
    .map((token): string => {
      if (token.type === 'text') return token.value;
      if (token.type === 'param') return `{${token.name}}`;
      if (token.type === 'wildcard') return '*';
      const inner = shown(token.tokens);
      return inner.startsWith('.') ? '' : inner;
    })
    .join('');
  return normalPath(text) || '/';
}
