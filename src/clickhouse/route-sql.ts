/**
 * The grouping of src/route as SQL: the same placeholders, tried in the same order, on whole segments. It only makes few names of
 * many; what it leaves apart is put together here, by the grouping itself: see place-routes.ts.
 */
import { WORDS_WITH_NUMBERS } from '../route/placeholders.ts';
import { literal } from './sql.ts';

const matches = (pattern: string) => `match(s, ${literal(pattern)})`;
const between = (shortest: number, longest: number) => `length(s) BETWEEN ${shortest} AND ${longest}`;
const HAS_DIGIT = matches('[0-9]');

/** Condition and placeholder. */
const FORMS: readonly (readonly [condition: string, placeholder: string])[] = [
  [`${between(1, 40)} AND ${matches('^-?[0-9]+$')}`, '{id}'],
  [
    `${between(32, 38)} AND ${matches('(?i)^\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}?$')}`,
    '{uuid}',
  ],
  [`${between(7, 10)} AND ${matches('^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?$')}`, '{date}'],
  [
    `${between(13, 35)} AND ${matches('^(?:19|20)[0-9]{2}-?[0-9]{2}-?[0-9]{2}(?:T|%20| )[0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:\\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$')}`,
    '{date}',
  ],
  [`${between(7, 15)} AND ${matches('^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}$')}`, '{ip}'],
  [`${between(3, 40)} AND ${matches('^-?[0-9]+[.,][0-9]+$')}`, '{number}'],
  [`length(s) = 26 AND ${matches('(?i)^[0-7][0-9A-HJKMNP-TV-Z]{25}$')} AND ${HAS_DIGIT}`, '{ulid}'],
  [`${between(8, 128)} AND ${matches('(?i)^[0-9a-f]+$')} AND ${HAS_DIGIT}`, '{hash}'],
  [`${between(5, 254)} AND ${matches('(?i)^[^@%/\\s]+(?:@|%40)[^@%/\\s.]+(?:\\.[^@%/\\s.]+)+$')}`, '{email}'],
  [
    `${between(3, 64)} AND lower(s) NOT IN (${[...WORDS_WITH_NUMBERS].map(literal).join(', ')}) AND (${matches('^[A-UW-Za-uw-z][0-9]+$')} OR ${matches('^[A-Za-z]{1,12}[-_]?[0-9]{3,}$')} AND NOT ${matches('^[vV][0-9]+$')})`,
    '{key}',
  ],
  [
    `${between(20, 4096)} AND ${matches('^[\\w.~=%+-]+$')} AND ${HAS_DIGIT} AND arrayMax(p -> length(p), splitByRegexp('[-_.]', s)) >= 16 AND (${matches('[a-z]')} AND ${matches('[A-Z]')} OR length(replaceRegexpAll(s, '[^0-9]', '')) * 6 >= length(s))`,
    '{token}',
  ],
  [`length(s) = 5 AND ${matches('^[a-z]{2}[-_][A-Z]{2}$')}`, '{locale}'],
];

/** What ends as a file does is left to the grouping itself, but for its numbers. */
const IS_FILE = `${matches('\\.[A-Za-z][0-9a-z]{1,4}$')} AND position(s, '@') = 0 AND position(s, '%40') = 0`;

/** An expression: the placeholder of the segment `s`, or the segment. */
export const SEGMENT_SQL: string = `multiIf(NOT (${HAS_DIGIT} OR position(s, '@') > 0 OR position(s, '%40') > 0 OR length(s) = 5), s, ${IS_FILE}, if(match(s, '^[0-9]+\\\\.') AND NOT match(s, '^[0-9]{3}\\\\.html$'), replaceRegexpOne(s, '^[0-9]{1,40}\\\\.', '{id}.'), s), ${FORMS.map(([condition, placeholder]) => `${condition}, ${literal(placeholder)}`).join(', ')}, s)`;

/** An expression: the path of a URI, without query. */
export function pathSql(uri: string): string {
  const path = `cutFragment(cutQueryString(${uri}))`;
  return `if(startsWith(${uri}, '/'), ${path}, if(match(${path}, '^[A-Za-z][\\\\w+.-]*://'), if(replaceRegexpOne(${path}, '^[A-Za-z][\\\\w+.-]*://[^/]*', '') = '', '/', replaceRegexpOne(${path}, '^[A-Za-z][\\\\w+.-]*://[^/]*', '')), ${path}))`;
}

/** An expression: a path in normal form, but for what is percent-encoded. */
export function normalSql(path: string): string {
  const plain = `replaceRegexpAll(replaceRegexpAll(${path}, ';[^/]*', ''), '/{2,}', '/')`;
  return `if(startsWith(${path}, '/'), if(length(${plain}) > 1, replaceRegexpOne(${plain}, '/$', ''), ${plain}), ${path})`;
}

/** An expression: the name of a path in normal form. */
export function nameSql(path: string, group: boolean): string {
  if (!group) return path;
  return `if(startsWith(${path}, '/'), arrayStringConcat(arrayMap(s -> ${SEGMENT_SQL}, splitByChar('/', ${path})), '/'), ${path})`;
}
