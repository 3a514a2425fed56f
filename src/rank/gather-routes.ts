/**
 * The routes as the report names them: segments that the data show to be values are folded, routes of one name become one,
 * and all stand in the order of their names, so that the numbers behind it do not depend on the order of the log.
 */
import { addRoute } from '../attribute/add-route.ts';
import { coarsened } from '../attribute/coarse-life.ts';
import type { Evidence, RouteEvidence } from '../attribute/evidence.ts';
import { floorsPerLife } from '../attribute/followed-lives.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import { renumberLives } from '../attribute/renumber-lives.ts';

import { learnRoutes } from '../route/learn.ts';

export interface Gathered {
  routes: RouteEvidence[];
  /** Of the followed workers, with the numbers of `routes`, in the order of the workers' names. */
  lives: { worker: string; life: LifeEvidence }[];
}

/** @param learn fold learned segments. */
export function gatherRoutes(evidence: Evidence, learn: boolean): Gathered {
  const names = evidence.routes.map(({ name }) => name);
  const folded = learn
    ? learnRoutes(
        evidence.routes.map(({ name, given }) => (given ? '' : name)),
        evidence.routes.map(({ calls }) => calls),
      )
    : names;
  const learned = names.map((name, route) => folded[route] || name);
  const key = (route: RouteEvidence, number: number) => `${learned[number]}\n${route.hidden ? 1 : 0}`;
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
