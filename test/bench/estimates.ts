/** Times what comes behind the pass over a log: from the evidence of lives to the findings. */
import { BASE_WINDOW, Life } from '../../src/attribute/life.ts';
import { estimate } from '../../src/estimate/estimate.ts';
import { type Random, seededRandom } from '../support/random.ts';

export interface EvidenceShape {
  routes: number;
  /** Of all workers together. */
  windows: number;
  workers: number;
  seed: number;
  runs: number;
}

/** @returns seconds per run; a first one is not counted. */
export function timeEstimates({ routes, windows, workers, seed, runs }: EvidenceShape): number[] {
  const random = seededRandom(seed);
  const perWorker = Math.ceil(windows / workers);
  const lives = Array.from({ length: workers }, () => lived(perWorker * BASE_WINDOW, routes, random));
  return Array.from({ length: runs + 1 }, () => {
    const start = performance.now();
    estimate(lives, routes);
    return (performance.now() - start) / 1000;
  }).slice(1);
}

/** Every seventh route leaks, and every fifth borrows. */
function lived(requests: number, routes: number, random: Random) {
  const life = new Life();
  let rss = 40_000_000;
  let borrowed = 0;
  for (let i = 0; i < requests; i++) {
    const route = Math.min(random.integer(routes), random.integer(routes));
    if (route % 7 === 0) rss += 4096 * random.integer(3);
    if (route % 5 === 0) borrowed = 4096 * random.integer(800);
    else if (random.integer(8) === 0) borrowed = 0;
    life.add(route, rss + borrowed);
  }
  return life.evidence();
}
