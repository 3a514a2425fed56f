/**
 * The evidence of any number of hosts, added one by one, so that one of them and the sum are in memory. Whatever the order, the
 * report of the sum is the same.
 */
import { UserError } from '../errors.ts';
import { keyedName, NO_KEY } from '../route/keys.ts';
import { WHOLE } from '../route/parts.ts';
import { OTHER_ROUTES } from '../route/router.ts';
import { addRoute } from './add-route.ts';
import { EVIDENCE_VERSION, type Evidence, type RouteEvidence, type WorkerEvidence } from './evidence.ts';
import type { LifeEvidence } from './life.ts';
import { LifeSample } from './life-sample.ts';
import { firstOf } from './notices.ts';
import { renumberLives } from './renumber-lives.ts';

/** Evidence whose lives are made when they are asked for: of many hosts, few lives are in the sample. */
export interface EvidencePart {
  sums: Omit<Evidence, 'workers'>;
  workers: { worker: Omit<WorkerEvidence, 'life'>; life: (() => LifeEvidence) | null }[];
}

export function partOf({ workers, ...sums }: Evidence): EvidencePart {
  return {
    sums,
    workers: workers.map(({ life, ...worker }) => ({ worker, life: life && (() => life) })),
  };
}

export class EvidenceSum {
  readonly #maxRoutes: number;
  #sums: Omit<Evidence, 'workers' | 'routes' | 'inputs'> | undefined;
  readonly #inputs: Evidence['inputs'] = [];
  readonly #routes: RouteEvidence[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #workers: Omit<WorkerEvidence, 'life'>[] = [];
  /** In which part each worker is. */
  readonly #partOf = new Map<string, string>();
  readonly #lives = new LifeSample();

  /** @param maxRoutes more share one row; which ones do depends on the order then. */
  constructor(maxRoutes: number = Number.POSITIVE_INFINITY) {
    this.#maxRoutes = maxRoutes;
  }

  /**
   * @param name of the part, for messages.
   * @throws UserError when it follows another memory figure, or has a worker that another part has: then the sum is spoiled.
   */
  add({ sums, workers }: EvidencePart, name: string): void {
    const { routes, inputs, ...figures } = sums;
    this.#sums = this.#sums === undefined ? figures : addFigures(this.#sums, figures);
    for (const input of inputs) this.#inputs.push(input);
    const numbers = routes.map((route) => this.#addRoute(route));
    for (const { worker, life } of workers) {
      const other = this.#partOf.get(worker.name);
      if (other !== undefined) {
        throw new UserError(
          `worker ${worker.name} is in ${other} and in ${name}: logs of one process belong into one collect, and those of two hosts need a --host each`,
        );
      }
      this.#partOf.set(worker.name, name);
      this.#workers.push(worker);
      if (life) this.#lives.add(worker.name, () => renumberLives([life()], numbers)[0]!);
    }
  }

  /** @throws Error when nothing was added. */
  evidence(): Evidence {
    if (this.#sums === undefined) throw new Error('the sum of no evidence');
    const lives = this.#lives.sample();
    return {
      ...this.#sums,
      version: EVIDENCE_VERSION,
      inputs: this.#inputs,
      routes: this.#routes,
      workers: this.#workers.map((worker) => ({ ...worker, life: lives.get(worker.name) ?? null })),
    };
  }

  /** @returns its number in the sum. */
  #addRoute(route: RouteEvidence): number {
    const known = this.#numbers.get(keyOf(route));
    if (known !== undefined) {
      addRoute(this.#routes[known]!, route);
      return known;
    }
    if (this.#routes.length >= this.#maxRoutes && route.name !== OTHER_ROUTES)
      return this.#addRoute({ ...route, name: OTHER_ROUTES, given: false, key: NO_KEY, part: WHOLE });
    this.#numbers.set(keyOf(route), this.#routes.length);
    return this.#routes.push({ ...route, examples: [...route.examples] }) - 1;
  }
}

const keyOf = ({ name, hidden, key, part }: RouteEvidence) =>
  `${hidden ? 'hidden' : 'shown'} ${keyedName(name, key)}\n${part.status}\n${part.query}`;

type Figures = Omit<Evidence, 'workers' | 'routes' | 'inputs'>;

function addFigures(a: Figures, b: Figures): Figures {
  if (a.metric !== b.metric) {
    throw new UserError(
      `the evidence of ${a.metric ?? 'no particular figure'} and of ${b.metric ?? 'no particular figure'} cannot be added; collect both with the same --metric`,
    );
  }
  return {
    version: a.version,
    metric: a.metric,
    firstTime: chosen(a.firstTime, b.firstTime, Math.min),
    lastTime: chosen(a.lastTime, b.lastTime, Math.max),
    unattributed: {
      netBytes: a.unattributed.netBytes + b.unattributed.netBytes,
      highWaterBytes: a.unattributed.highWaterBytes + b.unattributed.highWaterBytes,
      withoutUri: a.unattributed.withoutUri + b.unattributed.withoutUri,
      torn: a.unattributed.torn + b.unattributed.torn,
      unlogged: a.unattributed.unlogged + b.unattributed.unlogged,
    },
    requests: a.requests + b.requests,
    measuredReadings: a.measuredReadings + b.measuredReadings,
    coarsestQuantumBytes: Math.max(a.coarsestQuantumBytes, b.coarsestQuantumBytes),
    zeroReadings: a.zeroReadings + b.zeroReadings,
    absentReadings: a.absentReadings + b.absentReadings,
    deltaReadings: a.deltaReadings + b.deltaReadings,
    peakReadings: a.peakReadings + b.peakReadings,
    unnamedReadings: a.unnamedReadings + b.unnamedReadings,
    notices: {
      dynoSamples: a.notices.dynoSamples + b.notices.dynoSamples,
      implausible: firstOf(a.notices.implausible, b.notices.implausible),
    },
    crowdedPaths: a.crowdedPaths + b.crowdedPaths,
    leftOut: a.leftOut + b.leftOut,
    restarts: a.restarts + b.restarts,
    concurrent: a.concurrent || b.concurrent,
    memoryReportOff: a.memoryReportOff || b.memoryReportOff,
    mostUnannouncedLives: Math.max(a.mostUnannouncedLives, b.mostUnannouncedLives),
  };
}

function chosen(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  return a === null ? b : b === null ? a : choose(a, b);
}
