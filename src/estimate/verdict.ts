/** The judgement of one candidate, and of the routes that had no column of their own. */
import { type Analysis, fitsOf } from './analysis.ts';
import { type BytesPerCall, bytesPerCall } from './bytes-per-call.ts';
import { score } from './features.ts';
import type { Finding, Grounds, Verdict } from './finding.ts';
import { DETECTABLE_ERRORS, ERRORS_OF_REST, INTERVAL, MANY_ROUTES, THRESHOLDS, WARM_UP } from './model.ts';
import { detectableByNoise, detectableByPages, errorByNoise } from './noise.ts';
import { plateauBytesPerDoubling } from './plateau.ts';

/** Windows with calls without which nothing is said. */
const LEAST_WINDOWS = 3;
/** Calls that are called few, when there is nothing to say. */
const FEW_CALLS = 30;

/** What is said of all routes of a column; leakedBytes is what they leak together. */
export interface Judgement extends Pick<Finding, 'score' | 'workersAgreeing' | 'workersJudged'> {
  verdict: Verdict;
  /** Above the threshold, but not said to leak as a warm-up would look the same. */
  isWarmUp: boolean;
  leakedBytesPerCall: number;
  low: number | null;
  high: number | null;
  plateauBytesPerDoubling: number;
  detectableBytesPerCall: number | null;
  unselected: Finding['unselected'];
}

export function judge(analysis: Analysis, column: number): Judgement {
  const { totals, candidates, fits } = analysis;
  const size = totals.calls.length >= MANY_ROUTES ? 1 : 0;
  const routes = candidates.routes[column]!;
  const likely = score(analysis, column);
  const estimate = bytesPerCall(analysis, column);
  const { error } = estimate.unselected;
  const doubling = plateauBytesPerDoubling(analysis, column);
  const byNoise = detectableByNoise(analysis, routes[0]!);
  const detectable = error > 0 ? Math.max(DETECTABLE_ERRORS * error, detectableByPages(analysis, routes[0]!)) : byNoise;
  const calls = routes.reduce((sum, route) => sum + totals.calls[route]!, 0);
  const lives = totals.lives[routes[0]!]!;
  const isRareInLives = lives >= WARM_UP.lives && calls < WARM_UP.calls * lives;
  // Jumps are looked for behind a route's first call only.
  const isWarmUp = likely >= THRESHOLDS.leak[size]! && isRareInLives && !analysis.jumping[column];
  const isKnown =
    isWhole(analysis) && (error > 0 || (detectable !== null && totals.windows[routes[0]!]! >= LEAST_WINDOWS));
  let verdict: Verdict = 'unclear';
  if (likely >= THRESHOLDS.leak[size]! && !isWarmUp) verdict = 'leak';
  else if (likely < THRESHOLDS.unclear[size]! && doubling > 0) verdict = 'plateau';
  else if (likely < THRESHOLDS.unclear[size]! && isKnown) verdict = 'clean';
  return {
    verdict,
    isWarmUp,
    score: likely,
    leakedBytesPerCall: likely >= THRESHOLDS.leakedBytes[size]! ? estimate.value : 0,
    ...interval(estimate, likely >= THRESHOLDS.unclear[size]!, unseenInShortLives(analysis, calls)),
    plateauBytesPerDoubling: doubling,
    detectableBytesPerCall: detectable,
    unselected:
      error > 0
        ? { value: estimate.unselected.value, error: Math.hypot(error, errorByNoise(analysis, routes[0]!)) }
        : null,
    workersAgreeing: fits[0]!.agreeing[column]!,
    workersJudged: fits[0]!.judged[column]!,
  };
}

/** Whether lives are long enough for fits without their beginnings: before, a warm-up and a leak look the same. */
function isWhole(analysis: Analysis): boolean {
  return fitsOf(analysis, 'late').some(({ ran }) => ran);
}

/** @param unseen bytes per call that short lives may hide. */
function interval(
  { value, low, high, unselected }: BytesPerCall,
  isSuspect: boolean,
  unseen: number,
): Pick<Judgement, 'low' | 'high'> {
  if (isSuspect && value > 0) return { low, high };
  if (!(unselected.error > 0)) return { low: null, high: null };
  return { low: 0, high: Math.max(unseen, Math.max(0, unselected.value) + INTERVAL.errorsOfClean * unselected.error) };
}

