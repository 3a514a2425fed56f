/**
 * Where one part of a leaking route's requests carries the leak (those with status 500, those with ?flag=1), says so: mostly
 * it shows in the route's own requests, else in windows of requests.
 */
import type { Evidence } from '../attribute/evidence.ts';
import type { Finding, Verdict } from '../estimate/finding.ts';
import type { SplitHint } from '../report/report.ts';
import type { Gathered } from './gather-routes.ts';
import { ownStepHints } from './own-step-hints.ts';
import { windowHints } from './window-hints.ts';

/**
 * @param routes numbers of the routes that leak, and of those that may, in the order of the report.
 * @returns per route its hint, where there is one.
 */
export function splitHints(
  { concurrent }: Pick<Evidence, 'concurrent'>,
  gathered: Gathered,
  findings: readonly Finding[],
  { leak, unclear }: { leak: readonly number[]; unclear: readonly number[] },
): ReadonlyMap<number, SplitHint> {
  const shown = ownStepHints(gathered, findings, [...leak, ...unclear]);
  const others = leak.filter((route) => !shown.has(route));
  return new Map([...windowHints(concurrent, gathered, findings, others), ...shown]);
}

/** The hint in words, with the option that shows more. */
export function splitReason({ by, value, except }: SplitHint, verdict: Verdict): string {
  const what = verdict === 'leak' ? 'all of it' : 'its own requests grow the worker';
  if (by === 'status') {
    const which = except === null ? `with status ${value}` : `with no error status (not with ${except})`;
    return `${what} in calls ${which}, see --by status`;
  }
  const [name] = (value || except || '').split('=');
  const which =
    except !== null ? `with other queries than ${except}` : value.includes('=') ? `with ?${value}` : `without ?${name}`;
  return `${what} in calls ${which}, see --by query:${name}`;
}
