/**
 * Keeps apart, within a route, the requests that a leak may depend on: those with an error status, and those with each value
 * of one query parameter that has only a few. The report adds them up again; where one part carries the leak of all, it says so.
 */
import type { Reading } from '../parse/reading.ts';
import type { Archive, Archived } from '../state/archive.ts';
import { parameterIn, parametersOf, queryStart } from './query.ts';

/** Of a route: '' for what is not told apart. */
export interface RoutePart {
  /** An error status: `500`. */
  status: string;
  /** `flag=1`, or `flag` for requests without it. */
  query: string;
}

export const WHOLE: RoutePart = { status: '', query: '' };

/** The lowest status that is kept apart. */
export const FIRST_ERROR = 400;
/** Calls of a route that are looked at before its parameter is chosen. */
const SAMPLE = 48;
const MOST_NAMES = 8;
/** More than any run has. */
const MOST_ROUTES = 2 ** 28;
/** More different values make no parts. */
const MOST_VALUES = 4;
/** Of the sample: a rarer value shows nothing. */
const LEAST_SHARE = 0.08;

type Choice = { seen: number; values: Map<string, Map<string, number>> } | { name: string } | 'none';

export class Parts implements Archived {
  /** Per route: whether its queries are looked at, or may come to be. */
  watched: Uint8Array = new Uint8Array(256).fill(1);
  /** By origin and route: what is chosen on one host does not depend on another host's requests. */
  #choices = new Map<number, Choice>();
  /** Bytes of the names chosen. */
  #names = new Map<string, Uint8Array>();
  /** That `watched` is about. */
  #origin = 0;

  /** {@link watched} for requests of an origin. */
  watchedIn(origin: number): Uint8Array {
    if (origin !== this.#origin) {
      this.watched.fill(1);
      this.#origin = origin;
    }
    return this.watched;
  }

  /** The text of the part that the reading belongs to, or undefined for the rest of the route. */
  partOf(route: number, reading: Reading, byStatus: boolean, byQuery: boolean): RoutePart | undefined {
    const status = byStatus && reading.status >= FIRST_ERROR ? String(reading.status) : '';
    const query = byQuery && reading.hasUri ? this.#queryPart(route, reading) : '';
    return status === '' && query === '' ? undefined : { status, query };
  }

  #queryPart(route: number, { bytes, uriStart, uriEnd, origin }: Reading): string {
    const key = origin * MOST_ROUTES + route;
    const choice = this.#choices.get(key);
    if (choice === 'none') return '';
    const start = queryStart(bytes, uriStart, uriEnd);
    if (choice !== undefined && 'name' in choice) {
      const name = this.#names.get(choice.name) ?? Buffer.from(choice.name);
      this.#names.set(choice.name, name);
      const value = start < 0 ? undefined : parameterIn(bytes, start, uriEnd, name);
      return value === undefined ? choice.name : `${choice.name}=${value}`;
    }
    const sample = choice ?? { seen: 0, values: new Map() };
    this.#choices.set(key, sample);
    sample.seen++;
    if (start >= 0) note(sample.values, parametersOf(bytes.toString('utf8', start, Math.min(uriEnd, start + 512))));
    if (sample.seen === SAMPLE) {
      const chosen = choose(sample);
      this.#choices.set(key, chosen);
      if (chosen === 'none' && origin === this.#origin) this.#rest(route);
    }
    return '';
  }

  /** No request of the route needs to be looked at again for its query. */
  #rest(route: number): void {
    while (route >= this.watched.length) {
      const wider = new Uint8Array(2 * this.watched.length).fill(1);
      wider.set(this.watched);
      this.watched = wider;
    }
    this.watched[route] = 0;
  }

  transfer(archive: Archive): void {
    this.watched = archive.value(this.watched);
    this.#choices = archive.value(this.#choices);
    this.#origin = archive.value(this.#origin);
  }
}

/** How many of a route's first calls are looked at. */
export const SAMPLED_CALLS: number = SAMPLE;

/** The parameter that is chosen by the queries of so many calls, in any order; undefined for none. */
export function dividingParameter(queries: readonly string[]): string | undefined {
  const values = new Map<string, Map<string, number>>();
  for (const query of queries) note(values, parametersOf(query));
  const choice = choose({ seen: queries.length, values });
  return choice !== 'none' && 'name' in choice ? choice.name : undefined;
}

function note(values: Map<string, Map<string, number>>, parameters: ReadonlyMap<string, string>): void {
  for (const [name, value] of parameters) {
    const counts = values.get(name) ?? new Map<string, number>();
    if (!values.has(name)) {
      if (values.size === MOST_NAMES) continue;
      values.set(name, counts);
    }
    // One more than may be tells that there are too many.
    if (counts.has(value) || counts.size <= MOST_VALUES) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
}

/** The parameter whose values divide the sample most evenly. */
function choose({ seen, values }: { seen: number; values: Map<string, Map<string, number>> }): Choice {
  let best: { name: string; largest: number } | undefined;
  for (const [name, counts] of values) {
    const present = [...counts.values()];
    const absent = seen - present.reduce((sum, count) => sum + count, 0);
    const all = (absent > 0 ? [...present, absent] : present).filter((count) => count >= LEAST_SHARE * seen);
    const largest = Math.max(...all);
    if (counts.size > MOST_VALUES || all.length < 2) continue;
    if (best === undefined || largest < best.largest) best = { name, largest };
  }
  return best === undefined ? 'none' : { name: best.name };
}
