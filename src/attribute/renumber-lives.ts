/** Lives whose routes get other numbers. */
import { inOrder } from './in-order.ts';
import { type JumpTable, SIZE_CLASSES, sumJumps } from './jumps.ts';
import type { LifeEvidence } from './life.ts';
import { addSums, OWN_SUMS, type OwnSums, type OwnTable, sumsAt } from './own-steps.ts';
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
    jumps: renumberJumps(life.jumps, numbers),
    events: {
      ...life.events,
      routes: life.events.routes.map((route) => numbers[route]!),
      calls: renumberTable(life.events.calls, numbers),
    },
  };
}

/** Sums of squares may be too large to be exact: those of routes that become one are added in an order of their own. */
function renumberOwn({ routes, sums }: OwnTable, numbers: readonly number[]): OwnTable {
  const kept = Int32Array.from(routes.keys()).filter((i) => numbers[routes[i]!]! >= 0);
  const numberOf = (i: number) => numbers[routes[i]!]!;
  const order = inOrder(kept.length, (i) => numberOf(kept[i]!)).map((i) => kept[i]!);
  const into = { routes: new Int32Array(order.length), sums: new Float64Array(order.length * OWN_SUMS) };
  let size = 0;
  for (let from = 0; from < order.length; size++) {
    const route = numberOf(order[from]!);
    let to = from + 1;
    while (to < order.length && numberOf(order[to]!) === route) to++;
    into.routes[size] = route;
    if (to === from + 1) {
      const at = order[from]! * OWN_SUMS;
      into.sums.set(sums.subarray(at, at + OWN_SUMS), size * OWN_SUMS);
    } else {
      into.sums.set(sumOf(Array.from(order.subarray(from, to), (i) => sumsAt(sums, i))), size * OWN_SUMS);
    }
    from = to;
  }
  return { routes: into.routes.subarray(0, size), sums: into.sums.subarray(0, size * OWN_SUMS) };
}

function sumOf(several: OwnSums[]): OwnSums {
  const sum: OwnSums = [0, 0, 0, 0, 0, 0];
  for (const one of several.sort(compareSums)) addSums(sum, one);
  return sum;
}

function renumberJumps({ keys, ...sums }: JumpTable, numbers: readonly number[]): JumpTable {
  const numberOf = (key: number) => numbers[Math.floor(key / SIZE_CLASSES)]! * SIZE_CLASSES + (key % SIZE_CLASSES);
  return sumJumps({ keys: keys.map(numberOf), ...sums });
}

function compareSums(a: OwnSums, b: OwnSums): number {
  for (const [i, one] of a.entries()) if (one !== b[i]) return one - b[i]!;
  return 0;
}
