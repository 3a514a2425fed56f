/** From evidence and report to the settings that keep workers within a budget; pure. */
import type { Evidence } from '../attribute/evidence.ts';
import { formatsOf } from '../attribute/input-counts.ts';
import { DELTA_BASE } from '../attribute/worker.ts';
import { UserError } from '../errors.ts';
import type { Report, RouteReport } from '../report/report.ts';
import { formatBytes, formatCount, plural } from '../term/units.ts';
import type {
  Advice,
  Answer,
  Budget,
  LeakingRoute,
  NoRoomAnswer,
  ServerName,
  TimeToLimit,
  WorkerSize,
} from './advice.ts';
import { SERVER_NAMES } from './advice.ts';
import { celeryAdvice } from './celery.ts';
import { gunicornAdvice } from './gunicorn.ts';
import type { AdviceOptions } from './options.ts';
import { capOf, formatRate, formatShare, type Plan, type Warned } from './plan.ts';
import { rateOf, workersAtOnce } from './rate.ts';
import { uwsgiAdvice } from './uwsgi.ts';
import { warningsOf } from './warnings.ts';
import { sizeOfWorkers } from './worker-size.ts';

/** The rest of a share is for what no log shows. */
const TARGET = 0.9;
/** Growth behind the warm-up, as a share of the settled size, that cannot be left to itself. */
const MATERIAL = 0.1;

/** @throws UserError where the log does not say how large workers are. */
export function advise(report: Report, evidence: Evidence, options: AdviceOptions): Advice {
  const worker = withLeaks(measured(evidence, report), report);
  const logged = workersAtOnce(evidence);
  const workers = options.workers ?? logged;
  const shareBytes = Math.floor(options.memoryBytes / workers);
  const budget: Budget = {
    memoryBytes: options.memoryBytes,
    workers,
    workersFrom: options.workers === undefined ? 'log' : 'option',
    shareBytes,
    targetBytes: Math.floor(TARGET * shareBytes),
  };
  const rate = rateOf(evidence, logged, workers);
  const plan: Plan = { budget, worker, rate, cap: capOf(budget, worker) };
  const { advice: answer, warnings } = answerOf(plan, report, evidence, options);
  const routes = leakingRoutes(report, evidence.requests);
  return {
    schemaVersion: 1,
    tool: report.tool,
    log: {
      names: report.inputs.map(({ name }) => name),
      requests: report.totals.requests,
      workers: report.totals.workers,
      span: report.span,
    },
    budget,
    worker,
    rate,
    answer,
    routes,
    warnings: [...warningsOf(plan, answer, evidence, logged, routes.length), ...warnings],
  };
}

function measured(evidence: Evidence, report: Report): WorkerSize {
  const names = report.inputs.map(({ name }) => name).join(', ');
  if (evidence.requests === 0 && evidence.leftOut > 0)
    throw new UserError(`${names}: no request lies within --since and --until; choose other times`);
  if (evidence.requests === 0)
    throw new UserError(`${names}: no request to learn from; name a log of a server that logs its memory`);
  if (evidence.peakReadings > 0 && evidence.peakReadings >= evidence.measuredReadings)
    throw new UserError(
      `${names}: these lines say how much memory a request used at most, not how large its process is; log its RSS: leakrank instrument`,
    );
  if (evidence.workers.some(({ baseBytes }) => baseBytes === DELTA_BASE))
    throw new UserError(
      `${names}: these lines say by how much memory changed, not how large a worker is; log its RSS: leakrank instrument`,
    );
  const followed = evidence.workers.flatMap(({ life, peakBytes }) => (life ? [{ life, peakBytes }] : []));
  const size = sizeOfWorkers(followed);
  if (size === undefined)
    throw new UserError(
      `${names}: too short to tell a worker's growth from its warm-up: no worker served 100 measured requests; log for longer, without restarts`,
    );
  return size;
}

/** What the routes are shown to leak, where the line through all sizes shows no growth: then the noise hides it. */
function withLeaks(worker: WorkerSize, report: Report): WorkerSize {
  const { leakedBytes, requests } = report.totals;
  if (worker.growthBytesPerRequest > 0 || leakedBytes <= 0) return worker;
  const growthBytesPerRequest = leakedBytes / requests;
  const leaking = report.routes.filter((route) => route.leakedBytes > 0);
  const perRequest = (of: (route: Report['routes'][number]) => number) =>
    leaking.reduce((sum, route) => sum + of(route) * route.calls, 0) / requests;
  const low = perRequest((route) => route.leakedBytesPerCallLow ?? 0);
  const high = perRequest((route) => route.leakedBytesPerCallHigh ?? route.leakedBytesPerCall);
  return {
    ...worker,
    growthBytesPerRequest,
    growthBytesPerRequestLow: Math.min(low, growthBytesPerRequest),
    growthBytesPerRequestHigh: Math.max(worker.growthBytesPerRequestHigh, growthBytesPerRequest, high),
  };
}

