/**
 * Which workers' lives are followed in detail. A log may hold any number of recycled workers; estimates need some thousand
 * windows. Kept are the lives whose names have the smallest hashes: a sample that does not depend on the order of the log,
 * and that is the same whether it is drawn from all workers or from the samples of parts of them.
 */
import type { Archive } from '../state/archive.ts';
import { LifeMemory } from '../wasm/life-memory.ts';
import { sizeClassOf } from './jumps.ts';
import { Life, MAX_FLOORS } from './life.ts';
import type { Worker } from './worker.ts';

export const MAX_LIVES = 240;
/** Floors of all lives together, about: more do not make the estimates better, only slower. */
const TOTAL_FLOORS = 2400;
const FEWEST_FLOORS = 20;
/** Lives beyond the sample that are followed before it is drawn anew: drawing takes time, and each of them memory. */
const SPARE_LIVES = 32;

/** How many floors each of so many lives may keep. */
export function floorsPerLife(lives: number): number {
  return Math.max(FEWEST_FLOORS, Math.min(MAX_FLOORS, Math.floor(TOTAL_FLOORS / Math.max(1, lives))));
}

export class FollowedLives {
  readonly #hashes = new Map<Worker, number>();
  #memory: LifeMemory | undefined;
  #limit = 2 ** 32;
  readonly #mostFloors = () => floorsPerLife(Math.min(this.#hashes.size, MAX_LIVES));

  /** Starts to follow a worker unless enough others come before it. */
  begin(worker: Worker): Life | null {
    const hash = hashOf(worker.name);
    if (hash >= this.#limit) return null;
    this.#hashes.set(worker, hash);
    if (this.#hashes.size >= MAX_LIVES + SPARE_LIVES) this.#trim();
    return this.#hashes.has(worker) ? this.#newLife() : null;
  }

  /** Also the lives of these workers, which must be all there are. */
  transfer(archive: Archive, workers: readonly Worker[]): void {
    this.#limit = archive.value(this.#limit);
    for (const worker of workers) {
      const kind = archive.value(
        worker.life === undefined ? 'not begun' : worker.life === null ? 'not followed' : 'followed',
      );
      if (kind === 'not begun') continue;
      if (archive.isReading) {
        worker.life = kind === 'followed' ? this.#newLife() : null;
        if (worker.life) this.#hashes.set(worker, hashOf(worker.name));
      }
      worker.life?.transfer(archive);
    }
  }

  /** Forgets all but the sample. */
  finish(): void {
    if (this.#hashes.size > MAX_LIVES) this.#trim();
  }

  /** What there was to know of the lives is known: they are followed no longer, and their memory goes. */
  forget(): void {
    for (const worker of this.#hashes.keys()) worker.life = null;
    this.#hashes.clear();
    this.#memory = undefined;
  }

  #newLife(): Life {
    this.#memory ??= new LifeMemory(sizeClassOf);
    return new Life(this.#mostFloors, this.#memory);
  }

  #trim(): void {
    const sorted = [...this.#hashes].sort(([a, x], [b, y]) => x - y || (a.name < b.name ? -1 : 1));
    for (const [worker] of sorted.slice(MAX_LIVES)) {
      this.#hashes.delete(worker);
      worker.life?.free();
      worker.life = null;
    }
    this.#limit = sorted[MAX_LIVES]?.[1] ?? this.#limit;
  }
}

/** FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // Names differ in their last digits, which reach only the low bits so far.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
