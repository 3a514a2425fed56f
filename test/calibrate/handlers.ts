/** What requests do with memory: the ways in which routes of real applications leak, or only look as if they did. */
import type { Random } from '../support/random.ts';
import type { Block, Heap } from './heap.ts';

export const KINDS = ['none', 'leak', 'bloat', 'churn', 'cache', 'slowcache', 'warmup', 'last'] as const;
export type Kind = (typeof KINDS)[number];

export interface Handler {
  kind: Kind;
  /** Bytes: kept per leak, borrowed, of an entry, or loaded once. */
  bytes: number;
  /** Of leaks: the share of calls that leak. */
  share: number;
  /** Pieces it takes its memory in. */
  pieces: number;
  /** Of caches: entries it holds, and keys there are. Of warm-ups: calls until it is warm. */
  entries: number;
  keys: number;
  /** Borrowed by every call of it. */
  temporary: number;
  /** Kept by every call besides: what a change of the program added. */
  addedLeak: number;
}

export function makeHandler(kind: Kind, random: Random): Handler {
  const between = (low: number, high: number) => Math.round(low * (high / low) ** random.next());
  const one = (...values: number[]) => values[random.integer(values.length)]!;
  const handler = {
    kind,
    bytes: 0,
    share: 1,
    pieces: 1,
    entries: 0,
    keys: 0,
    temporary: between(200, 40_000),
    addedLeak: 0,
  };
  switch (kind) {
    case 'leak':
      return { ...handler, bytes: between(400, 1_500_000), share: one(1, 1, 1, 1, 0.4, 0.15), pieces: one(1, 1, 8) };
    case 'bloat':
      return { ...handler, bytes: between(1e6, 4e7), pieces: one(1, 40, 200) };
    case 'churn':
      return { ...handler, bytes: between(2e5, 6e6), pieces: 60 };
    case 'cache': {
      const entries = between(20, 300);
      return { ...handler, bytes: between(500, 50_000), entries, keys: entries * one(1, 3, 10) };
    }
    case 'slowcache': {
      const entries = between(500, 3000);
      return { ...handler, bytes: between(500, 10_000), entries, keys: entries * one(1, 3, 10) };
    }
    case 'warmup':
      return { ...handler, bytes: between(5e5, 2e7), pieces: 40, entries: one(1, 1, 1, 3, 10) };
    case 'last':
      return { ...handler, bytes: between(1000, 2e6) };
    case 'none':
      return handler;
  }
}

/** What a process holds for its routes. */
export class Process {
  readonly heap: Heap;
  /** Bytes leaked, by route. */
  readonly leaked = new Map<number, number>();
  readonly #random: Random;
  readonly #caches = new Map<number, Map<number, Block>>();
  readonly #warm = new Map<number, number>();

  constructor(heap: Heap, random: Random) {
    this.heap = heap;
    this.#random = random;
  }

  /** @returns what the request gives back at its end. */
  begin(route: number, handler: Handler): Block[] {
    const { heap } = this;
    const random = this.#random;
    const borrowed = [heap.take(handler.temporary * (0.5 + random.next())), heap.take(handler.temporary / 4)];
    if (handler.addedLeak > 0) this.#leak(route, handler.addedLeak, 1);
    switch (handler.kind) {
      case 'leak':
        if (random.next() < handler.share) this.#leak(route, handler.bytes, handler.pieces);
        break;
      case 'bloat':
      case 'churn': {
        const bytes = handler.bytes * (handler.kind === 'bloat' ? 0.2 + 0.8 * random.next() : 1);
        for (let i = 0; i < handler.pieces; i++) borrowed.push(heap.take(bytes / handler.pieces));
        break;
      }
      case 'cache':
      case 'slowcache':
        this.#remember(route, handler, random.integer(handler.keys), handler.bytes);
        break;
      case 'last':
        this.#remember(
          route,
          { ...handler, entries: 1 },
          random.integer(2 ** 30),
          handler.bytes * (0.5 + random.next()),
        );
        break;
      case 'warmup': {
        const loaded = this.#warm.get(route) ?? 0;
        this.#warm.set(route, loaded + 1);
        if (loaded >= handler.entries) break;
        const size = handler.bytes / handler.pieces / handler.entries;
        for (let i = 0; i < handler.pieces; i++) heap.take(size);
        break;
      }
      case 'none':
        break;
    }
    // What was taken last is not always given back first.
    borrowed.push(heap.take(200 + random.integer(4000)));
    return borrowed;
  }

  #leak(route: number, bytes: number, pieces: number): void {
    for (let i = 0; i < pieces; i++) this.heap.take(bytes / pieces);
    this.leaked.set(route, (this.leaked.get(route) ?? 0) + bytes);
  }

  #remember(route: number, { entries }: Handler, key: number, bytes: number): void {
    const cache = this.#caches.get(route) ?? new Map<number, Block>();
    this.#caches.set(route, cache);
    if (cache.has(key)) return;
    for (const [oldest, block] of cache) {
      if (cache.size < entries) break;
      cache.delete(oldest);
      this.heap.give(block);
    }
    cache.set(key, this.heap.take(bytes));
  }
}
