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

/** In the order of the methods, and then for all others; a single one for all. */
type Choice = NamedRoute[];

export class MethodRoutes implements Archived {
  readonly methods: readonly string[];
  #choices: Choice[] = [];
  #numbers = new Map<string, number>();

  constructor(methods: readonly string[]) {
    this.methods = methods;
  }

  number(routes: readonly NamedRoute[]): number {
    const single = routes.every(({ name }) => name === routes[0]?.name);
    const kept = single ? routes.slice(0, 1) : [...routes];
    const text = kept.map(({ name }) => name).join('\n');
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#choices.length);
    return this.#choices.push(kept) - 1;
  }

  /** How many there are. */
  get size(): number {
    return this.#choices.length;
  }

  of(choice: number, reading: Reading): NamedRoute {
    const routes = this.#choices[choice]!;
    const at = routes.length === 1 ? 0 : this.methods.indexOf(reading.method().toUpperCase());
    return (at < 0 ? routes.at(-1) : routes[at])!;
  }

  transfer(archive: Archive): void {
    this.#choices = archive.value(this.#choices);
    this.#numbers = archive.value(this.#numbers);
  }
}
