/** From a reading's URI to the number of its route. Routes are numbered as they appear. */

import type { Reading } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { PATHS, type ScanFunctions, type ScanMemory } from '../wasm/scan-memory.ts';
import { MAX_EXAMPLES, mergeExamples } from './examples.ts';
import { NO_KEY, type RouteKey, type RouteKeys, splits } from './keys.ts';
import { type RoutePart, WHOLE } from './parts.ts';
import { groupPath, normalPath, pathOf } from './path.ts';
import { PathTree } from './path-tree.ts';
import type { RouteFunction } from './route-function.ts';
import { MethodRoutes, type NamedRoute } from './rules/method-routes.ts';
import type { Rules } from './rules/rules.ts';
import { Variants } from './variants.ts';

export interface RouterOptions {
  /** Replace values in paths by placeholders. */
  group: boolean;
  /** Asked first when given. Called once per distinct URI or so, hence to be pure. */
  route: RouteFunction | undefined;
  /** Asked next. */
  rules: Rules;
  /** What splits routes further. */
  by: RouteKeys;
  /** More routes than this share {@link OTHER_ROUTES}. */
  maxRoutes: number;
}

/** The row of all routes beyond the bound. */
export const OTHER_ROUTES = '(other routes)';

/** Longer route names and examples are cut: they come from whoever sends requests. */
const LONGEST_NAME = 1024;

/** Longer URIs are looked for as they are. */
const FOLDED_LENGTH = 8192;

export class Router implements Archived {
  readonly #options: RouterOptions;
  /** Knows the routes of the paths seen lately. */
  readonly #paths: ScanFunctions;
  /** By place: which positions are full on one host does not depend on another host's requests. */
  #trees = new Map<string, PathTree>([['', new PathTree()]]);
  #place = '';
  #tree: PathTree = this.#trees.get('')!;
  readonly #byMethod: MethodRoutes | undefined;
  readonly #variants: Variants;
  /** Whether numbers in a path can be looked up as one. */
  readonly #folds: boolean;
  #numbers = new Map<string, number>();
  #names: string[] = [];
  #examples: string[][] = [];
  /** How many requests of each route have been looked at for examples, in the present place; and in the others. */
  #shown: Uint8Array = new Uint8Array(64);
  #shownIn = new Map<string, Uint8Array>();
  #hidden: boolean[] = [];
  /** The log, a rule or the caller names them: no part of them is taken for a value. */
  #given = new Set<number>();
  #twins: (number | undefined)[] = [];

