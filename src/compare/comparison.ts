/** What changed between two logs, route by route; every printer of it is a function of this. comparison.schema.json says the same. */
import type { Report, Verdict } from '../report/report.ts';

export interface Comparison {
  schemaVersion: 1;
  tool: Report['tool'];
  base: ComparedLog;
  head: ComparedLog;
  /** The smallest change in bytes per call that counts. */
  minChangeBytesPerCall: number;
  /** Routes by what became of them. */
  counts: Record<Change, number>;
  /** The most important change first. */
  routes: RouteComparison[];
  warnings: ComparisonWarning[];
}

export const CHANGES = ['new-leak', 'worse', 'better', 'gone', 'cannot-tell', 'same'] as const;

/**
 * new-leak: it leaks and did not. worse, better: it leaks more, or less, than before. gone: it leaked and does not any more.
 * same: no change is shown. cannot-tell: one of the logs says too little.
 */
export type Change = (typeof CHANGES)[number];

export interface ComparedLog {
  name: string;
  requests: number;
  workers: number;
  span: Report['span'];
}

export interface RouteComparison {
  route: string;
  change: Change;
  /** Why, in one sentence. */
  reason: string;
  /** Null where the log has no call of it. */
  base: ComparedRoute | null;
  head: ComparedRoute | null;
  /** Bytes per call kept more than before, and its 95 % interval; null where it cannot be estimated. */
  changeBytesPerCall: number | null;
  changeBytesPerCallLow: number | null;
  changeBytesPerCallHigh: number | null;
  /** The smallest change that these logs would have shown; null where they would have shown none. */
  detectableChangeBytesPerCall: number | null;
}

export interface ComparedRoute {
  calls: number;
  verdict: Verdict;
  /** As its report has it. */
  leakedBytesPerCall: number;
}

export interface ComparisonWarning {
  code: 'same-report' | 'other-version';
  message: string;
}
