/** What the gate says of a pair of logs without a change, and of one with a leak of twice the detectable size. */
import CliTable from 'cli-table3';
import { compareReports } from '../../src/compare/compare.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { baselineGate } from '../../src/gate/baseline-gate.ts';
import { DEFAULT_MIN_CHANGE_BYTES } from '../../src/gate/limits.ts';
import type { Report } from '../../src/index.ts';

/** An added leak is so many times the smallest change that the comparison says it would have shown. */
export const TIMES = 2;

export interface Trial {
  name: string;
  routes: number;
  /** Routes that the gate names though nothing changed. */
  falselyNamed: string[];
  /** Routes of which the comparison told, of all. */
  told: number;
  /** Leaks that were added, one at a time. */
  added: { route: string; addedBytesPerCall: number; isNamed: boolean; inInterval: boolean }[];
}

export function compareForTrial(base: Report, head: Report): Comparison {
  return compareReports({ name: 'before', report: base }, { name: 'after', report: head }, DEFAULT_MIN_CHANGE_BYTES);
}

export function namedByGate(base: Report, head: Report): string[] {
  return baselineGate(head, base, { minChangeBytes: DEFAULT_MIN_CHANGE_BYTES, inconclusive: 'pass' }).routes;
}

export function detectableChanges({ routes }: Comparison): Map<string, number> {
  return new Map(
    routes.flatMap(({ route, detectableChangeBytesPerCall: bytes, base }) =>
      bytes === null || base?.verdict === 'leak' ? [] : [[route, bytes] as const],
    ),
  );
}

/** @param changed report on the log with the added leak. */
export function added(base: Report, changed: Report, route: string, addedBytesPerCall: number): Trial['added'][number] {
  const found = compareForTrial(base, changed).routes.find((candidate) => candidate.route === route);
  const { changeBytesPerCallLow: low = null, changeBytesPerCallHigh: high = null } = found ?? {};
  return {
    route,
    addedBytesPerCall,
    isNamed: namedByGate(base, changed).includes(route),
    inInterval: low !== null && high !== null && low <= addedBytesPerCall && addedBytesPerCall <= high,
  };
}

export function gateTable(groups: readonly { name: string; trials: readonly Trial[] }[]): string {
  const table = new CliTable({
    head: ['gate --baseline', ...groups.map(({ name }) => name)],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', ...groups.map(() => 'right' as const)],
  });
  const row = (title: string, of: (trials: readonly Trial[]) => string) =>
    table.push([title, ...groups.map(({ trials }) => of(trials))]);
  row('pairs without a change', (trials) => String(trials.length));
  row('  of them failed', (trials) =>
    share(trials.filter(({ falselyNamed }) => falselyNamed.length > 0).length, trials.length),
  );
  row('  routes of which it told', (trials) =>
    share(
      sum(trials, ({ told }) => told),
      sum(trials, ({ routes }) => routes),
    ),
  );
  row(`pairs with a leak of ${TIMES} x the detectable`, (trials) =>
    String(trials.flatMap(({ added }) => added).length),
  );
  row('  of them failed, naming the route', (trials) => shareOf(trials, ({ isNamed }) => isNamed));
  row('  truth in the interval of the change', (trials) => shareOf(trials, ({ inInterval }) => inInterval));
  return table.toString();
}

function shareOf(trials: readonly Trial[], holds: (leak: Trial['added'][number]) => boolean): string {
  const leaks = trials.flatMap(({ added }) => added);
  return share(leaks.filter(holds).length, leaks.length);
}

const sum = (trials: readonly Trial[], of: (trial: Trial) => number) =>
  trials.reduce((all, trial) => all + of(trial), 0);
const share = (part: number, of: number) => (of === 0 ? '-' : `${part}/${of} = ${(part / of).toFixed(3)}`);
