/**
 * A hash table from byte strings to small numbers: the raw paths of a log and the routes they belong to. Looking a path
 * up makes no string. The hash is seeded per process, since the paths come from whoever sends requests: crafted paths
 * that collide under a known hash would make every look-up a walk through all of them.
 *
 * It is a cache: when it is full it forgets everything and begins anew, so memory is bounded by its two capacities.
 */
import { randomInt } from 'node:crypto';

const NOT_FOUND = -1;
/** A key that would stand further from its slot is not stored: looking it up costs more than what the table saves. */
const LONGEST_PROBE = 32;

export class ByteTable {
  readonly #seed = randomInt(1, 2 ** 31 - 1);
  /** Odd, so that multiplying by it loses nothing. */
  readonly #multiplier = randomInt(2 ** 26, 2 ** 30) * 2 + 1;
  readonly #maxEntries: number;
  readonly #mask: number;
  /** Per slot: the full hash, where the key lies in `#keys`, its length plus one, the value. 0 there is a free slot. */
  readonly #hashes: Int32Array;
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #values: Int32Array;
  readonly #keys: Buffer;
  #keysEnd = 0;
  #entries = 0;
  /** The hash of the key last looked up; `set` stores under it. */
  #hash = 0;

  /**
   * @param maxEntries a power of two.
   * @param maxKeyBytes room for all keys together.
   */
  constructor(maxEntries: number, maxKeyBytes: number) {
    this.#maxEntries = maxEntries;
    const slots = maxEntries * 2;
    this.#mask = slots - 1;
    this.#hashes = new Int32Array(slots);
    this.#starts = new Int32Array(slots);
    this.#lengths = new Int32Array(slots);
    this.#values = new Int32Array(slots);
    this.#keys = Buffer.allocUnsafe(maxKeyBytes);
  }

  /** The value stored for bytes[start, end), or -1. */
  get(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    const multiplier = this.#multiplier;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, multiplier);
    // The slot is taken from the low bits, which multiplying alone keeps apart from the high ones.
    hash ^= hash >>> 16;
    hash = Math.imul(hash, multiplier);
    hash ^= hash >>> 13;
    this.#hash = hash;
    const length = end - start;
    const mask = this.#mask;
    for (let probe = 0; probe < LONGEST_PROBE; probe++) {
      const slot = (hash + probe) & mask;
      if (this.#lengths[slot] === 0) return NOT_FOUND;
      if (this.#hashes[slot] === hash && this.#lengths[slot] === length + 1 && this.#same(slot, bytes, start, length)) {
        return this.#values[slot]!;
      }
    }
    return NOT_FOUND;
  }

  /** Stores a value for the key that `get` just did not find. Keys longer than the table are not stored. */
  set(bytes: Uint8Array, start: number, end: number, value: number): void {
    const length = end - start;
    if (length > this.#keys.length >> 4) return;
    if (this.#entries === this.#maxEntries || this.#keysEnd + length > this.#keys.length) this.#clear();
    const mask = this.#mask;
    let slot = this.#hash & mask;
    for (let probe = 1; this.#lengths[slot] !== 0; probe++) {
      if (probe === LONGEST_PROBE) return;
      slot = (slot + 1) & mask;
    }
    this.#hashes[slot] = this.#hash;
    this.#starts[slot] = this.#keysEnd;
    this.#lengths[slot] = length + 1;
    this.#values[slot] = value;
    this.#keys.set(bytes.subarray(start, end), this.#keysEnd);
    this.#keysEnd += length;
    this.#entries++;
  }

  #same(slot: number, bytes: Uint8Array, start: number, length: number): boolean {
    const keys = this.#keys;
    const at = this.#starts[slot]!;
    for (let i = 0; i < length; i++) {
      if (keys[at + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  #clear(): void {
    this.#lengths.fill(0);
    this.#entries = 0;
    this.#keysEnd = 0;
  }
}
