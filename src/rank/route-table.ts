/** The routes found in a log, as rules that make them again. */
import type { Evidence } from '../attribute/evidence.ts';
import type { Options } from '../options.ts';
import { mergeExamples } from '../route/examples.ts';
import { rulesFor } from '../route/rules/rule-text.ts';
import { learnedNames } from './gather-routes.ts';

export interface RouteRow {
  route: string;
  /** A rule that makes it; null for what is no path: tasks, and the routes beyond --max-routes. */
  rule: string | null;
  calls: number;
  /** Up to two raw paths. */
  examples: string[];
}

/** Most general last, so that the first rule that matches is the right one. */
export function routeTable(evidence: Evidence, { group, rules }: Pick<Options, 'group' | 'rules'>): RouteRow[] {
  const names = learnedNames(evidence, group);
  const rows = new Map<string, RouteRow>();
  for (const [i, { part, hidden, calls, examples }] of evidence.routes.entries()) {
    if (hidden || part.status !== '' || part.query !== '') continue;
    const route = names[i]!;
    const row = rows.get(route) ?? { route, rule: null, calls: 0, examples: [] };
    row.calls += calls;
    row.examples = mergeExamples(row.examples, examples);
    rows.set(route, row);
  }
  const called = [...rows.values()].filter(({ calls }) => calls > 0);
  const ruled = rulesFor(
    rules,
    called.map(({ route }) => route),
  ).map(({ name, text }) => ({ ...rows.get(name)!, rule: text }));
  const has = new Set(ruled.map(({ route }) => route));
  return [...ruled, ...called.filter(({ route }) => !has.has(route))];
}
