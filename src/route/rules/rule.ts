/** One rule: `[METHOD] /path/:with/{values}`, or a regular expression between slashes, and after `=>` the name of the route. */
import type { RE2JS } from 're2js';
import { UserError } from '../../errors.ts';
import { linearRegex } from '../../linear-regex.ts';
import { normalPath } from '../path.ts';
import { parsePath } from './path-syntax.ts';
import type { Segment } from './segment.ts';

interface Common {
  /** What the report calls the route. */
  name: string;
  /** Upper-case; '' for all. */
  method: string;
  /** As it was written, and where: `--route`, `routes.txt:4`. */
  text: string;
  where: string;
  /** Whether the digits of a number can matter to it. */
  seesNumbers: boolean;
}

export type Rule =
  /** The path may be any of the variants: with and without what is optional. */
  (Common & { kind: 'path'; variants: Segment[][] }) | (Common & { kind: 'expression'; expression: RE2JS });

const METHOD =
  /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|PURGE|PROPFIND|REPORT|MKCOL|COPY|MOVE|SEARCH|QUERY)\s+/i;

/** The method in front, upper-case and '' for none, and what is behind it. */
export function parseMethod(text: string): { method: string; rest: string } {
  const found = METHOD.exec(text.trim());
  return found
    ? { method: found[1]!.toUpperCase(), rest: text.trim().slice(found[0].length) }
    : { method: '', rest: text.trim() };
}

/** @throws UserError with `where` for what is no rule. */
export function parseRule(text: string, where: string): Rule {
  const [left = '', named] = text.split(/\s+=>\s+/, 2);
  const { method, rest: pattern } = parseMethod(left);
  const name = named?.trim();
  if (isExpression(pattern))
    return expressionRule(pattern.slice(1, -1), { method, text, where, name: name || pattern });
  if (/\s/.test(pattern))
    throw new UserError(
      `${where}: "${text}" is no rule; write [METHOD] /path/:value, and => name for a name of its own`,
    );
  return pathRule(pattern, { method, text, where, name });
}

/** @param name undefined: the path, with the method where the rule is for one. */
export function pathRule(
  pattern: string,
  { method, text, where, name }: { method: string; text: string; where: string; name: string | undefined },
): Rule {
  const { variants, shown } = parsePath(pattern, where);
  const prefix = method === '' ? '' : `${method} `;
  const seesNumbers = variants.some((segments) => segments.some(segmentSeesNumbers));
  return { kind: 'path', name: name || prefix + shown, method, text, where, seesNumbers, variants };
}

/** Between slashes, and with something in it that no path has. */
function isExpression(pattern: string): boolean {
  return pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/') && /[\^$\\|+?[(]|\.\*/.test(pattern);
}

export function expressionRule(
  source: string,
  { method, text, where, name }: { method: string; text: string; where: string; name: string },
): Rule {
  const found = linearRegex(source);
  if (found.kind === 'none')
    throw new UserError(
      `${where}: /${source}/ is no regular expression (RE2 syntax, without looking back or ahead): ${found.why}`,
    );
  return { kind: 'expression', name, method, text, where, seesNumbers: true, expression: found.regex };
}

/** All numbers look the same to a value, to a text only where it has no digits. */
function segmentSeesNumbers(segment: Segment): boolean {
  if (segment.kind === 'rest') return false;
  if (segment.kind === 'literal') return /^\d+$/.test(normalPath(segment.text));
  return segment.parts.length > 1 && segment.parts.some((part) => 'text' in part && /\d/.test(part.text));
}