function unseenInShortLives({ livesAreShort, growthBytes }: Analysis, calls: number): number {
  return livesAreShort ? (INTERVAL.shareOfGrowthInShortLives * growthBytes) / Math.max(1, calls) : 0;
}

/** The findings on the routes of a column. */
export function findingOf(analysis: Analysis, route: number, column: number, judgement: Judgement): Finding {
  const { totals, candidates } = analysis;
  const routes = candidates.routes[column]!;
  const isAlone = routes.length === 1;
  const { low, high, leakedBytesPerCall, detectableBytesPerCall } = judgement;
  const together = leakedBytesPerCall * routes.reduce((sum, member) => sum + totals.calls[member]!, 0);
  return {
    verdict: !isAlone && judgement.verdict === 'leak' ? 'unclear' : judgement.verdict,
    grounds: groundsOf(analysis, route, isAlone, judgement),
    calls: totals.calls[route]!,
    score: judgement.score,
    leakedBytes: isAlone ? Math.round(together) : 0,
    leakedBytesPerCall: Math.round(leakedBytesPerCall),
    // Any one of several may be innocent.
    leakedBytesPerCallLow: low === null ? null : isAlone ? Math.round(low) : 0,
    leakedBytesPerCallHigh: high === null ? null : Math.round(high),
    plateauBytes: Math.round(judgement.plateauBytesPerDoubling * totals.ages[route]!),
    detectableBytesPerCall: detectableBytesPerCall === null ? null : Math.round(detectableBytesPerCall),
    unselected: isAlone ? judgement.unselected : null,
    workersAgreeing: judgement.workersAgreeing,
    workersJudged: judgement.workersJudged,
    inseparableFrom: routes.filter((other) => other !== route),
    inseparableLeakedBytes: isAlone ? 0 : Math.round(together),
  };
}

function groundsOf(analysis: Analysis, route: number, isAlone: boolean, judgement: Judgement): Grounds {
  const { verdict, isWarmUp, detectableBytesPerCall, leakedBytesPerCall, high } = judgement;
  if (verdict === 'plateau') return 'levels-off';
  if (verdict === 'clean') {
    const own = analysis.own[route]!;
    return detectableBytesPerCall !== null && own.mean > detectableBytesPerCall ? 'triggers-only' : 'no-leak-above';
  }
  if (!isAlone) return 'inseparable';
  if (verdict === 'leak') return 'grows-with-every-call';
  if (isWarmUp) return 'warm-up-or-leak';
  if (!isWhole(analysis) && high !== null && leakedBytesPerCall > 0) return 'too-short-or-leak';
  return high === null || !isWhole(analysis) ? tooFew(analysis, route) : 'uncertain';
}

/** Of a route without a column of its own. */
export function findingOfRest(analysis: Analysis, route: number): Finding {
  const { totals } = analysis;
  const detectable = detectableByNoise(analysis, route);
  const isKnown = isWhole(analysis) && detectable !== null && totals.windows[route]! >= LEAST_WINDOWS;
  const unseen = unseenInShortLives(analysis, totals.calls[route]!);
  const errorsOfRest = ((detectable ?? 0) / DETECTABLE_ERRORS) * INTERVAL.errorsOfClean;
  return {
    verdict: isKnown ? 'clean' : 'unclear',
    grounds: isKnown ? 'no-leak-above' : tooFew(analysis, route),
    calls: totals.calls[route]!,
    score: 0,
    leakedBytes: 0,
    leakedBytesPerCall: 0,
    leakedBytesPerCallLow: isKnown ? 0 : null,
    leakedBytesPerCallHigh: isKnown ? Math.round(Math.max(unseen, errorsOfRest)) : null,
    plateauBytes: 0,
    detectableBytesPerCall: detectable === null ? null : Math.round(detectable),
    unselected: isKnown ? { value: 0, error: ERRORS_OF_REST * errorByNoise(analysis, route) } : null,
    workersAgreeing: 0,
    workersJudged: 0,
    inseparableFrom: [],
    inseparableLeakedBytes: 0,
  };
}

function tooFew({ totals }: Analysis, route: number): Grounds {
  return totals.calls[route]! < FEW_CALLS ? 'too-few-calls' : 'too-few-windows';
}
