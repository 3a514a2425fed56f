/**
 * Writes the state of an analysis down and reads it back. Each class has one method, `transfer`, that does both, value by
 * value in the same order, so what is written and what is read cannot come to differ.
 */
import { deserialize, serialize } from 'node:v8';

export interface Archived {
  /** Hands every value of the state to the archive, and takes what it answers in its place. */
  transfer: (archive: Archive) => void;
}

export class Archive {
  readonly isReading: boolean;
  readonly #values: unknown[];
  #at = 0;

  private constructor(isReading: boolean, values: unknown[]) {
    this.isReading = isReading;
    this.#values = values;
  }

  /** The state as bytes, for this version of the program alone. */
  static bytesOf(state: Archived): Buffer {
    const archive = new Archive(false, []);
    state.transfer(archive);
    return serialize(archive.#values);
  }

  /** Gives an object, fresh from its constructor, the state that was written. */
  static read(bytes: Uint8Array, state: Archived): void {
    state.transfer(new Archive(true, deserialize(bytes)));
  }

  /** Plain data: numbers, texts, typed arrays, and lists, maps and plain objects of these. */
  value<T>(now: T): T {
    if (!this.isReading) {
      this.#values.push(now);
      return now;
    }
    const value = this.#values[this.#at++] as T;
    // A view would keep all the bytes alive that were read.
    return ArrayBuffer.isView(value) ? ((value as unknown as Uint8Array).slice() as unknown as T) : value;
  }

  /** Objects in a list: as many as were written, made empty when reading. */
  list<T extends Archived>(now: readonly T[], make: () => T): T[] {
    const count = this.value(now.length);
    const items = this.isReading ? Array.from({ length: count }, make) : [...now];
    for (const item of items) item.transfer(this);
    return items;
  }
}
