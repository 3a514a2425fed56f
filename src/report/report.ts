/** The one result of an analysis; every printer is a function of it. `report.schema.json` says the same in JSON Schema. */
import type { Verdict } from '../estimate/finding.ts';
import type { Metric } from '../parse/reading.ts';

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
  /** Of most request lines ("uwsgi"); null when none was found. */
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
  /** Where the largest growth stands in the log; null when no call grew. */
  largestGrowth: GrowthReport | null;
  /** Up to two raw paths. */
  examples: string[];
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
  beforeBytes: number;
  afterBytes: number;
}

export interface WorkerReport {
  /** The pid; with `#2` behind it for the second process of that pid, and so on. */
  worker: string;
  requests: number;
  /** Null where none of its requests was measured, here and below. */
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
  gate: string;
  limitBytes: number;
  passed: boolean;
  routes: string[];
}

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
  | 'reused-pids'
  | 'too-many-routes'
  | 'sampled-workers'
  | 'incomplete-input';
