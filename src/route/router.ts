/** From a reading's URI to the number of its route. Routes are numbered as they appear. */

import type { Reading } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { PATHS, type ScanMemory } from '../wasm/scan-memory.ts';
import { NO_KEY, type RouteKey, type RouteKeys, splits } from './keys.ts';
import { KnownPaths } from './known-paths.ts';
import { copyOf, LONGEST_NAME, NumberedRoutes, OTHER_ROUTES } from './numbered-routes.ts';
import { type RoutePart, WHOLE } from './parts.ts';
import { groupPath, normalPath, pathOf } from './path.ts';
import { PathTrees } from './path-trees.ts';
import { RouteExamples } from './route-examples.ts';
import type { RouteFunction } from './route-function.ts';
import { MethodRoutes, type NamedRoute } from './rules/method-routes.ts';
import type { Rules } from './rules/rules.ts';
import { Variants } from './variants.ts';

export { OTHER_ROUTES } from './numbered-routes.ts';

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

export class Router implements Archived {
  readonly #options: RouterOptions;
  readonly #paths: KnownPaths;
  readonly #trees: PathTrees;
  readonly #byMethod: MethodRoutes | undefined;
  readonly #variants: Variants;
  /** Whether the form and the position of its segments alone tell the route of a path. */
  readonly #groupsAll: boolean;
  readonly #routes: NumberedRoutes;
  readonly #examples = new RouteExamples();

  /** @param hostOf the name of a reading's origin. */
  constructor(memory: ScanMemory, options: RouterOptions, hostOf: (reading: Reading) => string = () => '') {
    this.#options = options;
    const { rules, by, maxRoutes, route } = options;
    // Numbers in a path can be looked up as one.
    const folds = options.group && !rules.seesNumbers;
    this.#paths = new KnownPaths(memory, folds, route !== undefined);
    this.#trees = new PathTrees(maxRoutes);
    this.#routes = new NumberedRoutes(maxRoutes);
    this.#groupsAll = options.group && rules.isEmpty && route === undefined;
    this.#byMethod = rules.methods.length > 0 ? new MethodRoutes(rules.methods) : undefined;
    this.#variants = new Variants(by, {
      add: (route) => this.#routes.addLike(route),
      other: () => this.#routes.other(),
      hostOf,
      maxRoutes,
    });
    // Where a path alone does not tell the route, every reading comes here.
    const needsReading = route !== undefined || this.#byMethod !== undefined || splits(by);
    memory.paths = needsReading ? PATHS.unknown : folds ? PATHS.folded : PATHS.raw;
  }

  /** How many routes there are. */
  get count(): number {
    return this.#routes.count;
  }

  /** Different paths (about) that share routes since their first segments were too many. */
  get crowdedPaths(): number {
    this.#countCrowded();
    return this.#trees.crowdedPaths;
  }

  /** Its path, or what the log or a rule calls it. */
  name(route: number): string {
    return this.#routes.name(route);
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
    if (place === this.#trees.place) return;
    this.#countCrowded();
    this.#examples.move(this.#trees.place, place);
    this.#trees.enter(place);
    // They know what paths became in the other place.
    this.#paths.clear();
  }

  /** Per route, how many of its requests gave an example in the present place. */
  get shown(): Uint8Array {
    return this.#examples.shownOf(this.#routes.count);
  }

  /** Up to two raw paths of the route: the smallest of those that its first two requests had in each place. */
  examples(route: number): readonly string[] {
    return this.#examples.of(route);
  }

  /** The number of the reading's route. The reading must name one, or have a URI in the memory this was made with. */
  routeOf(reading: Reading): number {
    return this.#show(this.#variants.of(this.#baseOf(reading), reading), reading);
  }

  #baseOf(reading: Reading): number {
    if (reading.routeName !== '') return this.#routes.numberOfNamed(reading.routeName);
    let found = this.#paths.find(reading);
    if (found < 0) found = this.#groupsAll ? this.#group(reading.uri()) : this.#resolve(reading.uri());
    if (this.#byMethod === undefined) return found;
    return this.#numberOf(this.#byMethod.of(found, reading));
  }

  /** The number that stands for the reading's part of its route, where that is kept apart; else -1. */
  partOf(route: number, reading: Reading): number {
    const part = this.#variants.partOf(route, reading);
    return part < 0 ? part : this.#show(part, reading);
  }

  /** The parts that error statuses have made, by `statusKey`, for routes whose queries are not looked at. */
  get partsOfStatus(): ReadonlyMap<number, number> {
    return this.#variants.ofStatus;
  }

  /** Per route, 1 where the part of a request depends on more than its status. Routes beyond its end are to be looked at. */
  watchedIn(origin: number): Uint8Array {
    return this.#variants.watchedIn(origin);
  }

  /** Whether the report leaves the route out. */
  isHidden(route: number): boolean {
    return this.#routes.isHidden(route);
  }

  /** Whether the route is to stay as it is: the log named it itself, or a rule did. */
  isGiven(route: number): boolean {
    return this.#routes.isGiven(route);
  }

  /** A route of the same name for the requests that the report leaves out. */
  hiddenTwin(route: number): number {
    return this.#routes.hiddenTwin(route, (twin) => this.#variants.copyKey(route, twin));
  }

  /** The number of a route, or where methods matter of what they make of the path. */
  #resolve(uri: string): number {
    const route = this.#resolved(uri, pathOf(uri));
    this.#paths.keep(route);
    return route;
  }

  #resolved(uri: string, path: string): number {
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
    return isPlaced(name) ? (this.#trees.tree.place(name, this.#isCrowded) ?? OTHER_ROUTES) : name;
  }

  /** The same as resolving it where no rule asks for more, and scan.wasm is told what it takes to find the next one. */
  #group(uri: string): number {
    const name = groupPath(pathOf(uri));
    const isCrowded = this.#isCrowded;
    const { tree } = this.#trees;
    const placed = isPlaced(name) ? tree.place(name, isCrowded) : name;
    const route = this.#routes.numberOf(placed ?? OTHER_ROUTES, false);
    this.#paths.keep(route);
    const full = this.#routes.isFull ? this.#routes.other() : -1;
    this.#paths.tell(uri, tree, isPlaced(name) ? placed : undefined, route, isCrowded, full);
    return route;
  }

  get #isCrowded(): boolean {
    return this.#routes.count >= this.#options.maxRoutes >> 1;
  }

  #countCrowded(): void {
    this.#trees.tree.crowdedPaths += this.#paths.takeCrowded();
  }

  #numberOf({ name, isGiven }: NamedRoute): number {
    return this.#routes.numberOf(name, isGiven);
  }

  #show(route: number, reading: Reading): number {
    if (this.#examples.wants(route) && reading.routeName === '')
      this.#examples.show(route, copyOf(pathOf(reading.uri())));
    return route;
  }

  transfer(archive: Archive): void {
    if (!archive.isReading) this.#countCrowded();
    this.#trees.transfer(archive);
    this.#routes.transfer(archive);
    this.#examples.transfer(archive);
    this.#variants.transfer(archive);
    this.#byMethod?.transfer(archive);
  }
}

/** Whether a name has positions; endless ones are bounded by their number alone. */
function isPlaced(name: string): boolean {
  return name.startsWith('/') && name.length <= LONGEST_NAME;
}
