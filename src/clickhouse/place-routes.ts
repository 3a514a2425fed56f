/**
 * Which route each name that SQL found belongs to: what Router does request by request, done here once for each name, in the order
 * in which they first came. So positions that took too many different segments are full for the same ones.
 */
import { NO_KEY, type RouteKey } from '../route/keys.ts';
import { LONGEST_NAME, OTHER_ROUTES } from '../route/numbered-routes.ts';
import { groupPath } from '../route/path.ts';
import { PathTree } from '../route/path-tree.ts';

/** A name as SQL tells it. */
export interface FoundName {
  name: string;
  /** A rule gave it. */
  isGiven: boolean;
  key: RouteKey;
  /** The report leaves its requests out. */
  hidden: boolean;
}

export interface PlacedRoutes {
  routes: FoundName[];
  /** Of each name that was found: its route. */
  numbers: number[];
  /** And the route that shows its paths: the report leaves out none of them. */
  shown: number[];
  crowdedPaths: number;
}

/** @param found in the order of their first requests. */
export function placeRoutes(found: readonly FoundName[], group: boolean, maxRoutes: number): PlacedRoutes {
  const tree = new PathTree(maxRoutes);
  const routes: FoundName[] = [];
  const names = new Map<string, { name: string; isGiven: boolean }>();
  const known = new Map<string, number>();
  const isFull = () => names.size >= maxRoutes;
  const placed = (name: string): string => {
    const grouped = groupPath(name);
    if (!grouped.startsWith('/') || grouped.length > LONGEST_NAME) return grouped;
    return tree.place(grouped, routes.length >= maxRoutes >> 1) ?? OTHER_ROUTES;
  };
  const named = ({ name, isGiven }: FoundName) => {
    const whole = isGiven || !group ? name : placed(name);
    let route = names.get(whole);
    if (route === undefined && isFull()) route = names.get(OTHER_ROUTES) ?? { name: OTHER_ROUTES, isGiven: false };
    route ??= { name: whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME)}…` : whole, isGiven };
    names.set(route.name === OTHER_ROUTES ? OTHER_ROUTES : whole, route);
    return route;
  };
  const numberOf = (route: { name: string; isGiven: boolean }, key: RouteKey, hidden: boolean) => {
    const text = JSON.stringify([route.name, key.method, key.status, key.host, key.query, hidden]);
    const number = known.get(text) ?? routes.push({ ...route, key, hidden }) - 1;
    known.set(text, number);
    return number;
  };
  const placedNames = found.map((one) => {
    const route = named(one);
    // The router numbers a route before its parts, and so it is in the evidence.
    numberOf(route, NO_KEY, false);
    const shown = numberOf(route, one.key, false);
    return { shown, number: one.hidden ? numberOf(route, one.key, true) : shown };
  });
  const numbers = placedNames.map(({ number }) => number);
  return { routes, numbers, shown: placedNames.map(({ shown }) => shown), crowdedPaths: tree.crowdedPaths };
}

/** What `--by` splits by, as one text; see {@link keyOf}. */
export const KEY_SEPARATOR = '\n';

/** @param text method, status, host and query, with a {@link KEY_SEPARATOR} between each. */
export function keyOf(text: string, hostOf: (shape: string) => string): RouteKey {
  if (text === '') return NO_KEY;
  const [method = '', status = '', shape = '', query = ''] = text.split(KEY_SEPARATOR);
  return { method, status, host: shape === '' ? '' : hostOf(shape), query };
}
