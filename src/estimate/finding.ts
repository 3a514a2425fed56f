/** What the evidence says about one route. Bytes and bytes per call. */
export interface Finding {
  verdict: Verdict;
  /** Why; reason.ts makes a sentence of it. */
  grounds: Grounds;
  calls: number;
  /** 0 to 1: how much the route looks like a leak. */
  score: number;
  leakedBytes: number;
  leakedBytesPerCall: number;
  /** 95 % interval of the true bytes per call; null where nothing can be said. */
  leakedBytesPerCallLow: number | null;
  leakedBytesPerCallHigh: number | null;
  /** What the route made the workers grow by without going on to. */
  plateauBytes: number;
  /** The smallest leak per call that this evidence would have shown; null where it would have shown none. */
  detectableBytesPerCall: number | null;
  /**
   * Bytes per call before any selection, of either sign, and its standard error, noise included; 0 and an error by noise of
   * a route without a column of its own; null where nothing can be said of it alone.
   */
  unselected: { value: number; error: number } | null;
  /** Workers in which the route's calls and the growth go together, of those in which that can be judged. */
  workersAgreeing: number;
  workersJudged: number;
  /** Numbers of the routes whose calls always come with this one's. */
  inseparableFrom: number[];
  /** What this route and those leak together. It is in nobody's leakedBytes. */
  inseparableLeakedBytes: number;
}

export type Verdict = 'leak' | 'plateau' | 'clean' | 'unclear';

export type Grounds =
  /** leak */
  | 'grows-with-every-call'
  /** plateau */
  | 'levels-off'
  /** clean */
  | 'no-leak-above'
  /** clean, though its own requests grow the worker: others free what it takes again. */
  | 'triggers-only'
  /** unclear */
  | 'uncertain'
  | 'warm-up-or-leak'
  | 'too-short-or-leak'
  | 'inseparable'
  | 'too-few-calls'
  | 'too-few-windows';
