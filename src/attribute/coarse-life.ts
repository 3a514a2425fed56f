/** Lives made smaller, as they would have been while they were followed: the more workers there are, the less is kept of each. */
import { Between, FloorList } from './floor-list.ts';
import { eventsFor, fewerEvents } from './growth-events.ts';
import type { Floors, LifeEvidence } from './life.ts';
import { firstRows, pairsIn } from './pair-table.ts';
import { addPairs } from './pairs.ts';

/** The same life with at most so many floors, and growth events in proportion. Once more with fewer, it is as if at once. */
export function compacted(life: LifeEvidence, mostFloors: number): LifeEvidence {
  const { events, stretch } = fewerEvents(life.events, life.stretch, eventsFor(mostFloors));
  let group = 1;
  while (Math.ceil(life.floors.bytes.length / group) > mostFloors) group *= 2;
  if (group === 1) return stretch === life.stretch ? life : { ...life, stretch, events };
  const behind = new Between();
  const merged = FloorList.of(life.floors);
  merged.merge(group, behind);
  const tail = [...life.tail];
  addPairs(tail, behind.calls.pairs());
  return { ...life, window: life.window * group, floors: merged.floors(), tail, stretch, events };
}

/** The same for the estimates: a last window that has hardly begun has no floor to speak of; its calls go to the tail. */
export function coarsened(life: LifeEvidence, mostFloors: number): LifeEvidence {
  const compact = compacted(life, mostFloors);
  const { floors, window, requests, tail } = compact;
  const count = floors.bytes.length;
  const hasHardlyBegun = count * window > requests && (requests % window) * 2 < window;
  if (!hasHardlyBegun || count === 0) return compact;
  const longer = [...tail];
  addPairs(longer, pairsIn(floors.calls, count - 1));
  return { ...compact, floors: firstFloors(floors, count - 1), tail: longer };
}

function firstFloors({ bytes, positions, calls, steps }: Floors, count: number): Floors {
  return {
    bytes: bytes.slice(0, count),
    positions: positions.slice(0, count),
    calls: firstRows(calls, count),
    steps: firstRows(steps, count),
  };
}
