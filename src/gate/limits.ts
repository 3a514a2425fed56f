/** What gates are asked for, checked once. */

import { UserError } from '../errors.ts';
import { linearRegex } from '../linear-regex.ts';
import type { Report } from '../report/report.ts';
import { parseBytes } from '../term/parse-bytes.ts';

/** Sizes are texts with a unit (`10KiB`, `50MB`) or numbers of bytes. */
export type Size = string | number;

/** Limits of the routes that a regular expression matches, instead of the general ones. */
export interface RouteLimitOptions {
  match: string;
  /** Null: no limit. Undefined: the general one. */
  maxLeakPerCall?: Size | null;
  maxLeaked?: Size | null;
}

export interface GateOptions {
  /** A gate fails where a route with the verdict leak keeps more per call. */
  maxLeakPerCall?: Size;
  /** ... or more in all its calls. */
  maxLeaked?: Size;
  /** ... where a worker grew more, from its first to its last reading. */
  maxWorkerGrowth?: Size;
  /** The first that matches a route holds. */
  routeLimits?: readonly RouteLimitOptions[];
  /** The report of an earlier log; the gate `baseline` fails where a route leaks that did not, or leaks more. */
  baseline?: Report;
  /** The smallest change in bytes per call that counts. Default: 1 KiB. */
  minChange?: Size;
  /** What becomes of a gate of which the log does not tell. Default: pass. */
  inconclusive?: 'pass' | 'fail';
}

/** Bytes per call: less is a matter of chance in what a program keeps. */
export const DEFAULT_MIN_CHANGE_BYTES = 1024;

export type RouteGate = 'maxLeakPerCall' | 'maxLeaked';

export interface RouteLimits extends Record<RouteGate, number | null | undefined> {
  /** A regular expression as it was written; null: every route. */
  match: string | null;
  holdsFor: (route: string) => boolean;
}

export interface Limits {
  /** The first that matches and is not undefined holds; the general limits come last. */
  routes: readonly RouteLimits[];
  maxWorkerGrowth: number | undefined;
  baseline: Report | undefined;
  minChangeBytes: number;
  inconclusive: 'pass' | 'fail';
}

/** @throws UserError naming the option and what it takes. */
export function resolveLimits(raw: GateOptions): Limits {
  const own = (raw.routeLimits ?? []).map((route, i) => ({
    match: route.match,
    holdsFor: matcher(`routeLimits[${i}].match`, route.match),
    maxLeakPerCall: orNull(`routeLimits[${i}].maxLeakPerCall`, route.maxLeakPerCall),
    maxLeaked: orNull(`routeLimits[${i}].maxLeaked`, route.maxLeaked),
  }));
  const general = {
    match: null,
    holdsFor: () => true,
    maxLeakPerCall: optional('--max-leak-per-call', raw.maxLeakPerCall),
    maxLeaked: optional('--max-leaked', raw.maxLeaked),
  };
  const inconclusive = raw.inconclusive ?? 'pass';
  if (inconclusive !== 'pass' && inconclusive !== 'fail')
    throw new UserError(`--inconclusive ${String(inconclusive)} is not one of pass, fail`);
  return {
    routes: [...own, general],
    maxWorkerGrowth: optional('--max-worker-growth', raw.maxWorkerGrowth),
    baseline: raw.baseline,
    minChangeBytes: optional('--min-change', raw.minChange) ?? DEFAULT_MIN_CHANGE_BYTES,
    inconclusive,
  };
}

/** @throws UserError for anything but a size. */
export function bytesOf(name: string, size: Size): number {
  const bytes = typeof size === 'string' ? parseBytes(size) : size;
  if (bytes !== undefined && Number.isFinite(bytes) && bytes >= 0) return bytes;
  const example =
    typeof size === 'string' && /^\d+$/.test(size.trim()) ? `${size.trim()}KiB or ${size.trim()}B` : '10KiB';
  throw new UserError(
    `${name} ${size} is no size: write a number and its unit, such as ${example} (B, KiB, MiB, GiB of 1024; kB, MB, GB of 1000)`,
  );
}

function optional(name: string, size: Size | undefined): number | undefined {
  return size === undefined ? undefined : bytesOf(name, size);
}

function orNull(name: string, size: Size | null | undefined): number | null | undefined {
  return size === null ? null : optional(name, size);
}

function matcher(name: string, source: string): (route: string) => boolean {
  const found = linearRegex(source);
  if (found.kind === 'none') throw new UserError(`${name} ${source} is no regular expression: ${found.why}`);
  return (route) => found.regex.test(route);
}
