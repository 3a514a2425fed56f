/** From a reading's URI to the number of its route. Routes are numbered as they appear. */

import type { Reading } from '../parse/reading.ts';
import { PATHS, type ScanFunctions, type ScanMemory } from '../wasm/scan-memory.ts';
import { groupPath, pathOf } from './path.ts';
import type { RouteFunction } from './route-function.ts';

export interface RouterOptions {
  /** Replace values in paths by placeholders. */
  group: boolean;
  /** Asked first when given. Called once per distinct URI or so, hence to be pure. */
  route: RouteFunction | undefined;
  /** More routes than this share {@link OTHER_ROUTES}. */
  maxRoutes: number;
}

/** The row of all routes beyond the bound. */
export const OTHER_ROUTES = '(other routes)';

const MAX_EXAMPLES = 2;
/** Longer route names and examples are cut: they come from whoever sends requests. */
const LONGEST_NAME = 1024;

/** Longer URIs are looked for as they are. */
const FOLDED_LENGTH = 8192;

export class Router {
  readonly #options: RouterOptions;
  /** Knows the routes of the paths seen lately. */
  readonly #paths: ScanFunctions;
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #examples: string[][] = [];
  readonly #hidden: boolean[] = [];
  /** The log names them itself. */
  readonly #given = new Set<number>();
  readonly #twins: (number | undefined)[] = [];

  constructor(memory: ScanMemory, options: RouterOptions) {
    this.#paths = memory.functions;
    memory.paths = options.route !== undefined ? PATHS.unknown : options.group ? PATHS.folded : PATHS.raw;
    this.#options = options;
  }

  /** How many routes there are. */
  get count(): number {
    return this.#names.length;
  }

  name(route: number): string {
    return this.#names[route]!;
  }

  /** Up to two raw paths of the route, the first ones seen. */
  examples(route: number): readonly string[] {
    return this.#examples[route]!;
  }

  /** The number of the reading's route. The reading must name one, or have a URI in the memory this was made with. */
  routeOf(reading: Reading): number {
    if (reading.routeName !== '') return this.#named(reading.routeName);
    const { address, uriStart, uriEnd } = reading;
    const paths = this.#paths;
    const start = address + uriStart;
    const end = address + uriEnd;
    const whole = this.#options.route !== undefined || uriEnd - uriStart >= FOLDED_LENGTH;
    let route = whole ? paths.find(start, end) : paths.findPath(start, end, this.#options.group ? 1 : 0);
    if (route < 0) {
      route = this.#resolve(reading.uri());
      paths.keep(route);
    }
    return route;
  }

  /** Whether the report leaves the route out. */
  isHidden(route: number): boolean {
    return this.#hidden[route]!;
  }

  /** Whether the log named the route itself, as a task for example: it is to stay as it is. */
  isGiven(route: number): boolean {
    return this.#given.has(route);
  }

  /** A route of the same name for the requests that the report leaves out. */
  hiddenTwin(route: number): number {
    let twin = this.#twins[route];
    if (twin === undefined) {
      twin = this.#add(this.#names[route]!, true);
      if (this.#given.has(route)) this.#given.add(twin);
      this.#twins[route] = twin;
    }
    return twin;
  }

  /** A route that the log names itself: a task, Controller#action. It is taken as it is. */
  #named(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined && this.#given.has(known)) return known;
    const full = known === undefined && this.#names.length >= this.#options.maxRoutes;
    const route = this.#number(full ? OTHER_ROUTES : copyOf(name));
    this.#given.add(route);
    return route;
  }

  #resolve(uri: string): number {
    const path = pathOf(uri);
    const name = this.#options.route?.(uri) ?? (this.#options.group ? groupPath(path) : path);
    let route = this.#numbers.get(name);
    if (route === undefined) {
      const full = this.#names.length >= this.#options.maxRoutes;
      route = full ? this.#number(OTHER_ROUTES) : this.#number(copyOf(name));
    }
    const examples = this.#examples[route]!;
    if (examples.length < MAX_EXAMPLES && !examples.includes(path)) examples.push(copyOf(path));
    return route;
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
    this.#examples.push([]);
    this.#hidden.push(hidden);
    return this.#names.length - 1;
  }
}

/** A string of its own: a slice would keep the whole text it was cut from alive. */
function copyOf(text: string): string {
  const short = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return Buffer.from(short, 'utf8').toString('utf8');
}
