/**
 * When the different segments at one position are values, and which of them are places all the same. Thresholds are set by
 * two thirds of the applications in fixtures/routes and held by the rest: test/route-corpus.test.ts.
 */
import type { RouteNode } from './route-nodes.ts';

export const LEARNED_PLACEHOLDER = '{name}';

/** Different values at one position before it can be folded; directly below the root, where sites have many pages, more. */
const FEWEST_VALUES = 30;
const FEWEST_VALUES_AT_ROOT = 100;
/** What follows a value is most often a part of the thing or something to do with it. */
const FEWEST_VALUES_BEHIND_VALUE = 100;
/** Behind a plural (`/users/…`), or where most look like slugs, fewer. */
const FEWEST_LIKELY_VALUES = 6;
/** A value with more calls than this is a place: no site is called that often for each of many values… */
const MOST_CALLS_PER_VALUE = 25;
/** …unless there are so many that nobody wrote them down as routes. */
const SURELY_VALUES = 200;
/** Of the calls at a position, and times the calls of the next: a segment with more is a place. */
const OWN_SHARE = 0.05;
const OWN_GAP = 4;
/** Of the segments at a position. */
const MOSTLY = 0.7;
/** Next segments that this many of the values have in common show that they are of one kind. */
const COMMON_SHARE = 0.5;
const FEWEST_COMMON = 2;
const FEWEST_ALIKE = 12;

export interface Candidate {
  segment: string;
  child: RouteNode;
}

/** @param folded calls of values at the position that are no candidates any more. */
export function placesAmong(
  candidates: readonly Candidate[],
  folded: number,
  isPlace: (segment: string) => boolean,
): Set<string> {
  const places = new Set(candidates.filter(({ segment }) => isPlace(segment)).map(({ segment }) => segment));
  const rest = candidates.filter(({ segment }) => !places.has(segment)).sort((a, b) => b.child.calls - a.child.calls);
  const total = rest.reduce((sum, { child }) => sum + child.calls, folded);
  let own = 0;
  for (const [i, { child }] of rest.entries()) {
    if (child.calls <= OWN_SHARE * total) break;
    // Behind the last one stand the values that were folded before: nobody knows how large each was.
    const next = rest[i + 1]?.child.calls ?? (folded > 0 ? 0 : child.calls);
    if (child.calls >= OWN_GAP * next) own = i + 1;
  }
  for (const { segment } of rest.slice(0, own)) places.add(segment);
  return places;
}

const FEWEST: Record<Before, number> = {
  nothing: FEWEST_VALUES_AT_ROOT,
  collection: FEWEST_VALUES,
  value: FEWEST_VALUES_BEHIND_VALUE,
  word: FEWEST_VALUES,
};

/** What stands before a position. */
export type Before = 'nothing' | 'collection' | 'value' | 'word';

export function areValues(candidates: readonly Candidate[], before: Before): boolean {
  const count = candidates.length;
  const median = candidates.map(({ child }) => child.calls).sort((a, b) => a - b)[count >> 1] ?? 0;
  const isRare = median <= MOST_CALLS_PER_VALUE;
  if (count >= SURELY_VALUES) return true;
  if (isRare && count >= FEWEST[before]) return true;
  if (before === 'nothing' || before === 'value') return false;
  if (before === 'collection' && isRare && count >= FEWEST_LIKELY_VALUES) return true;
  const slugs = candidates.filter(({ segment }) => looksLikeSlug(segment)).length;
  if (isRare && count >= FEWEST_LIKELY_VALUES && slugs >= MOSTLY * count) return true;
  return count >= FEWEST_ALIKE && haveCommonParts(candidates);
}

/** Words joined by hyphens or underscores, or with digits among them: a title more often than a route. */
function looksLikeSlug(segment: string): boolean {
  return /\d/.test(segment) || segment.length > 24 || (segment.match(/[-_]/g)?.length ?? 0) >= 2;
}

/** Whether the same words follow many of the candidates: `/repos/a/issues`, `/repos/b/issues`. */
function haveCommonParts(candidates: readonly Candidate[]): boolean {
  const followed = new Map<string, number>();
  let parents = 0;
  for (const { child } of candidates) {
    const next = [...child.children.keys()].filter((segment) => segment !== '' && !segment.startsWith('{'));
    if (next.length > 0) parents++;
    for (const segment of next) followed.set(segment, (followed.get(segment) ?? 0) + 1);
  }
  const common = [...followed.values()].filter((count) => count >= COMMON_SHARE * parents).length;
  return parents >= MOSTLY * candidates.length && common >= FEWEST_COMMON;
}
