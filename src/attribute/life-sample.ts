/**
 * The followed lives of a sum: of too many those with the smallest hashes, as in followed-lives.ts, and each as small as so many
 * make it. So thousands of hosts take the memory of one log.
 */
import { compareTexts } from '../term/compare-texts.ts';
import { compacted } from './coarse-life.ts';
import { floorsPerLife, hashOf, MAX_LIVES } from './followed-lives.ts';
import type { LifeEvidence } from './life.ts';

export class LifeSample {
  readonly #lives = new Map<string, LifeEvidence>();
  #limit = 2 ** 32;
  /** No life has more floors than twice this. */
  #mostFloors = Number.POSITIVE_INFINITY;

  /** @param life is asked for only when it is among the sample so far. */
  add(worker: string, life: () => LifeEvidence): void {
    if (hashOf(worker) >= this.#limit) return;
    const mostFloors = floorsPerLife(Math.min(this.#lives.size + 1, MAX_LIVES));
    this.#lives.set(worker, compacted(life(), mostFloors));
    if (mostFloors * 2 <= this.#mostFloors) {
      this.#mostFloors = mostFloors;
      for (const [name, known] of this.#lives) this.#lives.set(name, compacted(known, mostFloors));
    }
    if (this.#lives.size >= 2 * MAX_LIVES) this.#trim();
  }

  /** By the workers' names. */
  sample(): ReadonlyMap<string, LifeEvidence> {
    if (this.#lives.size > MAX_LIVES) this.#trim();
    return this.#lives;
  }

  #trim(): void {
    const sorted = [...this.#lives.keys()]
      .map((name) => ({ name, hash: hashOf(name) }))
      .sort((a, b) => a.hash - b.hash || compareTexts(a.name, b.name));
    for (const { name } of sorted.slice(MAX_LIVES)) this.#lives.delete(name);
    this.#limit = sorted[MAX_LIVES]?.hash ?? this.#limit;
  }
}