  /** @param hostOf the name of a reading's origin. */
  constructor(memory: ScanMemory, options: RouterOptions, hostOf: (reading: Reading) => string = () => '') {
    this.#paths = memory.functions;
    this.#options = options;
    const { rules, by, maxRoutes } = options;
    this.#byMethod = rules.methods.length > 0 ? new MethodRoutes(rules.methods) : undefined;
    this.#folds = options.group && !rules.seesNumbers;
    this.#variants = new Variants(by, {
      add: (route) => this.#addVariant(route),
      other: () => this.#number(OTHER_ROUTES),
      hostOf,
      maxRoutes,
    });
    // Where a path alone does not tell the route, every reading comes here.
    const needsReading = options.route !== undefined || this.#byMethod !== undefined || splits(by);
    memory.paths = needsReading ? PATHS.unknown : this.#folds ? PATHS.folded : PATHS.raw;
  }

  /** How many routes there are. */
  get count(): number {
    return this.#names.length;
  }

  /** Different paths (about) that share routes since their first segments were too many. */
  get crowdedPaths(): number {
    return [...this.#trees.values()].reduce((sum, tree) => sum + tree.crowdedPaths, 0);
  }

  /** Its path, or what the log or a rule calls it. */
  name(route: number): string {
    return this.#names[route]!;
  }

  /** What `--by` splits it by. */
  key(route: number): RouteKey {
    return this.#variants.keys[route] ?? NO_KEY;
  }

  /** Which of its requests it stands for, where these are kept apart. */
  part(route: number): RoutePart {
    return this.#variants.parts[route] ?? WHOLE;
  }

  /** The next readings are of this place; see {@link Source.place}. */
  enter(place: string): void {
    if (place === this.#place) return;
    this.#shownIn.set(this.#place, this.#shown);
    this.#place = place;
    this.#tree = this.#trees.get(place) ?? new PathTree();
    this.#trees.set(place, this.#tree);
    this.#shown = this.#shownIn.get(place) ?? new Uint8Array(64);
    this.#makeRoom();
    // They know what paths became in the other place.
    this.#paths.clear();
  }

  /** Per route, how many of its requests gave an example in the present place. */
  get shown(): Uint8Array {
    return this.#shown;
  }

  /** Up to two raw paths of the route: the smallest of those that its first two requests had in each place. */
  examples(route: number): readonly string[] {
    return this.#examples[route]!;
  }

  /** The number of the reading's route. The reading must name one, or have a URI in the memory this was made with. */
  routeOf(reading: Reading): number {
    return this.#show(this.#variants.of(this.#baseOf(reading), reading), reading);
  }

  #baseOf(reading: Reading): number {
    if (reading.routeName !== '') return this.#named(reading.routeName);
    const { address, uriStart, uriEnd } = reading;
    const paths = this.#paths;
    const start = address + uriStart;
    const end = address + uriEnd;
    const whole = this.#options.route !== undefined || uriEnd - uriStart >= FOLDED_LENGTH;
    let found = whole ? paths.find(start, end) : paths.findPath(start, end, this.#folds ? 1 : 0);
    if (found < 0) {
      found = this.#resolve(reading.uri());
      paths.keep(found);
    }
    if (this.#byMethod === undefined) return found;
    return this.#numberOf(this.#byMethod.of(found, reading));
  }

  /** The number that stands for the reading's part of its route, where that is kept apart; else -1. */
  partOf(route: number, reading: Reading): number {
    const part = this.#variants.partOf(route, reading);
    return part < 0 ? part : this.#show(part, reading);
  }

  /** Per route, 1 where the part of a request depends on more than its status. Routes beyond its end are to be looked at. */
  watchedIn(origin: number): Uint8Array {
    return this.#variants.watchedIn(origin);
  }

  /** Whether the report leaves the route out. */
  isHidden(route: number): boolean {
    return this.#hidden[route]!;
  }

  /** Whether the route is to stay as it is: the log named it itself, or a rule did. */
  isGiven(route: number): boolean {
    return this.#given.has(route);
  }

  /** A route of the same name for the requests that the report leaves out. */
  hiddenTwin(route: number): number {
    let twin = this.#twins[route];
    if (twin === undefined) {
      twin = this.#add(this.#names[route]!, true);
      if (this.#given.has(route)) this.#given.add(twin);
      this.#variants.copyKey(route, twin);
      this.#twins[route] = twin;
    }
    return twin;
  }

  /** A route that the log names itself: a task, Controller#action. It is taken as it is. */
  #named(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined && this.#given.has(known)) return known;
    const full = known === undefined && this.#isFull();
    const route = this.#number(full ? OTHER_ROUTES : copyOf(name));
    this.#given.add(route);
    return route;
  }

  /** The number of a route, or where methods matter of what they make of the path. */
  #resolve(uri: string): number {
    const path = pathOf(uri);
    const byMethod = this.#byMethod;
    if (byMethod === undefined) return this.#numberOf(this.#nameOf(uri, path, ''));
    if (byMethod.size >= 2 * this.#options.maxRoutes) return byMethod.number([{ name: OTHER_ROUTES, isGiven: false }]);
    return byMethod.number([...byMethod.methods, ''].map((method) => this.#nameOf(uri, path, method)));
  }

  #nameOf(uri: string, path: string, method: string): NamedRoute {
    const { route, group, rules } = this.#options;
    const given = route?.(uri) ?? (rules.isEmpty ? undefined : rules.match(normalPath(path), method)?.name);
    if (given !== undefined) return { name: given, isGiven: true };
    return { name: group ? this.#grouped(path) : path, isGiven: false };
  }

  #grouped(path: string): string {
    const name = groupPath(path);
    if (!name.startsWith('/') || name.length > LONGEST_NAME) return name;
    return this.#tree.place(name, this.#names.length >= this.#options.maxRoutes >> 1);
  }

  #numberOf({ name, isGiven }: NamedRoute): number {
    let route = this.#numbers.get(name);
    if (route === undefined) {
      route = this.#number(this.#isFull() ? OTHER_ROUTES : copyOf(name));
      if (isGiven) this.#given.add(route);
    }
    return route;
  }

  #show(route: number, reading: Reading): number {
    if (this.#shown[route]! < MAX_EXAMPLES) {
      this.#shown[route]!++;
      if (reading.routeName === '')
        this.#examples[route] = mergeExamples(this.#examples[route]!, [copyOf(pathOf(reading.uri()))]);
    }
    return route;
  }

  #isFull(): boolean {
    return this.#numbers.size >= this.#options.maxRoutes;
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const route = this.#add(name, false);
    this.#numbers.set(name, route);
    return route;
  }

  #addVariant(route: number): number {
    const variant = this.#add(this.#names[route]!, false);
    if (this.#given.has(route)) this.#given.add(variant);
    return variant;
  }

  #add(name: string, hidden: boolean): number {
    this.#names.push(name);
    this.#examples.push([]);
    this.#hidden.push(hidden);
    this.#makeRoom();
    return this.#names.length - 1;
  }

  #makeRoom(): void {
    if (this.#names.length <= this.#shown.length) return;
    const shown = new Uint8Array(Math.max(this.#names.length, this.#shown.length * 2));
    shown.set(this.#shown);
    this.#shown = shown;
  }

  transfer(archive: Archive): void {
    this.#place = archive.value(this.#place);
    const places = archive.value([...this.#trees.keys()]);
    const trees = archive.list([...this.#trees.values()], () => new PathTree());
    this.#trees = new Map(places.map((place, i) => [place, trees[i]!]));
    this.#tree = this.#trees.get(this.#place) ?? new PathTree();
    this.#trees.set(this.#place, this.#tree);
    this.#variants.transfer(archive);
    this.#byMethod?.transfer(archive);
    this.#numbers = archive.value(this.#numbers);
    this.#names = archive.value(this.#names);
    this.#examples = archive.value(this.#examples);
    this.#hidden = archive.value(this.#hidden);
    this.#given = archive.value(this.#given);
    this.#twins = archive.value(this.#twins);
    this.#shown = archive.value(this.#shown);
    this.#shownIn = archive.value(this.#shownIn);
  }
}

/** A string of its own: a slice would keep the whole text it was cut from alive. */
function copyOf(text: string): string {
  const short = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return Buffer.from(short, 'utf8').toString('utf8');
}
