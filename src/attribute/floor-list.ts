/** The floors of a life in columns: a log has tens of thousands, and objects for each would keep the collector busy. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Floor } from './life.ts';
import { PairList } from './pair-list.ts';
import type { Pairs } from './pairs.ts';

/** Calls and steps per route between two moments. */
export class Between implements Archived {
  calls: PairList = new PairList();
  steps: PairList = new PairList();

  addAll(other: Between): void {
    this.calls.addAll(other.calls);
    this.steps.addAll(other.steps);
  }

  clear(): void {
    this.calls.clear();
    this.steps.clear();
  }

  transfer(archive: Archive): void {
    this.calls.transfer(archive);
    this.steps.transfer(archive);
  }

  /** Exchanges the contents with another. */
  swap(other: Between): void {
    [this.calls, other.calls] = [other.calls, this.calls];
    [this.steps, other.steps] = [other.steps, this.steps];
  }
}

export class FloorList implements Archived {
  length = 0;
  #bytes: Float64Array = new Float64Array(32);
  #positions: Int32Array = new Int32Array(32);
  /** Where the entries of each floor end. */
  #callEnds: Int32Array = new Int32Array(32);
  #stepEnds: Int32Array = new Int32Array(32);
  #callRoutes: Int32Array = new Int32Array(512);
  #calls: Float64Array = new Float64Array(512);
  #stepRoutes: Int32Array = new Int32Array(64);
  #steps: Float64Array = new Float64Array(64);

  push(bytes: number, position: number, { calls, steps }: Between): void {
    const at = this.length++;
    const callsAt = at === 0 ? 0 : this.#callEnds[at - 1]!;
    const stepsAt = at === 0 ? 0 : this.#stepEnds[at - 1]!;
    if (at === this.#bytes.length) {
      this.#bytes = wider(this.#bytes);
      this.#positions = widerInt(this.#positions);
      this.#callEnds = widerInt(this.#callEnds);
      this.#stepEnds = widerInt(this.#stepEnds);
    }
    while (callsAt + calls.size > this.#calls.length) {
      this.#callRoutes = widerInt(this.#callRoutes);
      this.#calls = wider(this.#calls);
    }
    while (stepsAt + steps.size > this.#steps.length) {
      this.#stepRoutes = widerInt(this.#stepRoutes);
      this.#steps = wider(this.#steps);
    }
    this.#bytes[at] = bytes;
    this.#positions[at] = position;
    calls.copyTo(this.#callRoutes, this.#calls, callsAt);
    steps.copyTo(this.#stepRoutes, this.#steps, stepsAt);
    this.#callEnds[at] = callsAt + calls.size;
    this.#stepEnds[at] = stepsAt + steps.size;
  }

  /**
   * Appends the floors [from, to) of another list as one: the lowest, the last of equals.
   * @param carry what lies before them; becomes what lies behind the floor.
   */
  pushMerged(other: FloorList, from: number, to: number, carry: Between): void {
    let lowest = from;
    for (let i = from + 1; i < to; i++) if (other.#bytes[i]! <= other.#bytes[lowest]!) lowest = i;
    other.addBetween(from, lowest + 1, carry);
    this.push(other.#bytes[lowest]!, other.#positions[lowest]!, carry);
    carry.clear();
    other.addBetween(lowest + 1, to, carry);
  }

  /** Every `group` neighbours as one, into an empty list; `carry` is given what lies behind the last. */
  mergeInto(merged: FloorList, group: number, carry: Between): void {
    for (let from = 0; from < this.length; from += group) {
      merged.pushMerged(this, from, Math.min(from + group, this.length), carry);
    }
  }

  transfer(archive: Archive): void {
    this.length = archive.value(this.length);
    this.#bytes = archive.value(this.#bytes);
    this.#positions = archive.value(this.#positions);
    this.#callEnds = archive.value(this.#callEnds);
    this.#stepEnds = archive.value(this.#stepEnds);
    this.#callRoutes = archive.value(this.#callRoutes);
    this.#calls = archive.value(this.#calls);
    this.#stepRoutes = archive.value(this.#stepRoutes);
    this.#steps = archive.value(this.#steps);
  }

  clear(): void {
    this.length = 0;
  }

  floors(): Floor[] {
    return Array.from({ length: this.length }, (_, i) => ({
      bytes: this.#bytes[i]!,
      position: this.#positions[i]!,
      calls: pairsOf(this.#callRoutes, this.#calls, i === 0 ? 0 : this.#callEnds[i - 1]!, this.#callEnds[i]!),
      steps: pairsOf(this.#stepRoutes, this.#steps, i === 0 ? 0 : this.#stepEnds[i - 1]!, this.#stepEnds[i]!),
    }));
  }

  /** Adds what lies before the floors [from, to). */
  addBetween(from: number, to: number, into: Between): void {
    if (from >= to) return;
    const callsAt = from === 0 ? 0 : this.#callEnds[from - 1]!;
    const stepsAt = from === 0 ? 0 : this.#stepEnds[from - 1]!;
    into.calls.addRange(this.#callRoutes, this.#calls, callsAt, this.#callEnds[to - 1]!);
    into.steps.addRange(this.#stepRoutes, this.#steps, stepsAt, this.#stepEnds[to - 1]!);
  }
}

function pairsOf(routes: Int32Array, values: Float64Array, from: number, to: number): Pairs {
  const pairs: Pairs = [];
  for (let i = from; i < to; i++) pairs.push(routes[i]!, values[i]!);
  return pairs;
}

/** A list of floors that came as plain data. */
export function floorListOf(floors: readonly Floor[]): FloorList {
  const list = new FloorList();
  const since = new Between();
  for (const floor of floors) {
    since.clear();
    fill(since.calls, floor.calls);
    fill(since.steps, floor.steps);
    list.push(floor.bytes, floor.position, since);
  }
  return list;
}

function fill(list: PairList, pairs: Pairs): void {
  for (let i = 0; i < pairs.length; i += 2) list.append(pairs[i]!, pairs[i + 1]!);
}

function wider(column: Float64Array): Float64Array {
  const copy = new Float64Array(column.length * 2);
  copy.set(column);
  return copy;
}

function widerInt(column: Int32Array): Int32Array {
  const copy = new Int32Array(column.length * 2);
  copy.set(column);
  return copy;
}
