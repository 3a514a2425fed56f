/**
 * Where one part of a leaking route's requests carries the leak (those with status 500, those with ?flag=1), says so: by one
 * more estimate for statuses and one for queries, in which the parts of the leaking routes are routes of their own.
 */
import type { Evidence, RouteEvidence } from '../attribute/evidence.ts';
import type { LifeEvidence } from '../attribute/life.ts';
import type { Pairs } from '../attribute/pairs.ts';
import { renumberLives } from '../attribute/renumber-lives.ts';
import { estimate } from '../estimate/estimate.ts';
import type { Finding } from '../estimate/finding.ts';
import type { SplitHint } from '../report/report.ts';
import { followedLives, type Gathered } from './gather-routes.ts';

/** Some requests of a leaking route. */
interface Slice {
  route: number;
  by: SplitHint['by'];
  value: string;
  calls: number;
  number: number;
}

/** Calls of a part, and of all others, below which nothing is said. */
const FEWEST_CALLS = 20;
/** Of the route's leak: what the part has to carry. */
const CARRIED = 0.8;
/** Standard errors by which the part has to be above 0, and above the others. */
const SURE = 3;
/** Slices in one estimate at most. */
const MOST_SLICES = 64;

/**
 * @param leaking numbers of the routes that leak, in the order of the report.
 * @returns per route its hint, where there is one.
 */
export function splitHints(evidence: Evidence, gathered: Gathered, leaking: readonly number[]): Map<number, SplitHint> {
  const hints = new Map<number, SplitHint>();
  for (const by of ['status', 'query'] as const) {
    const slices = slicesOf(by, gathered, leaking);
    if (slices.length === 0) continue;
    const { findings } = estimate(
      slicedLives(evidence, gathered, slices),
      gathered.routes.length + slices.length,
      evidence.concurrent,
    );
    for (const route of new Set(slices.map((slice) => slice.route))) {
      const own = slices.filter((slice) => slice.route === route);
      const hint = hintOf(gathered.routes[route]!, own, findings);
      if (hint && !hints.has(route)) hints.set(route, hint);
    }
  }
  return hints;
}

function slicesOf(by: SplitHint['by'], { routes, parts }: Gathered, leaking: readonly number[]): Slice[] {
  const slices: Slice[] = [];
  for (const route of leaking) {
    const calls = new Map<string, number>();
    for (const part of parts) {
      const value = part.part[by];
      if (part.route === route && value !== '') calls.set(value, (calls.get(value) ?? 0) + part.calls);
    }
    for (const [value, count] of [...calls].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (count < FEWEST_CALLS || routes[route]!.calls - count < FEWEST_CALLS || slices.length === MOST_SLICES)
        continue;
      slices.push({ route, by, value, calls: count, number: routes.length + slices.length });
    }
  }
  return slices;
}

/** The lives, in which calls of a slice are those of a route of its own and no longer of the route it is of. */
function slicedLives(evidence: Evidence, { numbers, parts }: Gathered, slices: readonly Slice[]): LifeEvidence[] {
  const withSlices = [...numbers];
  for (const { old, route, part } of parts) {
    const slice = slices.find((one) => one.route === route && one.value === part[one.by]);
    if (slice) withSlices[old] = slice.number;
  }
  const routeOf = new Map(slices.map(({ number, route }) => [number, route]));
  const lives = followedLives(evidence).map(({ life }) => life);
  return renumberLives(lives, withSlices).map((life) => ({
    ...life,
    floors: life.floors.map((floor) => ({ ...floor, calls: taken(floor.calls, routeOf) })),
    tail: taken(life.tail, routeOf),
    // What is known of a route's own requests does not know of parts: it would say that the rest did it.
    own: [],
    jumps: [],
    events: [],
  }));
}

function taken(calls: Pairs, routeOf: ReadonlyMap<number, number>): Pairs {
  const amounts = new Map<number, number>();
  for (let i = 0; i < calls.length; i += 2) {
    const number = calls[i]!;
    amounts.set(number, (amounts.get(number) ?? 0) + calls[i + 1]!);
    const route = routeOf.get(number);
    if (route !== undefined) amounts.set(route, (amounts.get(route) ?? 0) - calls[i + 1]!);
  }
  return [...amounts].filter(([, amount]) => amount > 0).flat();
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

/** The hint in words, with the option that shows more. */
export function splitReason({ by, value, except }: SplitHint): string {
  if (by === 'status') {
    const which = except === null ? `with status ${value}` : `with no error status (not with ${except})`;
    return `all of it in calls ${which}, see --by status`;
  }
  const [name] = (value || except || '').split('=');
  const which =
    except !== null ? `with other queries than ${except}` : value.includes('=') ? `with ?${value}` : `without ?${name}`;
  return `all of it in calls ${which}, see --by query:${name}`;
}
