/** Routes by their numbers, in the order in which they appeared; beyond a bound all new names share one. */
import type { Archive, Archived } from '../state/archive.ts';

/** The row of all routes beyond the bound. */
export const OTHER_ROUTES = '(other routes)';

/** Longer route names and examples are cut: they come from whoever sends requests. */
export const LONGEST_NAME = 1024;

export class NumberedRoutes implements Archived {
  readonly #mostNames: number;
  #numbers = new Map<string, number>();
  #names: string[] = [];
  #hidden: boolean[] = [];
  /** The log, a rule or the caller names them: no part of them is taken for a value. */
  #given = new Set<number>();
  #twins: (number | undefined)[] = [];

  constructor(mostNames: number) {
    this.#mostNames = mostNames;
  }

  get count(): number {
    return this.#names.length;
  }

  /** Whether a new name gets no number of its own. */
  get isFull(): boolean {
    return this.#numbers.size >= this.#mostNames;
  }

  name(route: number): string {
    return this.#names[route]!;
  }

  isHidden(route: number): boolean {
    return this.#hidden[route]!;
  }

  isGiven(route: number): boolean {
    return this.#given.has(route);
  }

  numberOf(name: string, isGiven: boolean): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const route = this.isFull ? this.other() : this.#number(copyOf(name));
    if (isGiven) this.#given.add(route);
    return route;
  }

  /** Of a name that the log gives, which may be known from a path: then it is taken as it is from here on. */
  numberOfNamed(name: string): number {
    const route = this.numberOf(name, true);
    this.#given.add(route);
    return route;
  }

  /** Of all routes beyond the bound. */
  other(): number {
    return this.#number(OTHER_ROUTES);
  }

  /** Another route of the same name. */
  addLike(route: number, hidden = false): number {
    const added = this.#add(this.name(route), hidden);
    if (this.#given.has(route)) this.#given.add(added);
    return added;
  }

  /** The one of the same name for the requests that the report leaves out. */
  hiddenTwin(route: number, onNew: (twin: number) => void): number {
    let twin = this.#twins[route];
    if (twin === undefined) {
      twin = this.addLike(route, true);
      this.#twins[route] = twin;
      onNew(twin);
    }
    return twin;
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const route = this.#add(name, false);
    this.#numbers.set(name, route);
    return route;
  }

  #add(name: string, hidden: boolean): number {
    this.#names.push(name);
    this.#hidden.push(hidden);
    return this.#names.length - 1;
  }

  transfer(archive: Archive): void {
    this.#numbers = archive.value(this.#numbers);
    this.#names = archive.value(this.#names);
    this.#hidden = archive.value(this.#hidden);
    this.#given = archive.value(this.#given);
    this.#twins = archive.value(this.#twins);
  }
}

/** A string of its own: a slice would keep the whole text it was cut from alive. */
export function copyOf(text: string): string {
  const short = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return Buffer.from(short, 'utf8').toString('utf8');
}