function answerOf(plan: Plan, report: Report, evidence: Evidence, options: AdviceOptions): Warned<Answer> {
  const { budget, worker, cap } = plan;
  const before = worker.largestSettledBytes + worker.peakAboveLineBytes;
  const leaks = report.routes.some(({ verdict }) => verdict === 'leak');
  if (before >= budget.targetBytes || ((leaks || growsOn(plan, evidence)) && cap.value < 1))
    return { advice: noRoom(plan, before), warnings: [] };
  if (!leaks && !growsOn(plan, evidence)) {
    const message = `No route is shown to leak: no restart setting is needed. After its warm-up a worker takes ${formatBytes(worker.settledBytes)}, the largest ${formatBytes(worker.largestSettledBytes)}, of a share of ${formatBytes(budget.shareBytes)}.`;
    return { advice: { kind: 'no-leak', message }, warnings: [] };
  }
  const servers = serversOf(options, evidence).map((server) => adviceFor(server, plan, options));
  return {
    advice: {
      kind: 'settings',
      requestsPerLife: cap,
      withoutRestarts: timeToLimit(plan),
      servers: servers.map(({ advice }) => advice),
    },
    warnings: servers.flatMap(({ warnings }) => warnings),
  };
}

/** Growth that no route could be shown to make, and that is too much to wait for its end. */
function growsOn({ worker }: Plan, { workers }: Evidence): boolean {
  const { growthBytesPerRequest, growthBytesPerRequestLow, settledBytes, warmUpRequests } = worker;
  const longest = Math.max(...workers.map(({ requests }) => requests)) - warmUpRequests;
  return growthBytesPerRequestLow > 0 && growthBytesPerRequest * longest > MATERIAL * settledBytes;
}

function adviceFor(server: ServerName, plan: Plan, { uwsgiVersion }: AdviceOptions) {
  if (server === 'uwsgi') return uwsgiAdvice(plan, uwsgiVersion);
  if (server === 'celery') return celeryAdvice(plan);
  return { advice: gunicornAdvice(plan), warnings: [] };
}

/** The one that was asked for, else that whose lines these are, else all. */
export function serversOf({ server }: Pick<AdviceOptions, 'server'>, { inputs }: Evidence): readonly ServerName[] {
  if (server !== undefined) return [server];
  const names = inputs.flatMap(formatsOf).map(({ format }) => format);
  const found = SERVER_NAMES.filter((name) => names.some((format) => format.startsWith(name)));
  return found.length > 0 ? found : SERVER_NAMES;
}

function noRoom({ budget, worker }: Plan, before: number): NoRoomAnswer {
  const mostWorkers = Math.floor((TARGET * budget.memoryBytes) / before);
  const leastMemoryBytes = Math.ceil((before / TARGET) * budget.workers);
  const borrowed =
    worker.peakAboveLineBytes > 0 ? ` and ${formatBytes(worker.peakAboveLineBytes)} that requests borrow` : '';
  const fewer =
    mostWorkers > 0 ? `Run at most ${plural(mostWorkers, 'worker')}, or give` : 'Not even one worker fits: give';
  return {
    kind: 'no-room',
    leastMemoryBytes,
    mostWorkers: Math.min(mostWorkers, budget.workers),
    message: `No setting can work: a worker takes ${formatBytes(worker.largestSettledBytes)} after its warm-up${borrowed}, before it has leaked anything, and its share is ${formatBytes(budget.shareBytes)}, of which ${formatShare(1 - TARGET)} stay free. ${fewer} them clearly more than ${formatBytes(leastMemoryBytes)}.`,
  };
}

function timeToLimit({ budget, worker, rate }: Plan): TimeToLimit {
  const room = budget.shareBytes - worker.settledBytes;
  const requests = Math.max(0, Math.floor(room / worker.growthBytesPerRequest));
  const counted = `(${formatBytes(budget.shareBytes)} - ${formatBytes(worker.settledBytes)}) / ${formatBytes(worker.growthBytesPerRequest)} per request = ${formatCount(requests)} requests`;
  if (!rate) return { requests, seconds: null, secondsOfBusiest: null, arithmetic: counted };
  return {
    requests,
    seconds: requests / rate.requestsPerSecondPerWorker,
    secondsOfBusiest: requests / rate.requestsPerSecondOfBusiest,
    arithmetic: `${counted}, at ${formatRate(rate.requestsPerSecondPerWorker)}`,
  };
}

function leakingRoutes(report: Report, requests: number): LeakingRoute[] {
  const leaks = report.routes.filter((route: RouteReport) => route.verdict === 'leak');
  return leaks
    .map(({ route, verdict, calls, leakedBytesPerCall }) => ({
      route,
      verdict,
      calls,
      leakedBytesPerCall,
      growthBytesPerRequest: (leakedBytesPerCall * calls) / requests,
    }))
    .sort((a, b) => b.growthBytesPerRequest - a.growthBytesPerRequest);
}
