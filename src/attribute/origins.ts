/** Numbers for the places where lines are written: hosts, pods, containers. 0 is a log that does not say. */

import type { Archive, Archived } from '../state/archive.ts';

/** More origins than this share one number: they come from text in the log. */
const MOST_ORIGINS = 100_000;
const LONGEST_NAME = 512;

export class Origins implements Archived {
  #names: string[] = [''];
  #numbers = new Map<string, number>([['', 0]]);

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    // A string of its own: a slice would keep the whole line alive.
    const own = Buffer.from(name.slice(0, LONGEST_NAME), 'utf8').toString('utf8');
    const cut = this.#numbers.get(own);
    if (cut !== undefined) return cut;
    if (this.#names.length >= MOST_ORIGINS) return MOST_ORIGINS - 1;
    this.#numbers.set(own, this.#names.length);
    return this.#names.push(own) - 1;
  }

  transfer(archive: Archive): void {
    this.#names = archive.value(this.#names);
    this.#numbers = archive.value(this.#numbers);
  }

  name(origin: number): string {
    return this.#names[origin] ?? '';
  }
}
