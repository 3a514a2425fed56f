/** A life that is over, out of the memory of life.wasm. */
import type { LifeColumns, LifeMemory } from '../wasm/life-memory.ts';
import type { GrowthEventColumns } from './growth-events.ts';
import { inOrder } from './in-order.ts';
import { type JumpTable, SIZE_CLASSES, sumJumps } from './jumps.ts';
import type { Floors, LifeEvidence } from './life.ts';
import { OWN_SUMS, type OwnTable } from './own-steps.ts';
import type { PairTable } from './pair-table.ts';
import { pairsOf } from './tally.ts';

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

function readSums({ count, numbers, integers }: LifeColumns): OwnTable {
  const routes = new Int32Array(count);
  const sums = new Float64Array(count * OWN_SUMS);
  inOrder(count, (i) => integers[i]!).forEach((from, i) => {
    routes[i] = integers[from]!;
    sums.set(numbers.subarray(from * OWN_SUMS, (from + 1) * OWN_SUMS), i * OWN_SUMS);
  });
  return { routes, sums };
}

/** Those before and after the life has settled are two of the same route and class. */
function readJumps({ count, numbers, integers }: LifeColumns): JumpTable {
  const keys = new Float64Array(count);
  const counts = new Int32Array(count);
  const fallen = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    keys[i] = integers[i * 4]! * SIZE_CLASSES + integers[i * 4 + 1]!;
    counts[i] = integers[i * 4 + 2]!;
    fallen[i] = integers[i * 4 + 3]!;
  }
  return sumJumps({ keys, counts, callNumbers: numbers.slice(0, count), fallen });
}
