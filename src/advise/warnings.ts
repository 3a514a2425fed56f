/** What to know before the settings are believed. */
import type { Evidence } from '../attribute/evidence.ts';
import { metricOf } from '../attribute/input-counts.ts';
import { median } from '../estimate/statistics.ts';
import { formatBytes, formatCount, plural } from '../term/units.ts';
import type { AdviceWarning, AdviceWarningCode, Answer } from './advice.ts';
import { formatSeconds, type Plan } from './plan.ts';

/** The upper end of an interval so many times its value makes settings that cost much. */
const WIDE = 2;
/** In shorter lives, in requests, warm-up looks like growth: see SHORT_LIFE_WINDOWS of the estimate. */
const SHORT_LIFE = 1000;
/** Lives so many times as long as the longest one seen are a guess. */
const BEYOND = 10;
/** A worker that lives for less does little but start. */
const SHORT_SECONDS = 60;

/** @param logged workers that the log shows at once. @param leaks routes that are shown to leak. */
export function warningsOf(
  plan: Plan,
  answer: Answer,
  evidence: Evidence,
  logged: number,
  leaks: number,
): AdviceWarning[] {
  const warnings: AdviceWarning[] = [];
  const warn = (when: boolean, code: AdviceWarningCode, message: () => string): void => {
    if (when) warnings.push({ code, message: message() });
  };
  const { budget, worker, rate, cap } = plan;
  const isSettings = answer.kind === 'settings';
  warn(
    worker.lives === 1,
    'one-worker',
    () =>
      'All figures come from one worker: how much workers differ is not known, and the interval comes from parts of its life. Log more workers to be surer.',
  );
  warn(
    logged === 1 && budget.workersFrom === 'log',
    'one-worker',
    () =>
      `The log shows one worker at a time, which gets all of ${formatBytes(budget.memoryBytes)}. If you run more, say so: --workers 4.`,
  );
  warn(
    rate === null,
    'no-time',
    () =>
      'The log has no times: nothing can be said of restarts per hour, the time to the limit, or lifetimes in seconds. Counts of requests hold all the same.',
  );
  warn(
    isSettings && answer.servers.length > 1,
    'no-server',
    () => 'The lines do not tell the server: settings of several are given. Name yours: --server gunicorn.',
  );
  warn(
    evidence.concurrent,
    'threads',
    () =>
      'Requests of a worker overlap: a worker finishes those that have begun, so it serves up to as many more as it has threads.',
  );
  warn(answer.kind === 'no-leak' && worker.growthBytesPerRequestLow > 0, 'still-growing', () => {
    const requests = (budget.shareBytes - worker.settledBytes) / worker.growthBytesPerRequest;
    const when = rate ? `, ${formatSeconds(requests / rate.requestsPerSecondPerWorker)} from its start` : '';
    return `Workers still grow by ${formatBytes(worker.growthBytesPerRequest)} per request behind the first ${formatCount(worker.warmUpRequests)}: a late warm-up, or leaks too small to be told apart. If it went on, a worker would reach its share after ${formatCount(Math.round(requests))} requests${when}. A longer log tells.`;
  });
  warn(
    isSettings && leaks === 0,
    'still-growing',
    () =>
      'No route is shown to leak, yet workers go on growing: a late warm-up, or leaks that cannot be told apart. The settings are a precaution; the reasons of the unclear routes say what a log has to hold to tell more.',
  );
  warn(
    isSettings && worker.growthBytesPerRequestHigh > WIDE * worker.growthBytesPerRequest,
    'wide-interval',
    () =>
      `The growth is known badly: ${formatBytes(worker.growthBytesPerRequest)} per request, and up to ${formatBytes(worker.growthBytesPerRequestHigh)} fits. The settings reckon with the latter, so workers restart sooner than they may have to. A longer log tells.`,
  );
  const usualLife = median(evidence.workers.map(({ requests }) => requests));
  warn(
    isSettings && usualLife < SHORT_LIFE,
    'short-lives',
    () =>
      `Workers of this log live for ${plural(usualLife, 'request')} only: growth of the warm-up is counted as growth that goes on, and the settings are too strict. Let workers live longer while you log.`,
  );
  warn(
    isSettings && cap.value < worker.warmUpRequests,
    'within-warm-up',
    () =>
      `A worker would restart after ${plural(cap.value, 'request')}, within its warm-up of about ${formatCount(worker.warmUpRequests)}: it spends its life warming up. More memory or fewer workers help more.`,
  );
  warn(
    isSettings && rate !== null && cap.value / rate.requestsPerSecondOfBusiest < SHORT_SECONDS,
    'ends-soon',
    () =>
      `A worker would live for ${formatSeconds(cap.value / rate!.requestsPerSecondOfBusiest)} only. More memory or fewer workers help more.`,
  );
  const longestLife = Math.max(...evidence.workers.map(({ requests }) => requests));
  warn(
    isSettings && cap.value > BEYOND * longestLife,
    'beyond-log',
    () =>
      `The longest life in this log has ${plural(longestLife, 'request')}; that growth goes on unchanged up to ${formatCount(cap.value)} is assumed. Look at the sizes again when workers have lived that long.`,
  );
  const metric = evidence.metric ?? metricOf(evidence.inputs) ?? 'rss';
  warn(
    metric !== 'rss',
    'not-rss',
    () =>
      `The sizes are of ${metric}, not RSS, which servers compare with their limits: log RSS, or do not trust limits in bytes.`,
  );
  return warnings;
}
