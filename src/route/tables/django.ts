/**
 * Django's routes: what django-extensions' `manage.py show_urls` prints (`/users/<int:pk>/<TAB>view<TAB>name`), or the patterns of
 * a urls.py (`path('users/<int:pk>/', …)`, `re_path(r'^users/(?P<pk>\d+)/$', …)`).
 */
import { expressionRule, pathRule, type Rule } from '../rules/rule.ts';
import { linesOf, type TableReader } from './table.ts';

export const readDjango: TableReader = (text, file) => {
  const calls = patternsOf(text, file);
  if (calls.length > 0) return calls;
  const lines = linesOf(text).filter(({ line }) => line.trim() !== '');
  const rows = lines.flatMap(({ line, number }) => {
    const row = /^(\/\S*)(?:\t+| {2,}| *\| *)([\w.<>]+)(?:\t|\s|\||$)/.exec(line.trim().replace(/^\| */, ''));
    return row?.[2]?.includes('.') ? [{ path: row[1]!, number }] : [];
  });
  if (rows.length === 0 || rows.length < lines.length / 2) return undefined;
  return rows.map(({ path, number }) => ruleOf(path, `${file}:${number}`));
};

/** `path(…)`, `re_path(…)` and `url(…)` of a urls.py; an included module's own patterns are in another file. */
function patternsOf(text: string, file: string): Rule[] {
  if (!/\burlpatterns\b/.test(text)) return [];
  const call = /\b(path|re_path|url)\(\s*r?(['"])((?:\\.|(?!\2).)*)\2\s*,\s*(include\b)?/g;
  return [...text.matchAll(call)].flatMap((found) => {
    const [, kind, , pattern = '', isInclude] = found;
    const where = `${file}:${text.slice(0, found.index).split('\n').length}`;
    if (text.slice(text.lastIndexOf('\n', found.index) + 1, found.index).includes('#')) return [];
    if (isInclude) return [];
    return [kind === 'path' ? ruleOf(`/${pattern}`, where) : regexRule(pattern, where)];
  });
}

function ruleOf(path: string, where: string): Rule {
  // show_urls leaves a regular expression's signs in where it cannot take them out.
  if (/\(\?P<|[$^\\]/.test(path)) return regexRule(path.replace(/^\//, ''), where);
  return pathRule(path.replace(/[*{}]/g, '\\$&'), { method: '', text: path, where, name: undefined });
}

/** A route's name is its expression made simple, as Django's own documentation generator does. */
function regexRule(pattern: string, where: string): Rule {
  const source = pattern.replace(/^\^/, '').replace(/\\[zZ]$/, '$');
  const { shown, isPlain } = simplified(source);
  if (isPlain) return pathRule(`/${shown}`, { method: '', text: `/${shown}`, where, name: undefined });
  const name = `/${shown.replace(/<(\w+)>/g, '{$1}')}`.replace(/(.)\/$/, '$1');
  return expressionRule(`^/${source}`, { method: '', text: `/^/${source}/ => ${name}`, where, name });
}

/** Groups become `<name>`; plain where nothing else is left but text. */
function simplified(source: string): { shown: string; isPlain: boolean } {
  let shown = '';
  let isPlain = source.endsWith('$');
  let values = 0;
  for (let at = 0; at < source.length; ) {
    const character = source[at]!;
    if (character === '(') {
      const end = groupEnd(source, at);
      const group = source.slice(at, end + 1);
      const name = /^\(\?P?<(\w+)>/.exec(group)?.[1];
      if (!/^\((?:\?P<\w+>)?(?:\\d|\\w|\[[^\]/]*\]|\[\^\/\])[+]?(?:\{[\d,]*\})?\)$/.test(group)) isPlain = false;
      if (name !== undefined || !group.startsWith('(?')) shown += `<${name ?? `value${values++ || ''}`}>`;
      at = end + 1;
    } else if (character === '\\') {
      const next = source[at + 1] ?? '';
      if (/[A-Za-z]/.test(next)) isPlain = false;
      else shown += next;
      at += 2;
    } else {
      if (/[$^]/.test(character)) isPlain &&= at === source.length - 1;
      else if (character === '?' && source[at - 1] === '/' && at >= source.length - 2) {
        // An optional slash at the end is one form here anyway.
      } else if (/[?*+[\]|]/.test(character)) isPlain = false;
      else shown += character;
      at++;
    }
  }
  return { shown, isPlain };
}

/** Where the group that begins at `from` ends. */
function groupEnd(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '(') depth++;
    else if (source[at] === ')' && --depth === 0) return at;
  }
  return source.length - 1;
}
