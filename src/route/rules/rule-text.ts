/** The rules that make the routes of a report again: what is saved, edited and given back. */
import { FORM_NAMES, isPlaceholder } from '../placeholders.ts';
import { parseRule, type Rule } from './rule.ts';
import type { Rules } from './rules.ts';
import { bySpecificity } from './specificity.ts';

export interface NamedRule {
  /** What the report calls the route. */
  name: string;
  text: string;
}

/**
 * @param rules that named some of the routes: these keep theirs, in the same order.
 * @param names of the routes that have traffic. What is no path (a task's name) has no rule.
 */
export function rulesFor(rules: Rules, names: readonly string[]): NamedRule[] {
  const wanted = new Set(names);
  const own = rules.all.filter(({ name }) => wanted.has(name)).map(({ name, text }) => ({ name, text }));
  const named = new Set(own.map(({ name }) => name));
  const paths = names.filter((name) => !named.has(name) && name.startsWith('/'));
  const siblings = placeholdersByParent(paths);
  const learned = paths.map((name): { rule: Rule; name: string } => ({
    name,
    rule: parseRule(textOf(name, siblings), name),
  }));
  const nameOf = new Map(learned.map(({ rule, name }) => [rule, name]));
  const ordered = bySpecificity(learned.map(({ rule }) => rule));
  return [...unique(own), ...ordered.map((rule) => ({ name: nameOf.get(rule)!, text: rule.text }))];
}

function unique(rules: readonly NamedRule[]): NamedRule[] {
  return [...new Map(rules.map((rule) => [rule.text, rule])).values()];
}

/** The placeholders at each position. */
function placeholdersByParent(names: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    const segments = name.split('/');
    for (const [i, segment] of segments.entries()) {
      if (!isPlaceholder(segment)) continue;
      const parent = segments.slice(0, i).join('/');
      const known = found.get(parent) ?? new Set<string>();
      found.set(parent, known.add(segment));
    }
  }
  return found;
}

/** A path with its literals escaped; where several kinds of values share a position, each asks for its form. */
function textOf(name: string, siblings: ReadonlyMap<string, ReadonlySet<string>>): string {
  const segments = name.split('/');
  return segments
    .map((segment, i) => {
      if (!isPlaceholder(segment)) return segment.replace(/[\\:*(){}<>]/g, '\\$&');
      const form = segment.replace(/^\{(\w+)\}.*$/, '$1');
      const isAlone = siblings.get(segments.slice(0, i).join('/'))?.size === 1;
      return isAlone || !FORM_NAMES.has(form) ? segment : `<${form}:${form}>${segment.slice(form.length + 2)}`;
    })
    .join('/');
}
