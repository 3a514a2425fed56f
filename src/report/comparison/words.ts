/** A comparison in words, the same in every printer. */
import { CHANGES, type Change, type ComparedLog, type Comparison } from '../../compare/comparison.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../../term/units.ts';

/** As a person says it. */
export const WORDS: Record<Change, string> = {
  'new-leak': 'new leak',
  worse: 'worse',
  better: 'better',
  gone: 'gone',
  'cannot-tell': "can't tell",
  same: 'same',
};

const COUNTED: Record<Change, [one: string, many: string]> = {
  'new-leak': ['new leak', 'new leaks'],
  worse: ['route leaks more', 'routes leak more'],
  better: ['leaks less', 'leak less'],
  gone: ['leak is gone', 'leaks are gone'],
  'cannot-tell': ["can't be told", "can't be told"],
  same: ['is the same', 'are the same'],
};

/** `1 new leak; 2 routes leak more; 11 are the same.` */
export function answer({ counts, routes }: Comparison): string {
  if (routes.length === 0) return 'No routes to compare.';
  const parts = CHANGES.filter((change) => counts[change] > 0).map((change) =>
    plural(counts[change], ...COUNTED[change]),
  );
  const first = counts['new-leak'] + counts.worse === 0 ? ['No route is shown to leak more than before'] : [];
  return `${[...first, ...parts].join('; ')}.`;
}

/** `20,000 requests, 4 workers, from 2026-11-23 20:50:26`. */
export function logText({ requests, workers, span }: ComparedLog): string {
  const from = span.from === null ? '' : `, from ${String(span.from).replace('T', ' ')}`;
  return `${plural(requests, 'request')}, ${plural(workers, 'worker')}${from}`;
}

/** What a row says, as texts; an empty one says nothing. */
export interface Row {
  change: Change;
  route: string;
  before: string;
  after: string;
  /** Per call more than before; with <: the smallest change that would have been seen. */
  difference: string;
  interval: string;
  calls: string;
}

export function rowsOf({ routes }: Comparison, most: number, units: UnitSystem, none: string): Row[] {
  const bytes = (value: number) => formatBytes(value, units);
  const signed = (value: number) => `${value > 0 ? '+' : ''}${bytes(value)}`;
  return routes.slice(0, most).map((route) => {
    const { change, base, head, changeBytesPerCall: value, changeBytesPerCallLow: low } = route;
    const { changeBytesPerCallHigh: high, detectableChangeBytesPerCall: detectable } = route;
    const isShown = value !== null && low !== null && high !== null && change !== 'same' && change !== 'cannot-tell';
    const leaked = (side: typeof base) =>
      side === null ? '' : side.leakedBytesPerCall > 0 ? bytes(side.leakedBytesPerCall) : none;
    const calls = (side: typeof base) => formatCount(side?.calls ?? 0);
    return {
      change,
      route: route.route,
      before: leaked(base),
      after: leaked(head),
      difference: isShown ? signed(value) : detectable !== null ? `< ${bytes(detectable)}` : '',
      interval: isShown ? `${signed(low)} ${none} ${signed(high)}` : '',
      calls: `${calls(base)} / ${calls(head)}`,
    };
  });
}
