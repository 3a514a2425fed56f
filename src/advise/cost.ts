/** What restarts cost: workers that all start at once, simulated with a fixed seed until each was restarted some times. */
import type { Cost } from './advice.ts';
import { normal, type Random, seededRandom } from './random.ts';

/** What ends the lives of one worker. */
export interface LifeRule {
  /** Requests after which it ends; drawn anew for each life. */
  requests: (random: Random) => number;
  /** Seconds after which it ends; infinite where no setting says so. */
  seconds: number;
  /** Seconds that must have passed before requests end it. */
  leastSeconds: number;
}

const LIVES = 12;
const SEED = 20_260_101;
/** What a worker takes until it serves again, about: imports, and the requests it has to finish. */
export const WITHIN_SECONDS = 10;

/**
 * @param rules one per worker.
 * @param unspread the same settings without what spreads them.
 * @param perSecond requests of one worker; null where it is not known.
 */
export function costOf(rules: readonly LifeRule[], unspread: readonly LifeRule[], perSecond: number | null): Cost {
  const { requestsPerRestart, restartsPerHour, largestShareAtOnce } = simulate(rules, perSecond ?? 1);
  const known = perSecond !== null;
  return {
    restartsPerHour: known ? restartsPerHour : null,
    requestsPerRestart: Math.round(requestsPerRestart),
    withinSeconds: WITHIN_SECONDS,
    largestShareAtOnce: known ? largestShareAtOnce : null,
    largestShareWithoutSpread: known ? simulate(unspread, perSecond).largestShareAtOnce : null,
  };
}

interface Simulated {
  restartsPerHour: number;
  requestsPerRestart: number;
  largestShareAtOnce: number;
}

export function simulate(rules: readonly LifeRule[], perSecond: number): Simulated {
  const random = seededRandom(SEED);
  const ends: number[] = [];
  let seconds = 0;
  for (const rule of rules) {
    let now = 0;
    for (let life = 0; life < LIVES; life++) {
      now += lifeSeconds(rule, perSecond, random);
      ends.push(now);
    }
    seconds += now;
  }
  ends.sort((a, b) => a - b);
  const mean = seconds / ends.length;
  return {
    restartsPerHour: (rules.length * 3600) / mean,
    requestsPerRestart: mean * perSecond,
    largestShareAtOnce: Math.min(1, mostWithin(ends, WITHIN_SECONDS) / rules.length),
  };
}

/** Requests come at random (Poisson): how long so many take is nearly normal. */
function lifeSeconds({ requests, seconds, leastSeconds }: LifeRule, perSecond: number, random: Random): number {
  const count = requests(random);
  const served = Number.isFinite(count) ? Math.max(1, count + Math.sqrt(count) * normal(random)) / perSecond : count;
  return Math.min(seconds, Math.max(served, leastSeconds));
}

/** @param times ascending. @returns the most of them within so many seconds. */
export function mostWithin(times: readonly number[], seconds: number): number {
  let most = 0;
  let from = 0;
  for (const [to, time] of times.entries()) {
    while (time - times[from]! > seconds) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
