/** The floors of a life in columns: a log has tens of thousands, and objects for each would keep the collector busy. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Floor } from './life.ts';
import { PairRows } from './pair-rows.ts';
import type { Pairs } from './pairs.ts';
import { Tally, wider, widerInts } from './tally.ts';

/** Calls and steps per route between two moments. */
export class Between implements Archived {
  calls: Tally = new Tally();
  steps: Tally = new Tally();

  addAll(other: Between): void {
    this.calls.addAll(other.calls);
    this.steps.addAll(other.steps);
  }

  clear(): void {
    this.calls.clear();
    this.steps.clear();
  }

  /** Exchanges the contents with another. */
  swap(other: Between): void {
    [this.calls, other.calls] = [other.calls, this.calls];
    [this.steps, other.steps] = [other.steps, this.steps];
  }

  transfer(archive: Archive): void {
    this.calls.transfer(archive);
    this.steps.transfer(archive);
  }
}

/** Routes are known by any whole numbers, small ones where it is to be fast. */
export class FloorList implements Archived {
  length = 0;
  #bytes: Float64Array = new Float64Array(32);
  #positions: Int32Array = new Int32Array(32);
  readonly #calls = new PairRows();
  readonly #steps = new PairRows();

  push(bytes: number, position: number, { calls, steps }: Between): void {
    const at = this.length++;
    if (at === this.#bytes.length) {
      this.#bytes = wider(this.#bytes);
      this.#positions = widerInts(this.#positions);
    }
    this.#bytes[at] = bytes;
    this.#positions[at] = position;
    this.#calls.write(at, calls);
    this.#steps.write(at, steps);
  }

  /**
   * Makes one floor of every `group` neighbours: the lowest, the last of equals.
   * @param carry is empty; is given what lies behind the last of them.
   */
  merge(group: number, carry: Between): void {
    const length = this.length;
    // In place: what is written is at most as much as what was read before it, and begins where that began.
    this.length = 0;
    for (let from = 0; from < length; from += group) {
      const to = Math.min(from + group, length);
      let lowest = from;
      for (let i = from + 1; i < to; i++) if (this.#bytes[i]! <= this.#bytes[lowest]!) lowest = i;
      this.#addBetween(from, lowest + 1, carry);
      this.push(this.#bytes[lowest]!, this.#positions[lowest]!, carry);
      carry.clear();
      this.#addBetween(lowest + 1, to, carry);
    }
  }

  /** @param routes of the numbers, where these are not the routes themselves. */
  floors(routes?: Int32Array): Floor[] {
    return Array.from({ length: this.length }, (_, i) => ({
      bytes: this.#bytes[i]!,
      position: this.#positions[i]!,
      calls: this.#calls.pairs(i, routes),
      steps: this.#steps.pairs(i, routes),
    }));
  }

  /** Adds what lies before the floors [from, to). */
  #addBetween(from: number, to: number, into: Between): void {
    this.#calls.addTo(into.calls, from, to);
    this.#steps.addTo(into.steps, from, to);
  }

  transfer(archive: Archive): void {
    this.length = archive.value(this.length);
    this.#bytes = archive.value(this.#bytes);
    this.#positions = archive.value(this.#positions);
    this.#calls.transfer(archive);
    this.#steps.transfer(archive);
  }
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

function fill(tally: Tally, pairs: Pairs): void {
  for (let i = 0; i < pairs.length; i += 2) tally.add(pairs[i]!, pairs[i + 1]!);
}
