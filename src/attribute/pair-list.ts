/** A small map from routes to numbers in two columns, used again and again without allocating. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Pairs } from './pairs.ts';
import { mark, placeOf } from './places.ts';

/** Products of sizes up to which two lists are joined by searching. */
const SEARCHED = 64;

export class PairList implements Archived {
  size = 0;
  #routes = new Int32Array(16);
  #values = new Float64Array(16);

  /** Adds to the number of a route. */
  add(route: number, amount: number): void {
    const routes = this.#routes;
    for (let i = 0; i < this.size; i++) {
      if (routes[i] === route) {
        this.#values[i]! += amount;
        return;
      }
    }
    this.append(route, amount);
  }

  addAll(other: PairList): void {
    this.addRange(other.#routes, other.#values, 0, other.size);
  }

  /** Adds the entries [from, to) of two columns. */
  addRange(routes: Int32Array, values: Float64Array, from: number, to: number): void {
    if (this.size * (to - from) + (to - from) * (to - from) < SEARCHED) {
      for (let i = from; i < to; i++) this.add(routes[i]!, values[i]!);
      return;
    }
    this.#mark();
    for (let i = from; i < to; i++) this.#addMarked(routes[i]!, values[i]!);
    this.#unmark();
  }

  /** Adds one call for each of the routes [from, to); negative ones are not known. */
  addCalls(routes: Int32Array, from: number, to: number): void {
    this.#mark();
    for (let i = from; i < to; i++) if (routes[i]! >= 0) this.#addMarked(routes[i]!, 1);
    this.#unmark();
  }

  #addMarked(route: number, amount: number): void {
    const at = placeOf(route);
    if (at > 0) {
      this.#values[at - 1]! += amount;
    } else {
      this.append(route, amount);
      mark(route, this.size);
    }
  }

  #mark(): void {
    for (let i = 0; i < this.size; i++) mark(this.#routes[i]!, i + 1);
  }

  #unmark(): void {
    for (let i = 0; i < this.size; i++) mark(this.#routes[i]!, 0);
  }

  /** Adds a route that is not among them. */
  append(route: number, amount: number): void {
    if (this.size === this.#routes.length) this.#grow();
    this.#routes[this.size] = route;
    this.#values[this.size++] = amount;
  }

  transfer(archive: Archive): void {
    this.size = archive.value(this.size);
    this.#routes = archive.value(this.#routes);
    this.#values = archive.value(this.#values);
  }

  clear(): void {
    this.size = 0;
  }

  pairs(): Pairs {
    const pairs: Pairs = [];
    for (let i = 0; i < this.size; i++) pairs.push(this.#routes[i]!, this.#values[i]!);
    return pairs;
  }

  /** Appends the entries to columns from `at` on. */
  copyTo(routes: Int32Array, values: Float64Array, at: number): void {
    // Mostly a handful: views for set() would cost more.
    for (let i = 0; i < this.size; i++) {
      routes[at + i] = this.#routes[i]!;
      values[at + i] = this.#values[i]!;
    }
  }

  #grow(): void {
    const routes = new Int32Array(this.#routes.length * 2);
    const values = new Float64Array(this.#values.length * 2);
    routes.set(this.#routes);
    values.set(this.#values);
    this.#routes = routes;
    this.#values = values;
  }
}
