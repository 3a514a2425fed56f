/** A server that never was: workers with a modelled heap, routes of all kinds, and a log in uWSGI's form. Seeded. */
import { type Random, seededRandom } from '../support/random.ts';
import type { Truth } from '../support/score.ts';
import { uwsgiLine } from '../support/uwsgi-line.ts';
import type { Case } from './case.ts';
import { type Handler, type Kind, makeHandler, Process } from './handlers.ts';
import { type Block, Heap } from './heap.ts';

const FEW_ROUTES = [6, 8, 12, 16, 24, 40];
const MANY_ROUTES = [80, 150, 400];
/** More leaked by one worker is not a server that anybody would run. */
const MOST_LEAKED = 2e8;
/** The kernel counts the pages of a process in batches. */
const RSS_BATCH = 128 * 1024;
const START = Date.UTC(2026, 10, 23, 20, 0, 0);
const WORDS = 'orders users items carts reports exports images search invoices sessions devices alerts projects'.split(
  ' ',
);

export const nameOf = (route: number): string =>
  `/${WORDS[route % WORDS.length]}/${[...String(Math.floor(route / WORDS.length))].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;

export interface Scenario {
  handlers: Handler[];
  /** How often each is called, relatively. */
  weights: number[];
  requests: number;
  workers: number;
  /** Requests of a worker until it is replaced. */
  life: number;
  threads: number;
  /** By how much the mix of requests wanders. */
  drift: number;
  lags: boolean;
}

export interface CaseSize {
  /** Fixes the number of routes; otherwise it is drawn. */
  routes?: number;
  requests?: number;
}

export function simulatedCase(seed: number, size: CaseSize = {}): Case {
  const random = randomOf(seed);
  return play(`simulated ${seed}`, draw(random, size), random);
}

export function randomOf(seed: number): Random {
  const random = seededRandom(seed * 7919 + 13);
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 20; i++) random.next();
  return random;
}

export function draw(random: Random, { routes, requests }: CaseSize): Scenario {
  const one = (...values: number[]) => values[random.integer(values.length)]!;
  const count = routes ?? (random.integer(4) === 0 ? one(...MANY_ROUTES) : one(...FEW_ROUTES));
  const kinds: Kind[] = [];
  const add = (kind: Kind, ...amounts: number[]) => {
    for (let left = one(...amounts); left > 0; left--) kinds.push(kind);
  };
  add('leak', 0, 0, 1, 1, 2, 3, 4, 5);
  add('bloat', 0, 0, 1, 1, 2, 3);
  add('churn', 0, 1, 1, 2);
  add('cache', 0, 1, 1, 2);
  add('warmup', 0, 1, 1, 3);
  add('last', 0, 0, 1);
  add('slowcache', 0, 0, 0, 1);
  kinds.length = Math.min(kinds.length, count - 2);
  while (kinds.length < count) kinds.push('none');
  const handlers = kinds.map((kind) => makeHandler(kind, random));
  const slope = one(0.4, 0.7, 1);
  const ranks = shuffled(
    kinds.map((_, i) => i),
    random,
  );
  const weights = handlers.map(
    ({ kind }, i) => (ranks[i]! + 1) ** -slope * (kind === 'bloat' || kind === 'churn' ? 0.3 : 1),
  );
  const scenario: Scenario = {
    handlers,
    weights,
    requests: requests ?? Math.round(4000 * 8 ** random.next()),
    workers: one(1, 2, 2, 4, 4, 8),
    life: one(0, 0, 0, 0, 0, 1) ? one(300, 500, 1000, 2000) : Number.POSITIVE_INFINITY,
    threads: one(1, 1, 1, 1, 1, 1, 2, 4),
    drift: one(0, 0, 0.3, 0.6),
    lags: random.integer(2) === 0,
  };
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, handler] of handlers.entries()) {
    if (handler.kind !== 'leak') continue;
    const calls = (scenario.requests * weights[i]!) / all / scenario.workers;
    handler.bytes = Math.max(64, Math.round(Math.min(handler.bytes, MOST_LEAKED / calls / handler.share)));
  }
  return scenario;
}

/** A process as its log lines show it. */
interface Worker {
  slot: number;
  pid: number;
  process: Process;
  own: number;
  first: number;
  shown: number;
  /** Requests that have begun; as many as there are threads at most. */
  running: { route: number; borrowed: Block[] }[];
}

export function play(name: string, scenario: Scenario, random: Random): Case {
  const { handlers, requests, threads } = scenario;
  const calls = handlers.map(() => 0);
  const leaked = handlers.map(() => 0);
  const lines = ['*** Starting uWSGI 2.0.21 (64bit) on [Mon Nov 23 20:00:00 2026] ***'];
  let nextPid = 1000;
  let growth = 0;
  let total = 0;
  const start = (slot: number): Worker => ({
    slot,
    pid: nextPid++,
    process: new Process(new Heap(35_000_000 + random.integer(1_000_000)), random),
    own: 0,
    first: 0,
    shown: 0,
    running: [],
  });
  const finish = (worker: Worker) => {
    const [{ route, borrowed }] = worker.running.splice(random.integer(worker.running.length), 1) as [
      Worker['running'][number],
    ];
    for (const block of borrowed) worker.process.heap.give(block);
    const { rss } = worker.process.heap;
    if (!scenario.lags || Math.abs(rss - worker.shown) >= RSS_BATCH) worker.shown = rss;
    if (worker.own === 0) worker.first = worker.shown;
    calls[route]!++;
    lines.push(
      uwsgiLine({
        pid: worker.pid,
        ownCount: ++worker.own,
        totalCount: ++total,
        core: threads > 1 ? random.integer(threads) : 0,
        rssBytes: worker.shown,
        uri: nameOf(route),
        time: START + total * 20,
      }),
    );
  };
  const end = (worker: Worker) => {
    while (worker.running.length > 0) finish(worker);
    growth += worker.shown - worker.first;
    for (const [route, bytes] of worker.process.leaked) leaked[route]! += bytes;
  };

  const mix = new Mix(scenario, random);
  const workers = Array.from({ length: scenario.workers }, (_, i) => start(i + 1));
  for (const { slot, pid } of workers) lines.push(`spawned uWSGI worker ${slot} (pid: ${pid}, cores: ${threads})`);
  for (let i = 0; i < requests; i++) {
    const at = random.integer(workers.length);
    const worker = workers[at]!;
    const route = mix.next();
    worker.running.push({ route, borrowed: worker.process.begin(route, handlers[route]!) });
    if (worker.running.length >= threads || random.integer(2) === 0) finish(worker);
    if (worker.own < scenario.life) continue;
    end(worker);
    const fresh = start(worker.slot);
    lines.push(
      `...The work of process ${worker.pid} is done. Seeya!`,
      `Respawned uWSGI worker ${worker.slot} (new pid: ${fresh.pid})`,
    );
    workers[at] = fresh;
  }
  workers.forEach(end);

  const routes: Truth['routes'] = {};
  for (const [route, { kind }] of handlers.entries()) {
    if (calls[route] === 0) continue;
    routes[nameOf(route)] = {
      class: kind,
      calls: calls[route]!,
      true_total_leaked: leaked[route]!,
      true_bytes_per_call: leaked[route]! / calls[route]!,
      match: `^${nameOf(route)}$`,
    };
  }
  return { log: `${lines.join('\n')}\n`, truth: { scenario: name, net_process_growth_logged: growth, routes } };
}

/** Which route comes next; the shares wander from block to block. */
class Mix {
  readonly #weights: readonly number[];
  readonly #drift: number;
  readonly #random: Random;
  readonly #block: number;
  readonly #wandered: number[];
  #sums: number[] = [];
  #left = 0;

  constructor({ weights, drift }: Scenario, random: Random) {
    this.#weights = weights;
    this.#drift = drift;
    this.#random = random;
    this.#block = [100, 500, 2000][random.integer(3)]!;
    this.#wandered = weights.map(() => 0);
  }

  next(): number {
    if (this.#left-- === 0) this.#wander();
    const at = this.#random.next() * this.#sums.at(-1)!;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #wander(): void {
    this.#left = this.#block - 1;
    let sum = 0;
    this.#sums = this.#weights.map((weight, i) => {
      // Three even numbers added are as good as a normal one.
      const step = this.#random.next() + this.#random.next() + this.#random.next() - 1.5;
      this.#wandered[i] = 0.95 * this.#wandered[i]! + 2 * this.#drift * step;
      sum += weight * Math.exp(this.#wandered[i]!);
      return sum;
    });
  }
}

function shuffled(numbers: number[], random: Random): number[] {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}
