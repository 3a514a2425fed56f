/**
 * uWSGI's settings, with the semantics of its source (core/utils.c, core/master_checks.c): `max-requests` of worker w is
 * N + (w - 1) * max-requests-delta, not w * delta as its help says, and holds once min-worker-lifetime (10 s) has passed.
 * max-requests-delta came with 2.0.29; older versions ignore it in an ini without a word. max-worker-lifetime-delta came
 * with 2.0.19, and spreads restarts in every version since.
 */
import { formatBytes, formatCount } from '../term/units.ts';
import type { AdviceWarning, ServerAdvice, Setting } from './advice.ts';
import { costOf, type LifeRule } from './cost.ts';
import { isAtLeast, type Version } from './options.ts';
import { formatRate, type Plan, SPREAD, type Warned } from './plan.ts';

const REQUESTS_DELTA_SINCE: Version = [2, 0, 29];
const LIFETIME_DELTA_SINCE: Version = [2, 0, 19];
const MIB = 2 ** 20;
/** The master looks for workers that are too old once a second. */
const LOOKS_EVERY = 1;
/** uWSGI's default, in seconds, for min-worker-lifetime. */
const LEAST_LIFETIME = 10;

export function uwsgiAdvice(plan: Plan, version: Version | undefined): Warned<ServerAdvice> {
  const hasRequestsDelta = version !== undefined && isAtLeast(version, REQUESTS_DELTA_SINCE);
  const hasLifetimeDelta = version === undefined || isAtLeast(version, LIFETIME_DELTA_SINCE);
  const spread = hasRequestsDelta ? byRequests(plan) : hasLifetimeDelta ? byLifetime(plan) : unspread(plan);
  const soonest = soonestSeconds(plan, spread);
  const gate = gateOf(soonest);
  const settings = [...spread.settings, ...gate.settings, ...reloadOnRss(plan)];
  const { workers } = plan.budget;
  const rules = (delta: 0 | 1) =>
    Array.from(
      { length: workers },
      (_, i): LifeRule => ({
        requests: () => spread.requests + delta * i * spread.requestsDelta,
        seconds: spread.seconds + delta * i * spread.secondsDelta + LOOKS_EVERY,
        leastSeconds: plan.rate ? gate.seconds : 0,
      }),
    );
  const isSpread = spread.requestsDelta > 0 || spread.secondsDelta > 0;
  return {
    advice: {
      server: 'uwsgi',
      versions: versionsOf(version, hasRequestsDelta),
      settings,
      cost: costOf(rules(1), isSpread ? rules(0) : unspreadRules(plan), plan.rate?.requestsPerSecondPerWorker ?? null),
    },
    warnings: [...gate.warnings, ...(isSpread || workers === 1 ? [] : [noSpread(plan, version)])],
  };
}

interface Spread {
  settings: Setting[];
  /** Of worker 1, and what each next one has more. */
  requests: number;
  requestsDelta: number;
  seconds: number;
  secondsDelta: number;
}

/** From 2.0.29 on. */
function byRequests({ cap, budget, rate }: Plan): Spread {
  const others = budget.workers - 1;
  const requestsDelta = others === 0 ? 0 : Math.floor((SPREAD * cap.value) / others);
  const requests = cap.value - others * requestsDelta;
  const spread =
    requestsDelta === 0
      ? []
      : [
          setting(
            'max-requests-delta',
            requestsDelta,
            'requests',
            `a fifth of ${formatCount(cap.value)} over ${others} ${others === 1 ? 'worker' : 'workers'}: worker ${budget.workers} gets ${formatCount(requests)} + ${others} x ${formatCount(requestsDelta)} = ${formatCount(cap.value)}`,
          ),
        ];
  const mean = rate?.requestsPerSecondPerWorker;
  const seconds = mean === undefined ? Number.POSITIVE_INFINITY : Math.ceil((2 * cap.value) / mean);
  const net =
    mean === undefined
      ? []
      : [
          setting(
            'max-worker-lifetime',
            seconds,
            'seconds',
            `twice the time of ${formatCount(cap.value)} requests at ${formatRate(mean)}: for a worker that grows while it is hardly called`,
          ),
        ];
  const less = others * requestsDelta > 0 ? ` - ${formatCount(others * requestsDelta)} for the spread` : '';
  return {
    settings: [
      setting('max-requests', requests, 'requests', `${cap.arithmetic}${less}${less && ` = ${formatCount(requests)}`}`),
      ...spread,
      ...net,
    ],
    requests,
    requestsDelta,
    seconds,
    secondsDelta: 0,
  };
}

