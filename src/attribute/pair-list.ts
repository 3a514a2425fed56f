/** A small map from routes to numbers in two columns, used again and again without allocating. Few entries: it is searched. */
import type { Pairs } from './pairs.ts';

/** Products of sizes up to which two lists are joined by searching. */
const SEARCHED = 64;
/** Of the list that is being joined, where each route stands plus one; all 0 in between. */
let places = new Int32Array(256);

function mark(route: number, place: number): void {
  if (route >= places.length) {
    const wider = new Int32Array(Math.max(route + 1, places.length * 2));
    wider.set(places);
    places = wider;
  }
  places[route] = place;
}

export class PairList {
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
    for (let i = 0; i < this.size; i++) mark(this.#routes[i]!, i + 1);
    for (let i = from; i < to; i++) {
      const route = routes[i]!;
      const at = route < places.length ? places[route]! : 0;
      if (at > 0) {
        this.#values[at - 1]! += values[i]!;
      } else {
        this.append(route, values[i]!);
        mark(route, this.size);
      }
    }
    for (let i = 0; i < this.size; i++) places[this.#routes[i]!] = 0;
  }

  /** Adds a route that is not among them. */
  append(route: number, amount: number): void {
    if (this.size === this.#routes.length) this.#grow();
    this.#routes[this.size] = route;
    this.#values[this.size++] = amount;
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
    routes.set(this.#routes.subarray(0, this.size), at);
    values.set(this.#values.subarray(0, this.size), at);
  }

  /** Takes `count` entries of columns from `at` on, in place of its own. */
  copyFrom(routes: Int32Array, values: Float64Array, at: number, count: number): void {
    while (this.#routes.length < count) this.#grow();
    this.#routes.set(routes.subarray(at, at + count));
    this.#values.set(values.subarray(at, at + count));
    this.size = count;
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
