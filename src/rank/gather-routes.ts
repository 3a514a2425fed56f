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
import { keyedName } from '../route/keys.ts';
import { learnRoutes } from '../route/learn.ts';
import type { RoutePart } from '../route/parts.ts';

export interface Gathered {
  routes: RouteEvidence[];
  /** Of the followed workers, with the numbers of `routes`, in the order of the workers' names. */
  lives: { worker: string; life: LifeEvidence }[];
  /** The same lives with the numbers of the evidence. */
  followed: { worker: string; life: LifeEvidence }[];
  /** Of each route of the evidence; negative for what is no route of the report. */
  numbers: number[];
  parts: PartOfRoute[];
}

/** Some requests of a route of the report. */
export interface PartOfRoute {
  /** The number in the evidence. */
  old: number;
  /** The number in the report. */
  route: number;
  part: RoutePart;
  calls: number;
}

/** The number of what is no route of the report. */
const LEFT_OUT = -1;

/** Whether it stands for a part of another route, whose calls it counts once more. */
function isPart({ part }: RouteEvidence): boolean {
  return part.status !== '' || part.query !== '';
}

/** The name of each route in the report, but for what it is split by. */
export function learnedNames({ routes }: Pick<Evidence, 'routes'>, learn: boolean): string[] {
  const names = routes.map(({ name }) => name);
  if (!learn) return names;
  const calls = new Map<string, number>();
  for (const route of routes)
    if (!route.given && !isPart(route)) calls.set(route.name, (calls.get(route.name) ?? 0) + route.calls);
  const own = [...calls.keys()];
  const folded = learnRoutes(own, [...calls.values()]);
  const learned = new Map(own.map((name, i) => [name, folded[i]!]));
  return routes.map(({ name, given }) => (given ? name : (learned.get(name) ?? name)));
}

/** @param learn fold learned segments. */
export function gatherRoutes(evidence: Evidence, learn: boolean): Gathered {
  const learned = learnedNames(evidence, learn).map((name, i) => keyedName(name, evidence.routes[i]!.key));
  const whole = evidence.routes.map(({ hidden }, number) => `${learned[number]}\n${hidden ? 1 : 0}`);
  const keys = evidence.routes.map((route, number) => (isPart(route) ? undefined : whole[number]));
  const sorted = [...new Set(keys)].filter((key) => key !== undefined).sort();
  const numberOf = new Map(sorted.map((name, number) => [name, number]));
  const numbers = keys.map((name) => (name === undefined ? LEFT_OUT : numberOf.get(name)!));
  const routes: RouteEvidence[] = [];
  for (const [old, route] of evidence.routes.entries()) {
    const number = numbers[old]!;
    if (number === LEFT_OUT) continue;
    const known = routes[number];
    if (known) addRoute(known, route);
    else routes[number] = { ...route, name: learned[old]!, examples: [...route.examples] };
  }
  const followed = followedLives(evidence);
  const renumbered = renumberLives(
    followed.map(({ life }) => life),
    numbers,
  );
  const lives = followed.map(({ worker }, i) => ({ worker, life: renumbered[i]! }));
  const parts = evidence.routes.flatMap(({ part, calls }, old) => {
    const route = numbers[old] === LEFT_OUT ? numberOf.get(whole[old]!) : undefined;
    return route === undefined ? [] : [{ old, route, part, calls }];
  });
  return { routes, lives, followed, numbers, parts };
}

/** The followed workers' lives with the numbers of the evidence, in the order of their names. */
export function followedLives(evidence: Evidence): { worker: string; life: LifeEvidence }[] {
  const followed = evidence.workers.flatMap(({ name, life }) => (life ? [{ worker: name, life }] : []));
  const mostFloors = floorsPerLife(followed.length);
  return followed
    .map(({ worker, life }) => ({ worker, life: coarsened(life, mostFloors) }))
    .sort((a, b) => (a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : 0));
}