/** From 2.0.19 on: time spreads the restarts, requests bound a burst. */
function byLifetime(plan: Plan): Spread {
  const { cap, budget, rate } = plan;
  if (!rate) return unspread(plan);
  const busiest = rate.requestsPerSecondOfBusiest;
  const longest = Math.floor(cap.value / busiest - LOOKS_EVERY);
  const others = budget.workers - 1;
  const secondsDelta = others === 0 ? 0 : Math.floor((SPREAD * longest) / others);
  const seconds = longest - others * secondsDelta;
  // uWSGI refuses to start unless it is above min-worker-lifetime.
  if (seconds < 3) return unspread(plan);
  const { settings } = unspread(plan);
  const time = `${formatCount(cap.value)} requests / ${formatRate(busiest)} of the busiest worker, less the ${LOOKS_EVERY} s that uWSGI may be late = ${formatCount(longest)} s`;
  const spread =
    secondsDelta === 0
      ? []
      : [
          setting(
            'max-worker-lifetime-delta',
            secondsDelta,
            'seconds',
            `a fifth of ${formatCount(longest)} s over ${others} ${others === 1 ? 'worker' : 'workers'}: worker ${budget.workers} gets ${formatCount(seconds)} + ${others} x ${formatCount(secondsDelta)} = ${formatCount(seconds + others * secondsDelta)}`,
          ),
        ];
  const less =
    secondsDelta === 0 ? '' : ` - ${formatCount(others * secondsDelta)} for the spread = ${formatCount(seconds)}`;
  return {
    settings: [...settings, setting('max-worker-lifetime', seconds, 'seconds', time + less), ...spread],
    requests: cap.value,
    requestsDelta: 0,
    seconds,
    secondsDelta,
  };
}

function unspread({ cap }: Plan): Spread {
  return {
    settings: [setting('max-requests', cap.value, 'requests', cap.arithmetic)],
    requests: cap.value,
    requestsDelta: 0,
    seconds: Number.POSITIVE_INFINITY,
    secondsDelta: 0,
  };
}

function unspreadRules({ cap, budget }: Plan): LifeRule[] {
  return Array.from({ length: budget.workers }, () => ({
    requests: () => cap.value,
    seconds: Number.POSITIVE_INFINITY,
    leastSeconds: 0,
  }));
}

/** Until the busiest worker is to be restarted; null where no rate is known. */
function soonestSeconds({ rate }: Plan, { requests, seconds }: Spread): number | null {
  return rate ? Math.min(seconds, requests / rate.requestsPerSecondOfBusiest) : null;
}

interface Gate {
  settings: Setting[];
  warnings: AdviceWarning[];
  /** What then holds. */
  seconds: number;
}

/** min-worker-lifetime, where its default would let a worker go on for longer than it may. */
function gateOf(soonest: number | null): Gate {
  if (soonest === null) {
    const message = `uWSGI ends no worker within ${LEAST_LIFETIME} s of its start (min-worker-lifetime). Where a worker serves max-requests sooner, it serves more than that: then set min-worker-lifetime to half the time it takes.`;
    return { settings: [], warnings: [{ code: 'min-worker-lifetime', message }], seconds: LEAST_LIFETIME };
  }
  // Its clock counts whole seconds.
  if (soonest >= LEAST_LIFETIME + 1) return { settings: [], warnings: [], seconds: LEAST_LIFETIME };
  const seconds = Math.floor(soonest / 2);
  const why = `half of the ${soonest.toFixed(1)} s that the busiest worker takes; its default of ${LEAST_LIFETIME} s would let it go on`;
  return { settings: [setting('min-worker-lifetime', seconds, 'seconds', why)], warnings: [], seconds };
}

/** Behind the count of requests, for growth that the log has not seen. */
function reloadOnRss({ budget, worker }: Plan): Setting[] {
  const value = Math.floor(budget.targetBytes / MIB);
  if (value * MIB <= worker.largestSettledBytes + worker.peakAboveLineBytes) return [];
  const why = `the ${formatBytes(budget.targetBytes)} of above, in whole MiB: a net, for growth that this log does not show`;
  return [setting('reload-on-rss', value, 'MiB', why)];
}

function noSpread({ rate }: Plan, version: Version | undefined): AdviceWarning {
  const older = version !== undefined && !isAtLeast(version, LIFETIME_DELTA_SINCE);
  const message = older
    ? `uWSGI ${version.join('.')} has nothing that spreads restarts: workers that started together restart close together. From 2.0.19 on there is max-worker-lifetime-delta, from 2.0.29 on max-requests-delta.`
    : rate === null
      ? 'Without times in the log only max-requests can be given: workers that started together restart close together. From 2.0.29 on max-requests-delta spreads them (--uwsgi-version 2.0.29); before, max-worker-lifetime-delta.'
      : 'Workers live too shortly for their restarts to be spread.';
  return { code: 'no-spread', message };
}

function versionsOf(version: Version | undefined, hasRequestsDelta: boolean): string {
  if (version === undefined) return 'from 2.0.19 on';
  if (hasRequestsDelta) return 'from 2.0.29 on';
  return isAtLeast(version, LIFETIME_DELTA_SINCE) ? '2.0.19 to 2.0.28' : 'before 2.0.19';
}

function setting(name: string, value: number, unit: Setting['unit'], arithmetic: string): Setting {
  return { name, line: `${name} = ${value}`, value, unit, arithmetic };
}
