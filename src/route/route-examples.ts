/** The paths shown for routes: the smallest of those that the first two requests of each had in each place. */
import type { Archive, Archived } from '../state/archive.ts';
import { MAX_EXAMPLES, mergeExamples } from './examples.ts';

export class RouteExamples implements Archived {
  #examples: string[][] = [];
  /** How many requests of each route have been looked at, in the present place; and in the others. */
  #shown: Uint8Array = new Uint8Array(64);
  #shownIn = new Map<string, Uint8Array>();

  /** Per route, how many of its requests gave an example in the present place; for so many routes at least. */
  shownOf(count: number): Uint8Array {
    this.#makeRoom(count);
    return this.#shown;
  }

  of(route: number): readonly string[] {
    return this.#examples[route] ?? [];
  }

  /** Whether the next request of the route is one of the first; it counts as looked at. */
  wants(route: number): boolean {
    this.#makeRoom(route + 1);
    if (this.#shown[route]! >= MAX_EXAMPLES) return false;
    this.#shown[route]!++;
    return true;
  }

  show(route: number, path: string): void {
    this.#examples[route] = mergeExamples(this.of(route), [path]);
  }

  /** The next requests are of another place. */
  move(from: string, to: string): void {
    this.#shownIn.set(from, this.#shown);
    this.#shown = this.#shownIn.get(to) ?? new Uint8Array(64);
  }

  #makeRoom(count: number): void {
    if (count <= this.#shown.length) return;
    const shown = new Uint8Array(Math.max(count, this.#shown.length * 2));
    shown.set(this.#shown);
    this.#shown = shown;
  }

  transfer(archive: Archive): void {
    this.#examples = archive.value(this.#examples);
    this.#shown = archive.value(this.#shown);
    this.#shownIn = archive.value(this.#shownIn);
  }
}
