/** Splits routes by what `--by` asks for, and keeps those parts of them apart that a leak may depend on. */
import type { Reading } from '../parse/reading.ts';
import { ABSENT } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { NO_KEY, type RouteKey, type RouteKeys, splits } from './keys.ts';
import { Parts, type RoutePart } from './parts.ts';
import { parameterIn, queryStart } from './query.ts';

/** More parts of one route are the rest of it. */
export const MOST_PARTS: number = 8;

export interface VariantSource {
  /** A new number for a route of the same name. */
  add: (route: number) => number;
  /** The route of all beyond the bound. */
  other: () => number;
  hostOf: (reading: Reading) => string;
  maxRoutes: number;
}

const STATUSES = 1024;
const NO_KEY_OF_STATUS = -1;

/** Negative for what is no status. */
export function statusKey(route: number, status: number): number {
  return status >= 0 && status < STATUSES ? route * STATUSES + status : NO_KEY_OF_STATUS;
}

export class Variants implements Archived {
  /** Of the routes that `--by` made; sparse. */
  keys: (RouteKey | undefined)[] = [];
  /** Of the parts; sparse. */
  parts: (RoutePart | undefined)[] = [];
  /** The numbers of parts that are an error status and nothing else, by {@link statusKey}, as far as they were asked for. */
  readonly ofStatus: Map<number, number> = new Map();
  readonly #by: RouteKeys;
  readonly #splits: boolean;
  readonly #source: VariantSource;
  readonly #queryNames: { name: string; bytes: Uint8Array }[];
  readonly #chosen = new Parts();
  #keyed = new Map<string, number>();
  #partsOf: (Map<string, number> | undefined)[] = [];
  #partCount = 0;

  constructor(by: RouteKeys, source: VariantSource) {
    this.#by = by;
    this.#splits = splits(by);
    this.#source = source;
    this.#queryNames = by.query.map((name) => ({ name, bytes: Buffer.from(name) }));
  }

  /** The number of the route as the reading has it: split by what `--by` asks for. */
  of(route: number, reading: Reading): number {
    return this.#splits ? this.#keyedOf(route, reading) : route;
  }

  /** The number of the reading's part of the route, or -1. */
  partOf(route: number, reading: Reading): number {
    const part = this.#chosen.partOf(route, reading, !this.#by.status, this.#by.query.length === 0);
    if (part === undefined) return -1;
    const number = this.#numberOf(route, part);
    const key = statusKey(route, reading.status);
    if (part.query === '' && number >= 0 && key >= 0) this.ofStatus.set(key, number);
    return number;
  }

  watchedIn(origin: number): Uint8Array {
    return this.#chosen.watchedIn(origin);
  }

  /** Gives a route that stands for another one its key. */
  copyKey(from: number, to: number): void {
    if (this.keys[from]) this.keys[to] = this.keys[from];
  }

  #keyedOf(route: number, reading: Reading): number {
    const { method, status, host } = this.#by;
    const key: RouteKey = {
      ...NO_KEY,
      method: method ? reading.method().slice(0, 32) : '',
      status: status && reading.status !== ABSENT ? String(reading.status) : '',
      host: host ? this.#source.hostOf(reading) : '',
      query: this.#queryNames.length > 0 ? this.#queryOf(reading) : '',
    };
    const text = `${route}\n${key.method}\n${key.status}\n${key.host}\n${key.query}`;
    let variant = this.#keyed.get(text);
    if (variant === undefined) {
      if (this.#keyed.size >= this.#source.maxRoutes) return this.#source.other();
      variant = this.#source.add(route);
      this.keys[variant] = key;
      this.#keyed.set(text, variant);
    }
    return variant;
  }

  #queryOf({ bytes, uriStart, uriEnd, hasUri }: Reading): string {
    const start = hasUri ? queryStart(bytes, uriStart, uriEnd) : -1;
    if (start < 0) return '';
    return this.#queryNames
      .flatMap(({ name, bytes: wanted }) => {
        const value = parameterIn(bytes, start, uriEnd, wanted);
        return value === undefined ? [] : [`${name}=${value}`];
      })
      .join('&');
  }

  #numberOf(route: number, part: RoutePart): number {
    const known = this.#partsOf[route] ?? new Map<string, number>();
    this.#partsOf[route] = known;
    const text = `${part.status}\n${part.query}`;
    let variant = known.get(text);
    if (variant === undefined) {
      if (known.size >= MOST_PARTS || this.#partCount >= this.#source.maxRoutes) return -1;
      variant = this.#source.add(route);
      this.#partCount++;
      this.parts[variant] = part;
      this.copyKey(route, variant);
      known.set(text, variant);
    }
    return variant;
  }

  transfer(archive: Archive): void {
    this.keys = archive.value(this.keys);
    this.parts = archive.value(this.parts);
    this.#chosen.transfer(archive);
    this.#keyed = archive.value(this.#keyed);
    this.#partsOf = archive.value(this.#partsOf);
    this.#partCount = archive.value(this.#partCount);
  }
}
