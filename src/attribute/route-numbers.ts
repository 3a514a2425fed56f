/**
 * Numbers of its own for the routes a life has seen, from 0 on in the order of their first call: what is kept per route lies
 * close together then, however many routes the whole log has. A hash table with linear probing, at most half full.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { widerInts } from './tally.ts';

/** 2^32 over the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
const MULTIPLIER = 0x9e3779b1;

export class RouteNumbers implements Archived {
  count = 0;
  /** The route of each number. */
  routes: Int32Array = new Int32Array(16);
  /** Number plus one; 0 is free. */
  #slots: Int32Array = new Int32Array(32);
  /** Of the hash, so that its highest bits are left. */
  #shift = 27;

  /** Puts numbers in place of the routes [from, to); negative ones stay. */
  renumber(routes: Int32Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const route = routes[i]!;
      if (route >= 0) routes[i] = this.numberOf(route);
    }
  }

  numberOf(route: number): number {
    let slot = this.#slotOf(route);
    const taken = this.#slots[slot]!;
    if (taken > 0) return taken - 1;
    if (this.count === this.routes.length) {
      this.#grow();
      slot = this.#slotOf(route);
    }
    this.routes[this.count] = route;
    this.#slots[slot] = this.count + 1;
    return this.count++;
  }

  /** Where the route stands, or would stand. */
  #slotOf(route: number): number {
    const slots = this.#slots;
    const routes = this.routes;
    const last = slots.length - 1;
    let slot = Math.imul(route, MULTIPLIER) >>> this.#shift;
    for (let taken = slots[slot]!; taken !== 0 && routes[taken - 1] !== route; taken = slots[slot]!) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    this.routes = widerInts(this.routes);
    this.#slots = new Int32Array(this.#slots.length * 2);
    this.#shift--;
    for (let number = 0; number < this.count; number++) this.#slots[this.#slotOf(this.routes[number]!)] = number + 1;
  }

  transfer(archive: Archive): void {
    this.count = archive.value(this.count);
    this.routes = archive.value(this.routes);
    this.#slots = archive.value(this.#slots);
    this.#shift = archive.value(this.#shift);
  }
}
