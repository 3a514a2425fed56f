/** Lives whose routes get other numbers. */
import { type Jumps, sumJumps } from './jumps.ts';
import type { LifeEvidence } from './life.ts';
import { addSums, type OwnSums } from './own-steps.ts';
import { renumberPairs, renumberTable } from './renumber-pairs.ts';

/** The same lives with other numbers for their routes; several old ones may have one new one, and calls of a negative one go. */
export function renumberLives(lives: readonly LifeEvidence[], numbers: readonly number[]): LifeEvidence[] {
  return lives.map((life) => renumberLife(life, numbers));
}

function renumberLife(life: LifeEvidence, numbers: readonly number[]): LifeEvidence {
  return {
    ...life,
    floors: {
      ...life.floors,
      calls: renumberTable(life.floors.calls, numbers),
      steps: renumberTable(life.floors.steps, numbers),
    },
    tail: renumberPairs(life.tail, numbers),
    own: renumberOwn(life.own, numbers),
    jumps: sumJumps(life.jumps.map(([route, ...sums]): Jumps => [numbers[route]!, ...sums])),
    events: {
      ...life.events,
      routes: life.events.routes.map((route) => numbers[route]!),
      calls: renumberTable(life.events.calls, numbers),
    },
  };
}

/** Sums of squares may be too large to be exact: those of routes that become one are added in an order of their own. */
function renumberOwn(own: LifeEvidence['own'], numbers: readonly number[]): LifeEvidence['own'] {
  const sorted = own
    .map(([route, sums]): LifeEvidence['own'][number] => [numbers[route]!, [...sums]])
    .filter(([route]) => route >= 0)
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
