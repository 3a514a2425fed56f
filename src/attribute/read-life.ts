/** A life that is over, out of the memory of life.wasm. */
import type { LifeColumns, LifeMemory } from '../wasm/life-memory.ts';
import type { GrowthEventColumns } from './growth-events.ts';
import { type Jumps, SIZE_CLASSES } from './jumps.ts';
import type { Floors, LifeEvidence } from './life.ts';
import type { OwnSums } from './own-steps.ts';
import type { PairTable } from './pair-table.ts';
import { pairsOf } from './tally.ts';

const SUMS = 6;

/** @param lastBytes its last reading. */
export function readLife(memory: LifeMemory, life: number, lastBytes: number): LifeEvidence {
  const { window, requests, stretch, firstBytes } = memory.counters(life);
  const floors = readFloors(memory, life);
  const tail = memory.columns('callColumns', life);
  const evidence: LifeEvidence = {
    window,
    requests,
    firstBytes,
    lastBytes,
    floors,
    tail: pairsOf(tail.integers, tail.numbers, tail.count),
    own: readSums(memory.columns('sumColumns', life)),
    jumps: readJumps(memory.columns('jumpColumns', life)),
    stretch,
    events: readEvents(memory, life),
  };
  memory.releaseColumns();
  return evidence;
}

function readFloors(memory: LifeMemory, life: number): Floors {
  const { count, numbers, integers } = memory.columns('floorColumns', life);
  return {
    bytes: numbers.slice(0, count),
    positions: integers.slice(0, count),
    calls: tableOf(memory.columns('floorCalls', life), count),
    steps: tableOf(memory.columns('floorSteps', life), count),
  };
}

function readEvents(memory: LifeMemory, life: number): GrowthEventColumns {
  const { count, numbers, integers } = memory.columns('eventColumns', life);
  return {
    routes: integers.slice(0, count),
    bytes: numbers.slice(0, count),
    positions: integers.slice(count, 2 * count),
    calls: tableOf(memory.columns('eventCalls', life), count),
  };
}

function tableOf({ count, numbers, integers }: LifeColumns, rows: number): PairTable {
  return {
    ends: integers.slice(0, rows),
    routes: integers.slice(rows, rows + count),
    amounts: numbers.slice(0, count),
  };
}

function readSums({ count, numbers, integers }: LifeColumns): LifeEvidence['own'] {
  return inOrder(count, (i) => integers[i]!).map((i) => {
    const at = i * SUMS;
    const sums: OwnSums = [0, 0, 0, 0, 0, 0];
    for (let j = 0; j < SUMS; j++) sums[j] = numbers[at + j]!;
    return [integers[i]!, sums];
  });
}

/** Those before and after the life has settled are two of the same route and class. */
function readJumps({ count, numbers, integers }: LifeColumns): Jumps[] {
  const jumps: Jumps[] = [];
  let last: Jumps | undefined;
  for (const i of inOrder(count, (i) => integers[i * 4]! * SIZE_CLASSES + integers[i * 4 + 1]!)) {
    const at = i * 4;
    const route = integers[at]!;
    const sizeClass = integers[at + 1]!;
    const times = integers[at + 2]!;
    const fallen = integers[at + 3]!;
    if (last?.[0] === route && last[1] === sizeClass) {
      last[2] += times;
      last[3] += numbers[i]!;
      last[4] += fallen;
    } else {
      last = [route, sizeClass, times, numbers[i]!, fallen];
      jumps.push(last);
    }
  }
  return jumps;
}

/** Places 0 to count - 1 in the order of their keys, whole numbers. There are tens of thousands: a comparing function is slow. */
function inOrder(count: number, keyOf: (i: number) => number): number[] {
  const packed = new Float64Array(count);
  for (let i = 0; i < count; i++) packed[i] = keyOf(i) * count + i;
  packed.sort();
  const order: number[] = [];
  for (let i = 0; i < count; i++) order.push(packed[i]! % count);
  return order;
}
