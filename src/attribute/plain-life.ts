/** A life as it is written to files: floors and events one by one, in plain lists. */

import type { GrowthEventColumns } from './growth-events.ts';
import { type Jumps, jumpRows, jumpTableOf } from './jumps.ts';
import type { Floors, LifeEvidence } from './life.ts';
import { type OwnSums, ownRows, ownTableOf } from './own-steps.ts';
import { pairsIn, tableOf } from './pair-table.ts';
import type { Pairs } from './pairs.ts';

export interface PlainFloor {
  bytes: number;
  position: number;
  calls: Pairs;
  steps: Pairs;
}

export interface PlainEvent {
  route: number;
  bytes: number;
  position: number;
  calls: Pairs;
}

export interface PlainLife extends Omit<LifeEvidence, 'floors' | 'events' | 'own' | 'jumps'> {
  own: [route: number, sums: OwnSums][];
  jumps: Jumps[];
  floors: PlainFloor[];
  events: PlainEvent[];
}

export function plainLife({ floors, events, own, jumps, ...life }: LifeEvidence): PlainLife {
  return {
    ...life,
    own: ownRows(own),
    jumps: jumpRows(jumps),
    floors: plainFloors(floors),
    events: plainEvents(events),
  };
}

export function lifeOfPlain({ floors, events, own, jumps, ...life }: PlainLife): LifeEvidence {
  return {
    ...life,
    own: ownTableOf(own),
    jumps: jumpTableOf(jumps),
    floors: {
      bytes: Float64Array.from(floors, ({ bytes }) => bytes),
      positions: Int32Array.from(floors, ({ position }) => position),
      calls: tableOf(floors.map(({ calls }) => calls)),
      steps: tableOf(floors.map(({ steps }) => steps)),
    },
    events: {
      routes: Int32Array.from(events, ({ route }) => route),
      bytes: Float64Array.from(events, ({ bytes }) => bytes),
      positions: Int32Array.from(events, ({ position }) => position),
      calls: tableOf(events.map(({ calls }) => calls)),
    },
  };
}

function plainFloors({ bytes, positions, calls, steps }: Floors): PlainFloor[] {
  return Array.from(bytes, (floorBytes, i) => ({
    bytes: floorBytes,
    position: positions[i]!,
    calls: pairsIn(calls, i),
    steps: pairsIn(steps, i),
  }));
}

export function plainEvents({ routes, bytes, positions, calls }: GrowthEventColumns): PlainEvent[] {
  return Array.from(routes, (route, i) => ({
    route,
    bytes: bytes[i]!,
    position: positions[i]!,
    calls: pairsIn(calls, i),
  }));
}
