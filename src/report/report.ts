/** The one result of an analysis; every printer is a function of it. `report.schema.json` says the same in JSON Schema. */
import type { Verdict } from '../estimate/finding.ts';
import type { Metric } from '../parse/metric.ts';

export type { Verdict };

export interface Report {
  schemaVersion: 1;
  tool: { name: 'leakrank'; version: string };
  /** In the order they were read. */
  inputs: InputReport[];
  /** The server's wall clock (ISO 8601, no zone) of the first and the last request; null where the log has no time. */
  span: { from: string | null; to: string | null };
  totals: Totals;
  /** Most suspicious first. */
  routes: RouteReport[];
  workers: WorkerReport[];
  gates: GateReport[];
  warnings: Warning[];
  /** The evidence behind one route's verdict, when it was asked for. */
  explanation?: Explanation;
  /** Curves for charts, when they were asked for. */
  series?: Series;
}

export interface Series {
  /** Of the followed workers. */
  workers: WorkerSeries[];
  /** Of the first routes of the report. */
  routes: RouteSeries[];
}

/** The lowest reading of each window of a worker's requests. */
export interface WorkerSeries {
  worker: string;
  /** Requests of the worker up to and with each reading. */
  requests: number[];
  floorBytes: number[];
}

/** What memory went with a route's calls, in a worker's life on average; all lists are as long as `calls`. */
export interface RouteSeries {
  route: string;
  /** The windows by how often the route was called in them, as in an explanation. */
  bins: ExplainedBin[];
  /** Calls so far. */
  calls: number[];
  /** Growth of the floor since the first of them, without what the estimate gives to other routes. */
  growthBytes: number[];
  /** What the estimate makes of it: the leak, and what levels off. */
  leakedBytes: number[];
  plateauBytes: number[];
}

export interface Explanation {
  route: string;
  /** Steps from one floor of a worker to the next. */
  windows: number;
  /** The windows by how often the route was called in them. */
  bins: ExplainedBin[];
  /** Followed workers in which it was called. */
  workers: ExplainedWorker[];
  /** Descending, three at most. */
  largestGrowths: GrowthReport[];
}

export interface ExplainedBin {
  fewestCalls: number;
  mostCalls: number;
  windows: number;
  /** Mean growth of the floor, without what the estimate gives to other routes and to what levels off. */
  meanGrowthBytes: number;
  /** What the estimated bytes per call would make of the calls. */
  fittedBytes: number;
}

export interface ExplainedWorker {
  worker: string;
  calls: number;
  windows: number;
  /** Slope of the growth against the calls in this worker alone; null where the calls do not vary. */
  bytesPerCall: number | null;
}

export interface InputReport {
  name: string;
  /** Of most request lines ("uwsgi", "json"); null when none was found. */
  format: string | null;
  /** What its lines were recognised by; null when no request line was found. */
  recognisedBy: string | null;
  /** All formats its request lines came in, the most frequent first. */
  formats: { format: string; readings: number; recognisedBy: string }[];
  /** What was taken off around them: docker's JSON, a syslog header. */
  wrappers: string[];
  metric: Metric;
  /** readings + otherLines + malformedLines; two records on one line count as two. */
  lines: number;
  /** Request lines. */
  readings: number;
  /** Lines that are no request lines. */
  otherLines: number;
  /** Damaged request lines. */
  malformedLines: number;
  /** Share of the lines that are request lines, from 0 to 1; null for an empty input. */
  matchRate: number | null;
}

export interface Totals {
  /** Requests that the report is about: all readings but those that --since, --until and the like left out. */
  requests: number;
  workers: number;
  /** Workers that took the place of another one. */
  restarts: number;
  /** Sum over workers of last minus first reading. */
  growthBytes: number;
  /** Of it: leaked by the routes. */
  leakedBytes: number;
  /** Of it: growth that levels off. */
  plateauBytes: number;
  /** Of it: the rest of what requests did. Negative where more was leaked than the workers grew: into room they had. */
  unexplainedBytes: number;
  /** Of it: growth behind which no single request stands. leaked + plateau + unexplained + this is all growth. */
  unattributedBytes: number;
  /** Net growth in requests that a choice of the user left out: the routes' net growth, the figure above and this are all. */
  leftOutBytes: number;
  /** Sum over workers of peak minus first reading: the routes' `highWaterBytes` and the next two figures add up to it. */
  highWaterBytes: number;
  unattributedHighWaterBytes: number;
  leftOutHighWaterBytes: number;
}

