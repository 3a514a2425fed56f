/** The floors of a life in columns: a log has tens of thousands, and objects for each would keep the collector busy. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Floors } from './life.ts';
import { PairRows } from './pair-rows.ts';
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
  #calls = new PairRows();
  #steps = new PairRows();

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
  floors(routes?: Int32Array): Floors {
    return {
      bytes: this.#bytes.slice(0, this.length),
      positions: this.#positions.slice(0, this.length),
      calls: this.#calls.table(this.length, routes),
      steps: this.#steps.table(this.length, routes),
    };
  }

  static of({ bytes, positions, calls, steps }: Floors): FloorList {
    const list = new FloorList();
    list.length = bytes.length;
    list.#bytes = wider(bytes, bytes.length + 1);
    list.#positions = widerInts(positions, bytes.length + 1);
    list.#calls = PairRows.of(calls);
    list.#steps = PairRows.of(steps);
    return list;
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
