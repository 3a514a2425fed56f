/** Lives made smaller, as they would have been while they were followed: the more workers there are, the less is kept of each. */
import { Between, floorListOf } from './floor-list.ts';
import { eventsFor, fewerEvents } from './growth-events.ts';
import type { LifeEvidence } from './life.ts';
import { addPairs } from './pairs.ts';

/** The same life with at most so many floors, and growth events in proportion. Once more with fewer, it is as if at once. */
export function compacted(life: LifeEvidence, mostFloors: number): LifeEvidence {
  const { events, stretch } = fewerEvents(life.events, life.stretch, eventsFor(mostFloors));
  let group = 1;
  while (Math.ceil(life.floors.length / group) > mostFloors) group *= 2;
  if (group === 1) return stretch === life.stretch ? life : { ...life, stretch, events };
  const behind = new Between();
  const merged = floorListOf(life.floors);
  merged.merge(group, behind);
  const tail = [...life.tail];
  addPairs(tail, behind.calls.pairs());
  return { ...life, window: life.window * group, floors: merged.floors(), tail, stretch, events };
}

/** The same for the estimates: a last window that has hardly begun has no floor to speak of; its calls go to the tail. */
export function coarsened(life: LifeEvidence, mostFloors: number): LifeEvidence {
  const compact = compacted(life, mostFloors);
  const { floors, window, requests, tail } = compact;
  const last = floors.at(-1);
  const hasHardlyBegun = floors.length * window > requests && (requests % window) * 2 < window;
  if (!hasHardlyBegun || last === undefined) return compact;
  const longer = [...tail];
  addPairs(longer, last.calls);
  return { ...compact, floors: floors.slice(0, -1), tail: longer };
}
