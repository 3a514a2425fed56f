/**
 * Where a rule is for one method only, a path alone does not tell the route. What is kept for a path is then the number of a
 * choice: the route for each method that rules name, and for all others.
 */
import type { Reading } from '../../parse/reading.ts';
import type { Archive, Archived } from '../../state/archive.ts';

export interface NamedRoute {
  name: string;
  /** By a rule or the caller. */
  isGiven: boolean;
}

interface Choice {
  /** In the order of the methods, and then for all others; a single one for all. */
  routes: NamedRoute[];
  /** The path that showed it first. */
  path: string;
}

export class MethodRoutes implements Archived {
  readonly methods: readonly string[];
  #choices: Choice[] = [];
  #numbers = new Map<string, number>();

  constructor(methods: readonly string[]) {
    this.methods = methods;
  }

  number(routes: readonly NamedRoute[], path: string): number {
    const single = routes.every(({ name }) => name === routes[0]?.name);
    const kept = single ? routes.slice(0, 1) : [...routes];
    const text = kept.map(({ name }) => name).join('\n');
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#choices.length);
    return this.#choices.push({ routes: kept, path }) - 1;
  }

  /** How many there are. */
  get size(): number {
    return this.#choices.length;
  }

  of(choice: number, reading: Reading): { route: NamedRoute; path: string } {
    const { routes, path } = this.#choices[choice]!;
    const at = routes.length === 1 ? 0 : this.methods.indexOf(reading.method().toUpperCase());
    return { route: (at < 0 ? routes.at(-1) : routes[at])!, path };
  }

  transfer(archive: Archive): void {
    this.#choices = archive.value(this.#choices);
    this.#numbers = archive.value(this.#numbers);
  }
}
