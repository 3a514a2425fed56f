/**
 * Parts of routes that carry the leak of all, by what lasts of the growth in the route's own requests: in those of the part,
 * and in what is left without them. That the route leaks, and how much, is known by then.
 */
import { addSums, type OwnSums, sumsAt } from '../attribute/own-steps.ts';
import type { Finding } from '../estimate/finding.ts';
import { INTERVAL_ERRORS } from '../estimate/model.ts';
import { regress } from '../estimate/own-step-regression.ts';
import type { SplitHint } from '../report/report.ts';
import type { RoutePart } from '../route/parts.ts';
import { compareTexts } from '../term/compare-texts.ts';
import type { Gathered } from './gather-routes.ts';
import { CARRIED, FEWEST_CALLS, SURE } from './hint-bounds.ts';

/** Some requests of a leaking route, and what lasted of the growth in them. */
interface Slice {
  value: string;
  calls: number;
  own: OwnSums;
}

/**
 * @param leaking numbers of the routes that leak or may, in the order of the report.
 * @returns per route its hint, where there is one.
 */
export function ownStepHints(
  gathered: Gathered,
  findings: readonly Finding[],
  leaking: readonly number[],
): Map<number, SplitHint> {
  const hints = new Map<number, SplitHint>();
  if (leaking.length === 0 || gathered.parts.length === 0) return hints;
  const ownOfParts = ownSums(gathered.followed, new Set(gathered.parts.map(({ old }) => old)));
  const ownOfRoutes = ownSums(gathered.lives, new Set(leaking));
  for (const route of leaking) {
    for (const by of ['status', 'query'] as const) {
      const slices = slicesOf(by, route, gathered, ownOfParts);
      const rest = restOf(gathered.routes[route]!.calls, ownOfRoutes.get(route), slices);
      // Of a query all requests are told apart, but for a route's first ones, of which nothing is known.
      const all = by === 'status' && rest ? [...slices, rest] : slices;
      const hint = hintOf(by, all, gathered.routes[route]!.calls, findings[route]!);
      if (!hint || hints.has(route)) continue;
      hints.set(route, hint);
    }
  }
  return hints;
}

function ownSums(lives: Gathered['lives'], wanted: ReadonlySet<number>): Map<number, OwnSums> {
  const sums = new Map<number, OwnSums>();
  for (const { life } of lives) {
    const { routes, sums: ofRoutes } = life.own;
    for (let i = 0; i < routes.length; i++) {
      if (!wanted.has(routes[i]!)) continue;
      const known = sums.get(routes[i]!);
      if (known) addSums(known, sumsAt(ofRoutes, i));
      else sums.set(routes[i]!, sumsAt(ofRoutes, i));
    }
  }
  return sums;
}

function slicesOf(
  by: SplitHint['by'],
  route: number,
  { parts }: Gathered,
  ownOfParts: ReadonlyMap<number, OwnSums>,
): Slice[] {
  const slices = new Map<string, Slice>();
  // Sums of squares may be too large to be exact: they are added in an order that does not depend on the log's.
  const sorted = parts
    .filter((part) => part.route === route)
    .map(({ old, part, calls }) => ({ part, calls, sums: ownOfParts.get(old) ?? NOTHING }))
    .sort((a, b) => compareTexts(keyOf(a), keyOf(b)));
  for (const { part, calls, sums } of sorted) {
    const value = part[by];
    if (value === '') continue;
    const known = slices.get(value);
    const own = plus(known?.own, sums, 1);
    slices.set(value, { value, calls: (known?.calls ?? 0) + calls, own });
  }
  return [...slices.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

const keyOf = ({ part, sums }: { part: RoutePart; sums: OwnSums }) => `${part.status}\n${part.query}\n${sums}`;

/** The requests that are in no slice; undefined where there are none. */
function restOf(calls: number, own: OwnSums | undefined, slices: readonly Slice[]): Slice | undefined {
  const rest = slices.reduce<Slice>(
    (left, slice) => ({ value: '', calls: left.calls - slice.calls, own: plus(left.own, slice.own, -1) }),
    { value: '', calls, own: own ?? NOTHING },
  );
  return rest.calls > 0 ? rest : undefined;
}

const NOTHING: OwnSums = [0, 0, 0, 0, 0, 0];

function plus(sums: OwnSums | undefined, more: OwnSums, sign: 1 | -1): OwnSums {
  const all: OwnSums = [...(sums ?? NOTHING)];
  for (let i = 0; i < all.length; i++) all[i]! += sign * more[i]!;
  return all;
}

/** The slice whose requests grow the worker for good, where the others' do not. */
function hintOf(by: SplitHint['by'], slices: readonly Slice[], calls: number, finding: Finding): SplitHint | undefined {
  const grown = slices.reduce((sum, { own }) => sum + Math.max(0, own[1]), 0);
  const found = slices.find(({ own }) => own[1] > 0 && own[1] >= CARRIED * grown);
  if (!found || found.calls < FEWEST_CALLS || calls - found.calls < FEWEST_CALLS) return undefined;
  const others = slices.filter((slice) => slice !== found);
  if (others.length === 0) return undefined;
  const joined = others.reduce<OwnSums>((sum, { own }) => plus(sum, own, 1), NOTHING);
  if (found.own[0] < FEWEST_CALLS || joined[0] < FEWEST_CALLS) return undefined;
  const known = slices.reduce((sum, slice) => sum + slice.calls, 0);
  const part = meanOf(found.own);
  const rest = meanOf(joined);
  if (!(part.mean - rest.mean > SURE * Math.hypot(part.error, rest.error) && part.mean > SURE * part.error))
    return undefined;
  // What only refills holes steps more the longer the pause was: the line has no intercept then.
  if (regress(found.own, 0).interceptZ < SURE) return undefined;
  return {
    by,
    value: found.value,
    except: found.value === '' ? others.map(({ value }) => value).join(', ') : null,
    calls: found.calls,
    ...estimateOf(finding, known / found.calls, part),
  };
}

/** All of a route's leak is the part's; where it is not known, what lasts of the part's own growth is. */
function estimateOf(
  { verdict, leakedBytesPerCall, leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high }: Finding,
  share: number,
  { mean, error }: { mean: number; error: number },
): Pick<SplitHint, 'estimatedBytesPerCall' | 'standardErrorBytesPerCall'> {
  const isKnown = verdict === 'leak' && low !== null && high !== null;
  const [bytes, deviation] = isKnown
    ? [leakedBytesPerCall * share, ((high - low) / (2 * INTERVAL_ERRORS)) * share]
    : [mean, error];
  return {
    estimatedBytesPerCall: Math.round(bytes),
    standardErrorBytesPerCall: Math.max(1, Math.round(deviation)),
  };
}

function meanOf([calls, step, step2]: OwnSums): { mean: number; error: number } {
  const mean = step / calls;
  return { mean, error: Math.sqrt(Math.max(0, step2 / calls - mean * mean) / calls) };
}
