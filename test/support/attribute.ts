/** Feeds the attributor without a log: for more requests than a test should write down and read. */
import { Attributor } from '../../src/attribute/attributor.ts';
import type { Evidence } from '../../src/attribute/evidence.ts';
import { evidenceOf } from '../../src/attribute/evidence-of.ts';
import { Reading } from '../../src/parse/reading.ts';
import { NO_KEY } from '../../src/route/keys.ts';
import { WHOLE } from '../../src/route/parts.ts';
import { Router } from '../../src/route/router.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';
import { ROUTER_OPTIONS } from './uri-router.ts';

export class Feed {
  readonly attributor: Attributor = new Attributor('rss');
  readonly #reading = new Reading();
  readonly #calls: number[] = [];

  add(pid: number, ownCount: number, route: number, rssBytes: number): void {
    const reading = this.#reading;
    reading.pid = pid;
    reading.app = 0;
    reading.core = 0;
    reading.ownCount = ownCount;
    reading.rssBytes = rssBytes;
    this.#calls[route] = (this.#calls[route] ?? 0) + 1;
    this.attributor.request(reading, route, 1);
  }

  /** @returns the evidence, with routes named by their numbers. */
  evidence(): Evidence {
    const router = new Router(new ScanMemory(), { ...ROUTER_OPTIONS, maxRoutes: 1 });
    return {
      ...evidenceOf(this.attributor, router, [], 0),
      routes: Array.from(this.#calls, (calls = 0, route) => ({
        name: `/route/${route}x`,
        hidden: false,
        given: false,
        examples: [],
        key: NO_KEY,
        part: WHOLE,
        calls,
        grossBytes: 0,
        netBytes: 0,
        highWaterBytes: 0,
        growthCalls: 0,
        peakCalls: 0,
        peakSumBytes: 0,
        largestPeakBytes: 0,
        largest: [],
      })),
    };
  }
}
