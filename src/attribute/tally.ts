/** Amounts by whole numbers (of routes), small ones where it is to be fast: columns of those seen, and where each stands in them. */
import type { Pairs } from './pairs.ts';

export class Tally {
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

  /** Adds the entries [from, to) of two columns. */
  addRange(keys: Int32Array, amounts: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.add(keys[i]!, amounts[i]!);
  }

  /** Writes the entries into two columns, from `at` on. */
  copyTo(keys: Int32Array, amounts: Float64Array, at: number): void {
    // Mostly a handful: views for set() would cost more.
    for (let i = 0; i < this.size; i++) {
      keys[at + i] = this.keys[i]!;
      amounts[at + i] = this.amounts[i]!;
    }
  }

  pairs(): Pairs {
    return pairsOf(this.keys, this.amounts, this.size);
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
}

/** The first `count` entries of two columns. */
export function pairsOf(keys: Int32Array, amounts: Float64Array, count: number): Pairs {
  // Their length is known: arrays that grow would be copied again and again.
  const pairs: Pairs = new Array(2 * count);
  for (let i = 0, at = 0; i < count; i++) {
    pairs[at++] = keys[i]!;
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
