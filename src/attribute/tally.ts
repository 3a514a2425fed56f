/** Amounts by small whole numbers (of routes): columns of those seen, and where each one stands in them. */
import type { Archive, Archived } from '../state/archive.ts';
import type { Pairs } from './pairs.ts';

export class Tally implements Archived {
  size = 0;
  keys: Int32Array = new Int32Array(16);
  amounts: Float64Array = new Float64Array(16);
  /** The place of each key in the columns, plus one; 0 where it has none. */
  #places: Int32Array = new Int32Array(32);

  add(key: number, amount: number): void {
    const place = key < this.#places.length ? this.#places[key]! : 0;
    if (place > 0) this.amounts[place - 1]! += amount;
    else this.#append(key, amount);
  }

  /** One for each of the keys [from, to); negative ones are not known. */
  addCalls(keys: Int32Array, from: number, to: number): void {
    let places = this.#places;
    let amounts = this.amounts;
    for (let i = from; i < to; i++) {
      const key = keys[i]!;
      if (key < 0) continue;
      const place = key < places.length ? places[key]! : 0;
      if (place > 0) {
        amounts[place - 1]! += 1;
      } else {
        this.#append(key, 1);
        places = this.#places;
        amounts = this.amounts;
      }
    }
  }

  /** Adds the entries [from, to) of two columns. */
  addRange(keys: Int32Array, amounts: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.add(keys[i]!, amounts[i]!);
  }

  addAll(other: Tally): void {
    this.addRange(other.keys, other.amounts, 0, other.size);
  }

  /** Writes the entries into two columns, from `at` on. */
  copyTo(keys: Int32Array, amounts: Float64Array, at: number): void {
    // Mostly a handful: views for set() would cost more.
    for (let i = 0; i < this.size; i++) {
      keys[at + i] = this.keys[i]!;
      amounts[at + i] = this.amounts[i]!;
    }
  }

  /** @param routes of the keys, where these are not the routes themselves. */
  pairs(routes?: Int32Array): Pairs {
    return pairsOf(this.keys, this.amounts, 0, this.size, routes);
  }

  clear(): void {
    for (let i = 0; i < this.size; i++) this.#places[this.keys[i]!] = 0;
    this.size = 0;
  }

  #append(key: number, amount: number): void {
    if (key >= this.#places.length) this.#places = widerInts(this.#places, key + 1);
    if (this.size === this.keys.length) {
      this.keys = widerInts(this.keys);
      this.amounts = wider(this.amounts);
    }
    this.keys[this.size] = key;
    this.amounts[this.size++] = amount;
    this.#places[key] = this.size;
  }

  transfer(archive: Archive): void {
    this.size = archive.value(this.size);
    this.keys = archive.value(this.keys);
    this.amounts = archive.value(this.amounts);
    this.#places = archive.value(this.#places);
  }
}

/** The entries [from, to) of two columns. */
export function pairsOf(
  keys: Int32Array,
  amounts: Float64Array,
  from: number,
  to: number,
  routes: Int32Array | undefined,
): Pairs {
  // Their length is known: arrays that grow would be copied again and again.
  const pairs: Pairs = new Array(2 * (to - from));
  for (let i = from, at = 0; i < to; i++) {
    const key = keys[i]!;
    pairs[at++] = routes === undefined ? key : routes[key]!;
    const amount = amounts[i]!;
    // A whole number that is known to be one takes no box.
    pairs[at++] = (amount | 0) === amount ? amount | 0 : amount;
  }
  return pairs;
}

/** Twice as wide, or wider where more is needed. */
export function wider(column: Float64Array, least = 0): Float64Array {
  const copy = new Float64Array(Math.max(least, column.length * 2));
  copy.set(column);
  return copy;
}

export function widerInts(column: Int32Array, least = 0): Int32Array {
  const copy = new Int32Array(Math.max(least, column.length * 2));
  copy.set(column);
  return copy;
}
