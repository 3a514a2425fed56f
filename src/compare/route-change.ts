/** What became of one route. */
import { DETECTABLE_ERRORS, INTERVAL_ERRORS } from '../estimate/model.ts';
import type { RouteReport } from '../report/report.ts';
import { formatBytes, plural } from '../term/units.ts';
import type { Change, RouteComparison } from './comparison.ts';

/** With fewer calls in a log an error is a guess. */
const LEAST_CALLS = 10;

export interface Yardstick {
  /** Requests of the head log for each one of the base log. */
  headPerBase: number;
  /** Standard errors that a change has to stand out by. */
  errors: number;
  minChangeBytes: number;
}

/** Bytes per call; leaks are never negative. */
interface Estimate {
  value: number;
  error: number;
}

/** Undefined where the log says too little to compare it. */
export function estimateOf(route: RouteReport | undefined): Estimate | undefined {
  const { estimatedBytesPerCall: value = null, standardErrorBytesPerCall: error = null, calls = 0 } = route ?? {};
  if (value === null || error === null || calls < LEAST_CALLS) return undefined;
  return { value: Math.max(0, value), error };
}

export function isComparable(base: RouteReport | undefined, head: RouteReport | undefined): boolean {
  return estimateOf(base) !== undefined && estimateOf(head) !== undefined;
}

type Judged = Pick<RouteComparison, 'change' | 'reason'>;

export function compareRoute(
  route: string,
  base: RouteReport | undefined,
  head: RouteReport | undefined,
  yardstick: Yardstick,
): RouteComparison {
  const before = estimateOf(base);
  const after = estimateOf(head);
  const known = before && after && changeOf(before, after);
  return {
    route,
    ...judge(base, head, before, after, yardstick),
    base: base === undefined ? null : compared(base),
    head: head === undefined ? null : compared(head),
    changeBytesPerCall: known ? Math.round(known.value) : null,
    changeBytesPerCallLow: known ? Math.round(known.value - INTERVAL_ERRORS * known.error) : null,
    changeBytesPerCallHigh: known ? Math.round(known.value + INTERVAL_ERRORS * known.error) : null,
    detectableChangeBytesPerCall: known ? Math.round(detectable(known, yardstick)) : null,
  };
}

function judge(
  base: RouteReport | undefined,
  head: RouteReport | undefined,
  before: Estimate | undefined,
  after: Estimate | undefined,
  yardstick: Yardstick,
): Judged {
  if (base === undefined)
    return head === undefined ? untold('in neither log') : appeared(head, head.calls / yardstick.headPerBase);
  if (head === undefined) return disappeared(base, base.calls * yardstick.headPerBase);
  // A log without any noise gives no estimate of its error, and still excludes leaks.
  if (!before || !after) return byVerdicts(base, head, yardstick) ?? withoutEstimates(base, head);
  const change = changeOf(before, after);
  const least = Math.max(yardstick.errors * change.error, yardstick.minChangeBytes);
  const isShown = ({ value, error }: Estimate) => value > yardstick.errors * error;
  if (change.value >= least) {
    const leaked = base.verdict === 'leak' || isShown(before);
    return told(
      leaked ? 'worse' : 'new-leak',
      `keeps ${formatBytes(change.value)} per call more than before, give or take ${formatBytes(INTERVAL_ERRORS * change.error)}`,
    );
  }
  if (change.value <= -least) {
    const leaks = head.verdict === 'leak' || isShown(after);
    return told(
      leaks ? 'better' : 'gone',
      `keeps ${formatBytes(-change.value)} per call less than before, give or take ${formatBytes(INTERVAL_ERRORS * change.error)}`,
    );
  }
  const turned = byVerdicts(base, head, yardstick);
  if (turned) return turned;
  const isSmall = Math.abs(change.value) + INTERVAL_ERRORS * change.error < yardstick.minChangeBytes;
  if (isSmall || isAlike(base, head))
    return told('same', `no change above ${formatBytes(detectable(change, yardstick))} per call`);
  return undecided(base, head);
}

/** What one report excludes and the other one shows: its interval begins above the smallest leak the first would have shown. */
function byVerdicts(base: RouteReport, head: RouteReport, { minChangeBytes }: Yardstick): Judged | undefined {
  const excludes = ({ calls, verdict, detectableBytesPerCall: seen }: RouteReport, low: number | null) =>
    calls >= LEAST_CALLS &&
    (verdict === 'clean' || verdict === 'plateau') &&
    seen !== null &&
    low !== null &&
    low >= Math.max(seen, minChangeBytes);
  const told = (leaking: RouteReport, quiet: RouteReport) =>
    `at least ${formatBytes(leaking.leakedBytesPerCallLow ?? 0)} per call, where ${formatBytes(quiet.detectableBytesPerCall ?? 0)} would have shown`;
  if (head.verdict === 'leak' && excludes(base, head.leakedBytesPerCallLow))
    return { change: 'new-leak', reason: `keeps ${told(head, base)} before` };
  if (base.verdict === 'leak' && excludes(head, base.leakedBytesPerCallLow))
    return { change: 'gone', reason: `kept ${told(base, head)} now` };
  return undefined;
}

function changeOf(before: Estimate, after: Estimate): Estimate {
  return { value: after.value - before.value, error: Math.hypot(before.error, after.error) };
}

/** A change that is usually found. */
function detectable({ error }: Estimate, { minChangeBytes }: Yardstick): number {
  return Math.max(DETECTABLE_ERRORS * error, minChangeBytes);
}

function compared({ calls, verdict, leakedBytesPerCall }: RouteReport) {
  return { calls, verdict, leakedBytesPerCall };
}

/** @param expected calls that the base log would have at the same rate. */
function appeared(head: RouteReport, expected: number): Judged {
  if (!(expected >= LEAST_CALLS)) return untold('not called before, in a log too short to expect it');
  if (head.verdict === 'leak')
    return told('new-leak', `not called before; keeps ${formatBytes(head.leakedBytesPerCall)} per call`);
  if (head.verdict === 'unclear') return untold(`not called before; ${head.reason}`);
  return told('same', 'not called before; no leak is shown');
}

function disappeared(base: RouteReport, expected: number): Judged {
  if (base.verdict !== 'leak') return told('same', 'not called any more; no leak was shown');
  if (!(expected >= LEAST_CALLS)) return untold('not called any more, in a log too short to expect it');
  return told('gone', `not called any more; kept ${formatBytes(base.leakedBytesPerCall)} per call`);
}

function withoutEstimates(base: RouteReport, head: RouteReport): Judged {
  if (isQuiet(base) && isQuiet(head)) return told('same', 'no leak is shown in either');
  if (head.verdict !== 'leak' && head.calls < LEAST_CALLS)
    return untold(`${plural(head.calls, 'call')}: too few to say`);
  if (base.calls < LEAST_CALLS) return untold(`${plural(base.calls, 'call')} before: too few to compare with`);
  return undecided(base, head);
}

function undecided(base: RouteReport, head: RouteReport): Judged {
  if (base.verdict !== head.verdict)
    return untold(`${base.verdict} before, ${head.verdict} now; the difference may be chance`);
  return untold(head.reason);
}

function isAlike(base: RouteReport, head: RouteReport): boolean {
  return (isQuiet(base) && isQuiet(head)) || (base.verdict === 'leak' && head.verdict === 'leak');
}

function isQuiet({ verdict }: RouteReport): boolean {
  return verdict === 'clean' || verdict === 'plateau';
}

const told = (change: Change, reason: string): Judged => ({ change, reason });
const untold = (reason: string): Judged => told('cannot-tell', reason);
