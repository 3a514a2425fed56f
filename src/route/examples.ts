/** The raw paths that are shown for a route: the shortest, and of equally short ones the first. It does not matter in which order they came. */
import { compareTexts } from '../term/compare-texts.ts';

export const MAX_EXAMPLES = 2;

export function mergeExamples(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])]
    .sort((a, b) => a.length - b.length || compareTexts(a, b))
    .slice(0, MAX_EXAMPLES);
}
