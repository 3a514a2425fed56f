/** Which requests a report is about. */
import { ABSENT, type Reading } from './parse/reading.ts';

/** An expression of linear time; see linear-regex.ts. */
export interface TextTest {
  test: (text: string) => boolean;
}

export interface Selection {
  /** The server's wall clock in milliseconds as if UTC, inclusive. */
  since: number | undefined;
  until: number | undefined;
  /** Inclusive ranges of HTTP statuses; empty means all. */
  statuses: readonly (readonly [from: number, to: number])[];
  /** Upper-case methods; empty means all. */
  methods: readonly string[];
  /** A route is in when one of these matches it (or there is none), and none of `exclude` does. */
  match: readonly TextTest[];
  exclude: readonly TextTest[];
}

export const EVERYTHING: Selection = {
  since: undefined,
  until: undefined,
  statuses: [],
  methods: [],
  match: [],
  exclude: [],
};

export type Place = 'before' | 'inside' | 'after';

/** Where a reading lies relative to the chosen times. A request without a time is inside. */
export function placeInTime(selection: Selection, time: number): Place {
  if (time === ABSENT) return 'inside';
  if (selection.since !== undefined && time < selection.since) return 'before';
  if (selection.until !== undefined && time > selection.until) return 'after';
  return 'inside';
}

/** Whether status and method are among the chosen ones. */
export function selectsRequest(selection: Selection, reading: Reading): boolean {
  const { statuses, methods } = selection;
  if (statuses.length > 0 && !statuses.some(([from, to]) => reading.status >= from && reading.status <= to))
    return false;
  return methods.length === 0 || methods.includes(reading.method().toUpperCase());
}

export function selectsRoute(selection: Selection, route: string): boolean {
  const { match, exclude } = selection;
  return (match.length === 0 || match.some((part) => part.test(route))) && !exclude.some((part) => part.test(route));
}
