/**
 * All that is kept of a log: data without functions, so it can be written as JSON (lives by plain-life.ts), read on another
 * machine and added to the evidence of other workers. Everything behind it (routes learned from the data, estimates, the
 * report) is a function of it.
 */
import type { Metric } from '../parse/reading.ts';
import type { RouteKey } from '../route/keys.ts';
import type { RoutePart } from '../route/parts.ts';
import type { InputCounts } from './input-counts.ts';
import type { LifeEvidence } from './life.ts';
import type { Notices } from './notices.ts';
import type { LargestGrowth } from './route-sums.ts';

export const EVIDENCE_VERSION = 1;

export interface Evidence {
  version: typeof EVIDENCE_VERSION;
  /** The figure that was asked for; null: in each worker the first one that its lines hold. */
  metric: Metric | null;
  inputs: InputCounts[];
  /** Server's wall clock in milliseconds as if UTC; null where the log has no time. */
  firstTime: number | null;
  lastTime: number | null;
  routes: RouteEvidence[];
  workers: WorkerEvidence[];
  /** What single requests did not cause, or not provably. */
  unattributed: Unattributed;
  requests: number;
  measuredReadings: number;
  /** The largest step in which a memory figure is logged: 2 ** 20 for whole MiB. */
  coarsestQuantumBytes: number;
  zeroReadings: number;
  absentReadings: number;
  deltaReadings: number;
  peakReadings: number;
  /** Readings that name neither a pid nor a worker: those of one place are taken for one process's. */
  unnamedReadings: number;
  notices: Notices;
  /** Different paths, about, that share a route since there were too many first segments. */
  crowdedPaths: number;
  /** Requests outside the chosen times. */
  leftOut: number;
  restarts: number;
  concurrent: boolean;
  memoryReportOff: boolean;
  mostUnannouncedLives: number;
}

export interface RouteEvidence {
  name: string;
  /** The report leaves it out. */
  hidden: boolean;
  /** The log (a task, Controller#action), a rule or the caller named it: no part of the name is taken for a value. */
  given: boolean;
  /** What it was split by; it belongs to the name. */
  key: RouteKey;
  /** The requests it stands for, where some of the route's are kept apart. */
  part: RoutePart;
  examples: string[];
  calls: number;
  grossBytes: number;
  netBytes: number;
  highWaterBytes: number;
  growthCalls: number;
  /** Calls whose line says how much memory was in use at most; that figure's sum, and the largest. */
  peakCalls: number;
  peakSumBytes: number;
  largestPeakBytes: number;
  /** Descending. */
  largest: LargestGrowth[];
}

export interface WorkerEvidence {
  name: string;
  requests: number;
  /** What its sizes begin at: not 0 where only differences are known. */
  baseBytes: number;
  /** -1 where nothing was measured, here and below. */
  firstBytes: number;
  lastBytes: number;
  peakBytes: number;
  /** Of its first and last request in the log's order, as `firstTime` of the evidence. */
  firstTime: number | null;
  lastTime: number | null;
  ended: string | null;
  /** Null for the workers that were not followed: see MAX_LIVES. */
  life: LifeEvidence | null;
}

/** Growth that belongs to no route, and why. */
export interface Unattributed {
  netBytes: number;
  highWaterBytes: number;
  /** Requests whose line holds no URI (uWSGI writes none when a line is over 4096 bytes). */
  withoutUri: number;
  /** Damaged lines of which the worker and its memory could be read. */
  torn: number;
  /** Requests that ran without a log line, by the gaps in the counters. */
  unlogged: number;
}
