/** From a reading's URI to the number of its route. Routes are numbered as they appear. */

import type { Reading } from '../parse/reading.ts';
import { ByteTable } from './byte-table.ts';
import { groupPath, pathOf } from './path.ts';
import { LONGEST_NUMBER } from './placeholders.ts';

/** Names the route of a URI (with its query, as the server logged it); undefined leaves it to the built-in grouping. */
export type RouteFunction = (uri: string) => string | undefined;

export interface RouterOptions {
  /** Replace values in paths by placeholders. */
  group: boolean;
  /** Asked first when given. Called once per distinct URI or so, hence to be pure. */
  route: RouteFunction | undefined;
  /** More routes than this share {@link OTHER_ROUTES}. */
  maxRoutes: number;
  /** Whether the report is about a route; the others are followed all the same, since they move memory too. */
  selects: (route: string) => boolean;
}

/** The row of all routes beyond the bound. */
export const OTHER_ROUTES = '(other routes)';

const CACHED_PATHS = 2 ** 15;
const CACHED_BYTES = 2 ** 22;
const MAX_EXAMPLES = 2;
/** Longer route names and examples are cut: they come from whoever sends requests. */
const LONGEST_NAME = 1024;

const FOLDED_LENGTH = 4096;
/** Stands for a number in a folded path; itself one, so that no other path is taken for it. */
const NUMBER = 0x30;

const [QUESTION_MARK, HASH_SIGN, SLASH, DIGIT_0, DIGIT_9] = [0x3f, 0x23, 0x2f, 0x30, 0x39];

export class Router {
  readonly #options: RouterOptions;
  readonly #cache = new ByteTable(CACHED_PATHS, CACHED_BYTES);
  readonly #folded = Buffer.alloc(FOLDED_LENGTH);
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #examples: string[][] = [];
  readonly #hidden: boolean[] = [];
  readonly #twins: (number | undefined)[] = [];

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** How many routes there are. */
  get count(): number {
    return this.#names.length;
  }

  has(name: string): boolean {
    return this.#numbers.has(name);
  }

  name(route: number): string {
    return this.#names[route]!;
  }

  /** Up to two raw paths of the route, the first ones seen. */
  examples(route: number): readonly string[] {
    return this.#examples[route]!;
  }

  /** The number of the reading's route. The reading must have a URI. */
  routeOf(reading: Reading): number {
    const { bytes, uriStart, uriEnd } = reading;
    if (this.#options.route) return this.#cached(bytes, uriStart, uriEnd, bytes, uriStart, uriEnd);
    if (!this.#options.group || uriEnd - uriStart > FOLDED_LENGTH) {
      const pathEnd = endOfPath(bytes, uriStart, uriEnd);
      return this.#cached(bytes, uriStart, pathEnd, bytes, uriStart, pathEnd);
    }
    const folded = foldNumbers(bytes, uriStart, uriEnd, this.#folded);
    return this.#cached(this.#folded, 0, folded, bytes, uriStart, uriEnd);
  }

  /** Looks the key up; when it is new, the URI is resolved. */
  #cached(key: Buffer, keyStart: number, keyEnd: number, bytes: Buffer, uriStart: number, uriEnd: number): number {
    let route = this.#cache.get(key, keyStart, keyEnd);
    if (route < 0) {
      route = this.#resolve(bytes.toString('utf8', uriStart, uriEnd));
      this.#cache.set(key, keyStart, keyEnd, route);
    }
    return route;
  }

  /** Whether the report leaves the route out. */
  isHidden(route: number): boolean {
    return this.#hidden[route]!;
  }

  /** A route of the same name for the requests that the report leaves out. */
  hiddenTwin(route: number): number {
    let twin = this.#twins[route];
    if (twin === undefined) {
      twin = this.#add(this.#names[route]!, true);
      this.#twins[route] = twin;
    }
    return twin;
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
    const route = this.#add(name, !this.#options.selects(name));
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

function endOfPath(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== QUESTION_MARK && bytes[at] !== HASH_SIGN) at++;
  return at;
}

/**
 * Copies the path of a URI, with one byte for every segment that is a number: groupPath gives all numbers one placeholder, so these
 * paths share their route, and a million order numbers need one place in the cache. Returns the copy's end.
 */
function foldNumbers(bytes: Uint8Array, start: number, end: number, folded: Uint8Array): number {
  let length = 0;
  let segment = 0;
  // Only what stands between slashes is a segment that groupPath looks at.
  let numeric = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUESTION_MARK || byte === HASH_SIGN) break;
    if (byte === SLASH) {
      if (numeric && length > segment) length = foldSegment(folded, segment, length);
      folded[length++] = byte;
      segment = length;
      numeric = true;
    } else {
      if (byte < DIGIT_0 || byte > DIGIT_9) numeric = false;
      folded[length++] = byte;
    }
  }
  return numeric && length > segment ? foldSegment(folded, segment, length) : length;
}

function foldSegment(folded: Uint8Array, segment: number, length: number): number {
  if (length - segment > LONGEST_NUMBER) return length;
  folded[segment] = NUMBER;
  return segment + 1;
}

/** A string of its own: a slice would keep the whole text it was cut from alive. */
function copyOf(text: string): string {
  const short = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return Buffer.from(short, 'utf8').toString('utf8');
}
