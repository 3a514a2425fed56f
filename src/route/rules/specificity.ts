/** Puts rules in the order in which the closest comes first, whatever order they were written in. */
import type { Rule } from './rule.ts';
import { compareSegments, type Segment } from './segment.ts';

export function bySpecificity(rules: readonly Rule[]): Rule[] {
  const longest = (rule: Rule): Segment[] => (rule.kind === 'path' ? (rule.variants[0] ?? []) : []);
  return rules
    .map((rule, i) => ({ rule, i, segments: longest(rule) }))
    .sort((a, b) => compareSegments(a.segments, b.segments) || a.i - b.i)
    .map(({ rule }) => rule);
}
