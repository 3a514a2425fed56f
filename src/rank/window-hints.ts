/**
 * Parts of leaking routes that carry the leak, by windows of requests: by one more estimate for statuses and one for queries,
 * in which the parts of the leaking routes are routes of their own.
 */
import type { RouteEvidence } from '../attribute/evidence.ts';
import { NO_EVENTS } from '../attribute/growth-events.ts';
import { NO_JUMPS } from '../attribute/jumps.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import { NO_OWN_STEPS } from '../attribute/own-steps.ts';
import { type PairTable, pairsIn, tableOf } from '../attribute/pair-table.ts';
import { renumberLives } from '../attribute/renumber-lives.ts';
import { estimate } from '../estimate/estimate.ts';
import type { Finding } from '../estimate/finding.ts';
import type { SplitHint } from '../report/report.ts';
import type { Gathered } from './gather-routes.ts';
import { CARRIED, FEWEST_CALLS, SURE } from './hint-bounds.ts';
import { mayDiffer, type ScreenedSlice } from './slice-screen.ts';

/** Some requests of a leaking route. */
interface Slice extends ScreenedSlice {
  by: SplitHint['by'];
  value: string;
  calls: number;
  number: number;
}

/** Slices in one estimate at most. */
const MOST_SLICES = 64;
/**
 * @param leaking numbers of the routes that leak, in the order of the report.
 * @returns per route its hint, where there is one.
 */
export function windowHints(
  concurrent: boolean,
  gathered: Gathered,
  findings: readonly Finding[],
  leaking: readonly number[],
): Map<number, SplitHint> {
  const hints = new Map<number, SplitHint>();
  for (const by of ['status', 'query'] as const) {
    const all = slicesOf(by, gathered, leaking);
    const isLikely = mayDiffer(all, gathered, findings);
    const routes = new Set(all.filter((_, i) => isLikely[i]).map(({ route }) => route));
    if (routes.size === 0) continue;
    const slices = slicesOf(by, gathered, [...routes]);
    const sliced = estimate(slicedLives(gathered, slices), gathered.routes.length + slices.length, concurrent);
    for (const route of routes) {
      const own = slices.filter((slice) => slice.route === route);
      const hint = hintOf(gathered.routes[route]!, own, sliced.findings);
      if (hint && !hints.has(route)) hints.set(route, hint);
    }
  }
  return hints;
}

function slicesOf(by: SplitHint['by'], { routes, parts }: Gathered, leaking: readonly number[]): Slice[] {
  const slices: Slice[] = [];
  for (const route of leaking) {
    const calls = new Map<string, number>();
    const olds = new Map<string, number[]>();
    for (const part of parts) {
      const value = part.part[by];
      if (part.route !== route || value === '') continue;
      calls.set(value, (calls.get(value) ?? 0) + part.calls);
      olds.set(value, [...(olds.get(value) ?? []), part.old]);
    }
    for (const [value, count] of [...calls].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (count < FEWEST_CALLS || routes[route]!.calls - count < FEWEST_CALLS || slices.length === MOST_SLICES)
        continue;
      slices.push({ route, by, value, calls: count, parts: olds.get(value)!, number: routes.length + slices.length });
    }
  }
  return slices;
}

/** The lives, in which calls of a slice are those of a route of its own and no longer of the route it is of. */
function slicedLives({ routes, numbers, parts, followed }: Gathered, slices: readonly Slice[]): LifeEvidence[] {
  const withSlices = [...numbers];
  for (const { old, route, part } of parts) {
    const slice = slices.find((one) => one.route === route && one.value === part[one.by]);
    if (slice) withSlices[old] = slice.number;
  }
  const routeOf = new Int32Array(routes.length + slices.length).fill(-1);
  for (const { number, route } of slices) routeOf[number] = route;
  // What is known of a route's own requests does not know of parts: it would say that the rest did it.
  const bare = followed.map(({ life }) => ({ ...life, own: NO_OWN_STEPS, jumps: NO_JUMPS, events: NO_EVENTS }));
  return renumberLives(bare, withSlices).map((life) => ({
    ...life,
    floors: { ...life.floors, calls: taken(life.floors.calls, routeOf) },
    tail: pairsIn(taken(tableOf([life.tail]), routeOf), 0),
  }));
}

/**
 * The calls of the routes without those of their slices.
 * @param routeOf the route that a slice is of; negative for what is no slice.
 */
function taken({ ends, routes, amounts }: PairTable, routeOf: Int32Array): PairTable {
  const left = { ends: ends.slice(), routes: routes.slice(), amounts: amounts.slice() };
  /** Where a route stands in the present row. */
  const placeOf = new Int32Array(routeOf.length);
  let from = 0;
  let to = 0;
  for (const [row, end] of ends.entries()) {
    for (let i = from; i < end; i++) {
      const route = routeOf[routes[i]!]!;
      // Slices have the largest numbers: they stand behind the routes.
      if (route >= 0) left.amounts[placeOf[route]!]! -= amounts[i]!;
      else placeOf[routes[i]!] = i;
    }
    for (let i = from; i < end; i++) {
      if (left.amounts[i] === 0) continue;
      left.routes[to] = routes[i]!;
      left.amounts[to++] = left.amounts[i]!;
    }
    left.ends[row] = to;
    from = end;
  }
  return { ends: left.ends, routes: left.routes.slice(0, to), amounts: left.amounts.slice(0, to) };
}

/** The slice that is found to leak, where the others are not and hardly could. */
function hintOf(
  { calls }: RouteEvidence,
  slices: readonly Slice[],
  findings: readonly Finding[],
): SplitHint | undefined {
  const { route, by } = slices[0]!;
  const rest = calls - slices.reduce((sum, slice) => sum + slice.calls, 0);
  // Of a query all requests are told apart, but for a route's first ones, of which nothing is known.
  const unsliced = by === 'status' ? [{ number: route, calls: rest, value: '' }] : [];
  const all = [...slices, ...unsliced].flatMap(({ number, calls: count, value }) => {
    const { verdict, unselected } = findings[number]!;
    if (!unselected || count === 0) return [];
    return [{ value, calls: count, verdict, bytes: unselected.value, error: unselected.error }];
  });
  const leaked = all.reduce((sum, part) => sum + Math.max(0, part.bytes) * part.calls, 0);
  const found = all.find((part) => part.bytes * part.calls >= CARRIED * leaked);
  const others = all.filter((part) => part !== found);
  if (!found || others.length === 0 || leaked <= 0) return undefined;
  const isApart = others.every((part) => found.bytes - part.bytes > SURE * Math.hypot(found.error, part.error));
  const isAlone = found.verdict === 'leak' && others.every(({ verdict }) => verdict !== 'leak');
  if (!isAlone && !(isApart && found.bytes > SURE * found.error)) return undefined;
  return {
    by,
    value: found.value,
    except: found.value === '' ? slices.map(({ value }) => value).join(', ') : null,
    calls: found.calls,
    estimatedBytesPerCall: Math.round(found.bytes),
    standardErrorBytesPerCall: Math.max(1, Math.round(found.error)),
  };
}
