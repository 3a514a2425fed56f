/** Lives whose routes get other numbers. */
import { type Jumps, sumJumps } from './jumps.ts';
import type { LifeEvidence } from './life.ts';
import { addSums, type OwnSums } from './own-steps.ts';
import { addPairs, type Pairs } from './pairs.ts';

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
  return {
    ...life,
    floors: life.floors.map((floor) => ({
      ...floor,
      calls: renumberPairs(floor.calls, numbers),
      steps: renumberPairs(floor.steps, numbers),
    })),
    tail: renumberPairs(life.tail, numbers),
    own: renumberOwn(life.own, numbers),
    jumps: sumJumps(life.jumps.map(([route, ...sums]): Jumps => [numbers[route]!, ...sums])),
    events: life.events.map((event) => ({
      ...event,
      route: numbers[event.route]!,
      calls: renumberPairs(event.calls, numbers),
    })),
  };
}

/** In the order of the new numbers: in which order routes were first seen is not the same for parts of a log. */
function sorted(pairs: Pairs): Pairs {
  let isSorted = true;
  for (let i = 2; i < pairs.length; i += 2) if (pairs[i]! < pairs[i - 2]!) isSorted = false;
  if (isSorted) return pairs;
  const entries: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) entries.push([pairs[i]!, pairs[i + 1]!]);
  return entries.sort(([a], [b]) => a - b).flat();
}

/** Where no two routes become one. */
function exchangeNumbers(pairs: Pairs, numbers: readonly number[]): Pairs {
  const exchanged: Pairs = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const number = numbers[pairs[i]!]!;
    if (number >= 0) exchanged.push(number, pairs[i + 1]!);
  }
  return sorted(exchanged);
}

function joinNumbers(pairs: Pairs, numbers: readonly number[]): Pairs {
  const renumbered: Pairs = [];
  const kept = pairs.some((number, i) => i % 2 === 0 && numbers[number]! < 0)
    ? pairs.filter((_, i) => numbers[pairs[i - (i % 2)]!]! >= 0)
    : pairs;
  addPairs(renumbered, kept, numbers);
  return sorted(renumbered);
}

/** Sums of squares may be too large to be exact: those of routes that become one are added in an order of their own. */
function renumberOwn(own: LifeEvidence['own'], numbers: readonly number[]): LifeEvidence['own'] {
  const sorted = own
    .map(([route, sums]): LifeEvidence['own'][number] => [numbers[route]!, [...sums]])
    .sort(([a, x], [b, y]) => a - b || compareSums(x, y));
  const joined: LifeEvidence['own'] = [];
  for (const entry of sorted) {
    const last = joined.at(-1);
    if (last?.[0] === entry[0]) addSums(last[1], entry[1]);
    else joined.push(entry);
  }
  return joined;
}

function compareSums(a: OwnSums, b: OwnSums): number {
  for (const [i, one] of a.entries()) if (one !== b[i]) return one - b[i]!;
  return 0;
}
