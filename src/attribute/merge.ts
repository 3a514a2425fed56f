/** Adds the evidence of disjoint workers: of other files, other containers, other hosts. */
import { UserError } from '../errors.ts';
import { keyedName } from '../route/keys.ts';
import type { Evidence, RouteEvidence, WorkerEvidence } from './evidence.ts';
import { hashOf, MAX_LIVES } from './followed-lives.ts';
import { type Jumps, sumJumps } from './jumps.ts';
import type { LifeEvidence } from './life.ts';
import { addPairs, type Pairs } from './pairs.ts';
import { mergeLargest } from './route-sums.ts';

/**
 * The evidence of all parts together, as if they had been read as one log in this order.
 * @throws UserError when the parts follow different memory figures.
 */
export function mergeEvidence(first: Evidence, ...rest: readonly Evidence[]): Evidence {
  return rest.reduce(mergeTwo, first);
}

function mergeTwo(a: Evidence, b: Evidence): Evidence {
  if (a.metric !== b.metric) {
    throw new UserError(
      `the evidence of ${a.metric ?? 'no particular figure'} and of ${b.metric ?? 'no particular figure'} cannot be added; collect both with the same --metric`,
    );
  }
  const routes = a.routes.map((route) => ({ ...route, examples: [...route.examples] }));
  const numbers = new Map(routes.map((route, number) => [keyOf(route), number]));
  const renumber = b.routes.map((route) => {
    const known = numbers.get(keyOf(route));
    if (known === undefined) return routes.push({ ...route, examples: [...route.examples] }) - 1;
    addRoute(routes[known]!, route);
    return known;
  });
  const followed = b.workers.flatMap(({ life }) => life ?? []);
  const renumbered = new Map(renumberLives(followed, renumber).map((life, i) => [followed[i]!, life]));
  const moved = b.workers.map((worker) => ({ ...worker, life: worker.life && renumbered.get(worker.life)! }));
  return {
    ...a,
    inputs: [...a.inputs, ...b.inputs],
    firstTime: least(a.firstTime, b.firstTime, Math.min),
    lastTime: least(a.lastTime, b.lastTime, Math.max),
    routes,
    workers: sampled([...a.workers, ...moved]),
    unattributed: {
      netBytes: a.unattributed.netBytes + b.unattributed.netBytes,
      highWaterBytes: a.unattributed.highWaterBytes + b.unattributed.highWaterBytes,
      withoutUri: a.unattributed.withoutUri + b.unattributed.withoutUri,
      torn: a.unattributed.torn + b.unattributed.torn,
      unlogged: a.unattributed.unlogged + b.unattributed.unlogged,
    },
    requests: a.requests + b.requests,
    measuredReadings: a.measuredReadings + b.measuredReadings,
    coarsestQuantumBytes: Math.max(a.coarsestQuantumBytes, b.coarsestQuantumBytes),
    zeroReadings: a.zeroReadings + b.zeroReadings,
    absentReadings: a.absentReadings + b.absentReadings,
    deltaReadings: a.deltaReadings + b.deltaReadings,
    peakReadings: a.peakReadings + b.peakReadings,
    unnamedReadings: a.unnamedReadings + b.unnamedReadings,
    notices: {
      dynoSamples: a.notices.dynoSamples + b.notices.dynoSamples,
      implausible: a.notices.implausible ?? b.notices.implausible,
    },
    crowdedPaths: a.crowdedPaths + b.crowdedPaths,
    leftOut: a.leftOut + b.leftOut,
    restarts: a.restarts + b.restarts,
    concurrent: a.concurrent || b.concurrent,
    memoryReportOff: a.memoryReportOff || b.memoryReportOff,
    mostUnannouncedLives: Math.max(a.mostUnannouncedLives, b.mostUnannouncedLives),
  };
}

const keyOf = ({ name, hidden, key, part }: RouteEvidence) =>
  `${hidden ? 'hidden' : 'shown'} ${keyedName(name, key)}\n${part.status}\n${part.query}`;

/** Adds the sums of a route to those of another. */
export function addRoute(into: RouteEvidence, from: RouteEvidence): void {
  into.given ||= from.given;
  into.calls += from.calls;
  into.grossBytes += from.grossBytes;
  into.netBytes += from.netBytes;
  into.highWaterBytes += from.highWaterBytes;
  into.growthCalls += from.growthCalls;
  into.peakCalls += from.peakCalls;
  into.peakSumBytes += from.peakSumBytes;
  into.largestPeakBytes = Math.max(into.largestPeakBytes, from.largestPeakBytes);
  for (const example of from.examples) {
    if (into.examples.length < 2 && !into.examples.includes(example)) into.examples.push(example);
  }
  into.largest = mergeLargest(into.largest, from.largest);
}

/** The same lives with other numbers for their routes; several old ones may have one new one, and calls of a negative one go. */
export function renumberLives(lives: readonly LifeEvidence[], numbers: readonly number[]): LifeEvidence[] {
  const kept = numbers.filter((number) => number >= 0);
  const renumberPairs = new Set(kept).size === kept.length ? exchangeNumbers : joinNumbers;
  return lives.map((life) => renumberLife(life, numbers, renumberPairs));
}

function renumberLife(
  life: LifeEvidence,
  numbers: readonly number[],
  renumberPairs: (pairs: Pairs, numbers: readonly number[]) => Pairs,
): LifeEvidence {
  const own = new Map<number, LifeEvidence['own'][number][1]>();
  for (const [route, sums] of life.own) {
    const known = own.get(numbers[route]!);
    if (known) for (let i = 0; i < known.length; i++) known[i]! += sums[i]!;
    else own.set(numbers[route]!, [...sums]);
  }
  return {
    ...life,
    floors: life.floors.map((floor) => ({
      ...floor,
      calls: renumberPairs(floor.calls, numbers),
      steps: renumberPairs(floor.steps, numbers),
    })),
    tail: renumberPairs(life.tail, numbers),
    own: [...own].sort(([a], [b]) => a - b),
    jumps: sumJumps(life.jumps.map(([route, ...sums]): Jumps => [numbers[route]!, ...sums])),
    events: life.events.map((event) => ({
      ...event,
      route: numbers[event.route]!,
      calls: renumberPairs(event.calls, numbers),
    })),
  };
}

/** Where no two routes become one. */
function exchangeNumbers(pairs: Pairs, numbers: readonly number[]): Pairs {
  const exchanged: Pairs = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const number = numbers[pairs[i]!]!;
    if (number >= 0) exchanged.push(number, pairs[i + 1]!);
  }
  return exchanged;
}

function joinNumbers(pairs: Pairs, numbers: readonly number[]): Pairs {
  const renumbered: Pairs = [];
  const kept = pairs.some((number, i) => i % 2 === 0 && numbers[number]! < 0)
    ? pairs.filter((_, i) => numbers[pairs[i - (i % 2)]!]! >= 0)
    : pairs;
  addPairs(renumbered, kept, numbers);
  return renumbered;
}

/** Of too many followed lives, those with the smallest hashes: the same as when they had been read as one log. */
function sampled(workers: WorkerEvidence[]): WorkerEvidence[] {
  const followed = workers.filter(({ life }) => life !== null);
  if (followed.length <= MAX_LIVES) return workers;
  const order = followed.sort((a, b) => hashOf(a.name) - hashOf(b.name) || (a.name < b.name ? -1 : 1));
  const dropped = new Set(order.slice(MAX_LIVES));
  return workers.map((worker) => (dropped.has(worker) ? { ...worker, life: null } : worker));
}

function least(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  return a === null ? b : b === null ? a : choose(a, b);
}
