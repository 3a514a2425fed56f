/** A life that is over, out of the memory of life.wasm. */
import type { LifeColumns, LifeMemory } from '../wasm/life-memory.ts';
import type { GrowthEventColumns } from './growth-events.ts';
import { type Jumps, sumJumps } from './jumps.ts';
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
  const sums = Array.from({ length: count }, (_, i): [number, OwnSums] => {
    const own: OwnSums = [0, 0, 0, 0, 0, 0];
    for (let j = 0; j < SUMS; j++) own[j] = numbers[i * SUMS + j]!;
    return [integers[i]!, own];
  });
  return sums.sort(([a], [b]) => a - b);
}

function readJumps({ count, numbers, integers }: LifeColumns): Jumps[] {
  const jumps = Array.from({ length: count }, (_, i): Jumps => {
    const [route, sizeClass, times, fallen] = integers.subarray(i * 4, i * 4 + 4);
    return [route!, sizeClass!, times!, numbers[i]!, fallen!];
  });
  return sumJumps(jumps);
}