export interface RouteReport {
  rank: number;
  route: string;
  calls: number;
  verdict: Verdict;
  /** The verdict's reason in one sentence. */
  reason: string;
  /** Kept for ever by all calls together, as estimated. */
  leakedBytes: number;
  leakedBytesPerCall: number;
  /** 95 % interval of the true bytes per call; null where nothing can be said. */
  leakedBytesPerCallLow: number | null;
  leakedBytesPerCallHigh: number | null;
  /** What it made the workers grow by without going on to: imports, caches that fill, room the allocator keeps. */
  plateauBytes: number;
  /** The smallest leak per call that this log would have shown; null where it would have shown none. */
  detectableBytesPerCall: number | null;
  /**
   * Bytes kept per call before any selection, of either sign and nearly unbiased, and its standard error: what two logs are
   * compared by. 0 and an error by noise alone for routes that share an estimate; null where nothing can be said.
   */
  estimatedBytesPerCall: number | null;
  standardErrorBytesPerCall: number | null;
  /** Workers in which its calls and the growth go together, of those in which that can be judged. */
  workersAgreeing: number;
  workersJudged: number;
  /** Sum of the positive differences seen in this route's requests. */
  grossGrowthBytes: number;
  /** Sum of all differences seen in this route's requests. */
  netGrowthBytes: number;
  /** Sum of what this route's requests added above every earlier reading of their worker: the growth it triggered. */
  highWaterBytes: number;
  /** Calls with a positive difference. */
  growthCalls: number;
  largestGrowthBytes: number;
  /** Where the lines say only how much memory was in use at most (PHP, AWS Lambda): the largest figure, else null. */
  largestPeakBytes: number | null;
  /** The mean of those figures, else null. */
  meanPeakBytes: number | null;
  /** Where the largest growth stands in the log; null when no call grew. */
  largestGrowth: GrowthReport | null;
  /** Up to two raw paths. */
  examples: string[];
  /** Which of the requests carry the leak of all; null where that does not show. */
  split: SplitHint | null;
}

/**
 * What `--by` would show: requests with one status, or one value of a query parameter, carry the leak of the route. Of a route
 * whose verdict is unclear: the worker grows in these requests and not in the others.
 */
export interface SplitHint {
  by: 'status' | 'query';
  /** `500`; `flag=1`; `flag` for those without it; '' for those with none of `except`. */
  value: string;
  /** Where the leak is in the others: the values it is not in. */
  except: string | null;
  calls: number;
  /** As the route's figures of these names, of these requests alone. */
  estimatedBytesPerCall: number;
  standardErrorBytesPerCall: number;
}

export interface GrowthReport {
  file: string;
  line: number;
  /** The server's wall clock, ISO 8601 without zone; null where the log has no time. */
  time: string | null;
  worker: string;
  method: string;
  uri: string;
  status: number | null;
  /** Where the log has differences only, here and below: their sum so far. */
  beforeBytes: number;
  afterBytes: number;
}

export interface WorkerReport {
  /** The pid; with `#2` behind it for the second process of that pid, and so on. */
  worker: string;
  requests: number;
  /** Null where none of its requests was measured, here and below. Where the log has differences only: sums of them, from 0 on. */
  firstBytes: number | null;
  lastBytes: number | null;
  peakBytes: number | null;
  /** Of last minus first reading: leaked, levelled off, and the rest. Null for workers outside the sample, see `warnings`. */
  leakedBytes: number | null;
  plateauBytes: number | null;
  unexplainedBytes: number | null;
  /** Why it ended; null while it lives, or where the log does not say. */
  ended: string | null;
}

export interface GateReport {
  /** The option that set the limit, without its dashes: `max-leak-per-call`. */
  gate: string;
  /** The routes it is about, as a regular expression; null: all for which there is no limit of their own. */
  match: string | null;
  limitBytes: number;
  /** Whether the command may succeed. Of an inconclusive gate this is what --inconclusive says. */
  passed: boolean;
  outcome: GateOutcome;
  /** The largest figure that was held against the limit; null where there was none. */
  measuredBytes: number | null;
  /** Those above the limit, the worst first. */
  routes: string[];
  workers: string[];
  /** Routes of which this log does not tell whether they are above the limit. */
  undecidedRoutes: string[];
  /** What was found, in one sentence. */
  message: string;
}

export type GateOutcome = 'passed' | 'failed' | 'inconclusive';

export interface Warning {
  code: WarningCode;
  /** One or two sentences: what was seen, what it means, what to do. */
  message: string;
}

export type WarningCode =
  | 'empty-input'
  | 'nothing-selected'
  | 'threads'
  | 'unlogged-requests'
  | 'unmeasured-requests'
  | 'requests-without-uri'
  | 'malformed-lines'
  | 'coarse-readings'
  | 'config-includes'
  | 'reused-pids'
  | 'too-many-routes'
  | 'crowded-paths'
  | 'sampled-workers'
  | 'peaks-only'
  | 'deltas'
  | 'dyno-samples'
  | 'implausible-memory'
  | 'no-pid'
  | 'incomplete-input';
