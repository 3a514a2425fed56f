/** The gate of a baseline: no route leaks that did not, and none leaks more. */
import { compareReports } from '../compare/compare.ts';
import type { RouteComparison } from '../compare/comparison.ts';
import type { GateReport, Report } from '../report/report.ts';
import { formatBytes, plural } from '../term/units.ts';
import type { Limits } from './limits.ts';
import { listed } from './listed.ts';
import { outcome } from './outcome.ts';

/** @throws UserError where baseline and report cannot be about the same application. */
export function baselineGate(
  report: Report,
  baseline: Report,
  { minChangeBytes, inconclusive }: Pick<Limits, 'minChangeBytes' | 'inconclusive'>,
): GateReport {
  const { routes } = compareReports(
    { name: 'the baseline', report: baseline },
    { name: 'this log', report },
    minChangeBytes,
  );
  const worse = routes.filter(({ change }) => change === 'new-leak' || change === 'worse');
  const untold = routes.filter(({ change }) => change === 'cannot-tell');
  // Routes too rare to be judged are in every log, and would leave every gate open.
  const undecided = untold.filter(isSuspect);
  const nothingTold = routes.every(({ head, change }) => head === null || change === 'cannot-tell');
  const limit = `by ${formatBytes(minChangeBytes)} per call or more`;
  const rare = untold.length - undecided.length;
  const notJudged = rare > 0 && !nothingTold ? `; ${plural(rare, 'route')} had too few calls to be compared` : '';
  const message =
    worse.length > 0
      ? `worse than the baseline: ${listed(worse.map(({ route, reason }) => `${route} (${reason})`))}`
      : nothingTold
        ? 'too little was logged to compare any route with the baseline'
        : undecided.length > 0
          ? `no route is shown to be worse ${limit}, but these logs do not tell of ${listed(undecided.map(({ route }) => route))}${notJudged}`
          : `no route is worse than the baseline ${limit}${notJudged}`;
  const growths = routes.flatMap(({ changeBytesPerCall }) => changeBytesPerCall ?? []);
  return {
    gate: 'baseline',
    match: null,
    limitBytes: minChangeBytes,
    ...outcome(worse.length > 0, nothingTold || undecided.length > 0, inconclusive),
    measuredBytes: worse.length > 0 ? largestOf(worse) : growths.length > 0 ? 0 : null,
    routes: worse.map(({ route }) => route),
    workers: [],
    undecidedRoutes: (nothingTold ? untold : undecided).map(({ route }) => route),
    message,
  };
}

function isSuspect({ head, changeBytesPerCall }: RouteComparison): boolean {
  return head !== null && (head.verdict === 'leak' || (head.verdict === 'unclear' && changeBytesPerCall !== null));
}

function largestOf(worse: readonly RouteComparison[]): number {
  return Math.max(...worse.map(({ changeBytesPerCall, head }) => changeBytesPerCall ?? head?.leakedBytesPerCall ?? 0));
}
