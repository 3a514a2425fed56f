/**
 * A model of a process's memory: blocks are put into the first hole they fit in, or on top; freed neighbours join; the top
 * goes back to the system when it is large enough, holes below it never do. What is asked for at once and large is mapped
 * apart and goes back whole. So memory borrowed by one request leaves holes that later ones fill, as in a real heap.
 */
const PAGE = 4096;
const TRIM_FROM = 128 * 1024;
const MAPPED_FROM = 512 * 1024;

export interface Block {
  /** Negative when it is mapped apart. */
  start: number;
  size: number;
}

export class Heap {
  /** Address order. */
  readonly #starts: number[] = [];
  readonly #sizes: number[] = [];
  #top: number;
  #mapped = 0;

  constructor(base: number) {
    this.#top = base;
  }

  get rss(): number {
    return Math.ceil(this.#top / PAGE) * PAGE + this.#mapped;
  }

  take(wanted: number): Block {
    const size = Math.max(32, Math.ceil(wanted / 16) * 16);
    if (size >= MAPPED_FROM) {
      const pages = Math.ceil(size / PAGE) * PAGE;
      this.#mapped += pages;
      return { start: -1, size: pages };
    }
    for (let i = 0; i < this.#sizes.length; i++) {
      if (this.#sizes[i]! < size) continue;
      const start = this.#starts[i]!;
      if (this.#sizes[i] === size) {
        this.#starts.splice(i, 1);
        this.#sizes.splice(i, 1);
      } else {
        this.#starts[i]! += size;
        this.#sizes[i]! -= size;
      }
      return { start, size };
    }
    const start = this.#top;
    this.#top += size;
    return { start, size };
  }

  give({ start, size }: Block): void {
    if (start < 0) {
      this.#mapped -= size;
      return;
    }
    const starts = this.#starts;
    const sizes = this.#sizes;
    let at = this.#placeOf(start);
    starts.splice(at, 0, start);
    sizes.splice(at, 0, size);
    if (at + 1 < starts.length && start + size === starts[at + 1]) {
      sizes[at]! += sizes[at + 1]!;
      starts.splice(at + 1, 1);
      sizes.splice(at + 1, 1);
    }
    if (at > 0 && starts[at - 1]! + sizes[at - 1]! === start) {
      sizes[at - 1]! += sizes[at]!;
      starts.splice(at, 1);
      sizes.splice(at, 1);
      at--;
    }
    if (starts[at]! + sizes[at]! === this.#top && sizes[at]! >= TRIM_FROM) {
      this.#top = starts[at]!;
      starts.pop();
      sizes.pop();
    }
  }

  #placeOf(start: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
