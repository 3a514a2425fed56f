/** Settings that hold until a leak is fixed; every printer of it is a function of this. advice.schema.json says the same. */
import type { Report, Verdict } from '../report/report.ts';

export interface Advice {
  schemaVersion: 1;
  tool: Report['tool'];
  log: { names: string[]; requests: number; workers: number; span: Report['span'] };
  budget: Budget;
  worker: WorkerSize;
  /** Null where the log has no time. */
  rate: Rate | null;
  answer: Answer;
  /** What to fix, the most leaked first: the settings only buy the time for it. */
  routes: LeakingRoute[];
  warnings: AdviceWarning[];
}

export interface Budget {
  memoryBytes: number;
  workers: number;
  /** Whether `--workers` said so, or the log shows so many at once. */
  workersFrom: 'option' | 'log';
  /** Of one worker: memory / workers. */
  shareBytes: number;
  /** Of it, what the settings let a worker reach; the rest is for what no log shows: peaks within requests, other traffic. */
  targetBytes: number;
}

/** Of one worker, as the log shows it. */
export interface WorkerSize {
  /** Before its first leak and after its warm-up: the line through its later sizes, taken back to request 0. */
  settledBytes: number;
  /** The same of the largest worker (of the largest of twenty, where there are so many): the settings reckon with it. */
  largestSettledBytes: number;
  /** Requests that were left out as warm-up. */
  warmUpRequests: number;
  /** How far that worker's readings stood above its line at most: memory that requests borrow. */
  peakAboveLineBytes: number;
  /** Growth per request of this log's mix of routes, and its 95 % interval. */
  growthBytesPerRequest: number;
  growthBytesPerRequestLow: number;
  growthBytesPerRequestHigh: number;
  /** What was left out in turn for the interval: whole lives, or stretches of the few there are. */
  intervalFrom: 'lives' | 'stretches';
  /** Lives that lasted beyond the warm-up. */
  lives: number;
}

export interface Rate {
  /** Of all workers together, over the whole log. */
  requestsPerSecond: number;
  /** Of a worker at so many workers as the budget is for. */
  requestsPerSecondPerWorker: number;
  /** Of the busiest one. */
  requestsPerSecondOfBusiest: number;
}

/**
 * settings: they keep each worker under its share. no-leak: nothing is shown to leak, and workers do not go on growing. no-room: no setting can work, since a
 * worker is larger than its share before it has leaked anything.
 */
export type Answer = SettingsAnswer | NoLeakAnswer | NoRoomAnswer;

export interface SettingsAnswer {
  kind: 'settings';
  /** What a worker may serve, and how that came about. */
  requestsPerLife: Figure;
  withoutRestarts: TimeToLimit;
  servers: ServerAdvice[];
}

export interface NoLeakAnswer {
  kind: 'no-leak';
  message: string;
}

export interface NoRoomAnswer {
  kind: 'no-room';
  message: string;
  /** The least memory for so many workers; the most workers for that memory, 0 where none fits. */
  leastMemoryBytes: number;
  mostWorkers: number;
}

export interface Figure {
  value: number;
  arithmetic: string;
}

/** From the start of a worker until it reaches its share. */
export interface TimeToLimit {
  requests: number;
  /** Of a worker at the mean rate, and of the busiest; null where the log has no time. */
  seconds: number | null;
  secondsOfBusiest: number | null;
  arithmetic: string;
}

export const SERVER_NAMES = ['uwsgi', 'gunicorn', 'celery'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export interface ServerAdvice {
  server: ServerName;
  /** For which versions; where none was named, for all that these settings mean the same to. */
  versions: string;
  settings: Setting[];
  cost: Cost;
}

export interface Setting {
  /** As the configuration spells it, and its line there. */
  name: string;
  line: string;
  value: number;
  unit: 'requests' | 'seconds' | 'MiB' | 'KiB' | 'tasks';
  arithmetic: string;
}

/** What the restarts cost, from a simulation of workers that start together, with a fixed seed. */
export interface Cost {
  /** Of all workers; the rate of the log goes on. Null where the log has no time, here and below. */
  restartsPerHour: number | null;
  /** Requests from one restart of a worker to its next, on average. */
  requestsPerRestart: number;
  /** The most workers that restart within so many seconds, as a share of all. */
  withinSeconds: number;
  largestShareAtOnce: number | null;
  /** The same without what spreads them. */
  largestShareWithoutSpread: number | null;
}

export interface LeakingRoute {
  route: string;
  verdict: Verdict;
  calls: number;
  leakedBytesPerCall: number;
  /** Of the growth per request, what this route makes: bytes per call times its share of the requests. */
  growthBytesPerRequest: number;
}

export interface AdviceWarning {
  code: AdviceWarningCode;
  /** What was seen, what it means, what to do. */
  message: string;
}

export type AdviceWarningCode =
  | 'one-worker'
  | 'no-time'
  | 'no-server'
  | 'threads'
  | 'not-rss'
  | 'short-lives'
  | 'still-growing'
  | 'within-warm-up'
  | 'wide-interval'
  | 'beyond-log'
  | 'min-worker-lifetime'
  | 'no-spread'
  | 'peak-of-tasks'
  | 'ends-soon';
