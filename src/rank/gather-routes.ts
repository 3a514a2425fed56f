/**
 * The routes as the report names them: segments that the data show to be values are folded, routes of one name become one,
 * and all stand in the order of their names, so that the numbers behind it do not depend on the order of the log.
 */
import type { Evidence, RouteEvidence } from '../attribute/evidence.ts';
import { floorsPerLife } from '../attribute/followed-lives.ts';
import { coarsened, type LifeEvidence } from '../attribute/life.ts';
import { addRoute, renumberLives } from '../attribute/merge.ts';
import { keyedName } from '../route/keys.ts';
import { learnRoutes } from '../route/learn.ts';
import { type RoutePart, WHOLE } from '../route/parts.ts';

export interface Gathered {
  routes: RouteEvidence[];
  /** Of the followed workers, with the numbers of `routes`, in the order of the workers' names. */
  lives: { worker: string; life: LifeEvidence }[];
}

/** The name of each route in the report, but for what it is split by. */
export function learnedNames({ routes }: Pick<Evidence, 'routes'>, learn: boolean): string[] {
  const names = routes.map(({ name }) => name);
  if (!learn) return names;
  // Parts of one route are one name here, so that its calls are not counted as those of several.
  const calls = new Map<string, number>();
  for (const route of routes) if (!route.given) calls.set(route.name, (calls.get(route.name) ?? 0) + route.calls);
  const own = [...calls.keys()];
  const folded = learnRoutes(own, [...calls.values()]);
  const learned = new Map(own.map((name, i) => [name, folded[i]!]));
  return routes.map(({ name, given }) => (given ? name : (learned.get(name) ?? name)));
}

/**
 * @param learn fold learned segments.
 * @param keepsPart whether the requests of a part are a route of their own here, by the route's name in the report.
 */
export function gatherRoutes(
  evidence: Evidence,
  learn: boolean,
  keepsPart: (name: string, part: RoutePart) => boolean = () => false,
): Gathered {
  const learned = learnedNames(evidence, learn).map((name, i) => keyedName(name, evidence.routes[i]!.key));
  const key = ({ hidden, part }: RouteEvidence, number: number) => {
    const name = learned[number]!;
    const kept = hidden || !keepsPart(name, part) ? WHOLE : part;
    return `${name}\n${hidden ? 1 : 0}\n${kept.status}\n${kept.query}`;
  };
  const keys = evidence.routes.map(key);
  const sorted = [...new Set(keys)].sort();
  const numberOf = new Map(sorted.map((name, number) => [name, number]));
  const numbers = keys.map((name) => numberOf.get(name)!);
  const routes: RouteEvidence[] = [];
  for (const [old, route] of evidence.routes.entries()) {
    const number = numbers[old]!;
    const known = routes[number];
    if (known) addRoute(known, route);
    else routes[number] = { ...route, name: learned[old]!, examples: [...route.examples] };
  }
  const followed = evidence.workers.flatMap(({ name, life }) => (life ? [{ worker: name, life }] : []));
  const mostFloors = floorsPerLife(followed.length);
  const renumbered = renumberLives(
    followed.map(({ life }) => coarsened(life, mostFloors)),
    numbers,
  );
  const lives = followed
    .map(({ worker }, i) => ({ worker, life: renumbered[i]! }))
    .sort((a, b) => (a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : 0));
  return { routes, lives };
}
