/** The rules that name routes, as SQL: which of them is the first to match a path. */
import type { Rule } from '../route/rules/rule.ts';
import type { Segment, SegmentPart, Shape } from '../route/rules/segment.ts';
import { LANGUAGES } from '../route/vocabulary.ts';
import { SEGMENT_SQL } from './route-sql.ts';
import { literal } from './sql.ts';

const SHAPES = { any: '.+', digits: '-?[0-9]+', decimal: '-?[0-9]+(?:\\.[0-9]+)?', slug: '[-\\w]+' } as const;

/**
 * An expression: the number of the rule, from 1 on; 0 where none matches.
 * @param path an expression, in normal form. @param method likewise, upper-case.
 */
export function ruleSql(rules: readonly Rule[], path: string, method: string): string {
  if (rules.length === 0) return '0';
  const cases = rules.map((rule, i) => {
    const isFor = rule.method === '' ? '' : `${method} = ${literal(rule.method)} AND `;
    return `${isFor}(${conditionOf(rule, path)}), ${i + 1}`;
  });
  return `multiIf(${cases.join(', ')}, 0)`;
}

function conditionOf(rule: Rule, path: string): string {
  if (rule.kind === 'path') return rule.variants.map((segments) => variantSql(segments, path)).join(' OR ');
  // Paths have no slash at their end here; an expression may have been written for those that do.
  const pattern = literal(rule.expression.pattern());
  return `match(${path}, ${pattern}) OR match(concat(${path}, '/'), ${pattern})`;
}

function variantSql(segments: readonly Segment[], path: string): string {
  const parts = `if(${path} = '/', [], splitByChar('/', substring(${path}, 2)))`;
  const rest = segments.findIndex(({ kind }) => kind === 'rest');
  // What takes the rest takes one segment at least.
  const count = rest < 0 ? `length(${parts}) = ${segments.length}` : `length(${parts}) > ${rest}`;
  const conditions = (rest < 0 ? segments : segments.slice(0, rest)).map((segment, i) =>
    segmentSql(segment, `${parts}[${i + 1}]`),
  );
  return [`startsWith(${path}, '/')`, count, ...conditions].join(' AND ');
}

function segmentSql(segment: Segment, text: string): string {
  if (segment.kind === 'rest') return '1';
  if (segment.kind === 'literal') return `${text} = ${literal(segment.text)}`;
  const forms = segment.parts.flatMap((part) =>
    'shape' in part && typeof part.shape === 'object' ? [part.shape.form] : [],
  );
  const pattern = literal(
    `(?s)^${segment.parts.map((part, i) => partPattern(part, segment.parts.length - i)).join('')}$`,
  );
  const found = forms.map((form, i) => formSql(form, `extractGroups(${text}, ${pattern})[${i + 1}]`));
  return [`match(${text}, ${pattern})`, ...found].join(' AND ');
}

/** Each value ends where the next text first begins behind it; those of a form are kept, to look at. */
function partPattern(part: SegmentPart, left: number): string {
  if ('text' in part) return part.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const lazy = left > 1 ? '?' : '';
  return typeof part.shape === 'object' ? `(.+${lazy})` : `(?:${plainShape(part.shape, lazy)})`;
}

function plainShape(shape: Exclude<Shape, object>, lazy: string): string {
  return shape === 'any' ? SHAPES.any + lazy : SHAPES[shape];
}

function formSql(form: string, text: string): string {
  const placeholder = `arrayMap(s -> ${SEGMENT_SQL}, [${text}])[1] = ${literal(`{${form}}`)}`;
  if (form !== 'locale') return placeholder;
  return `(${placeholder} OR ${text} IN (${[...LANGUAGES].map(literal).join(', ')}))`;
}
