/** A router whose readings are made of URIs alone. */
import { Reading } from '../../src/parse/reading.ts';
import { NO_KEYS } from '../../src/route/keys.ts';
import { Router, type RouterOptions } from '../../src/route/router.ts';
import { NO_RULES } from '../../src/route/rules/rules.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';

export const ROUTER_OPTIONS: RouterOptions = {
  group: true,
  route: undefined,
  rules: NO_RULES,
  by: NO_KEYS,
  maxRoutes: 10_000,
};

export class UriRouter extends Router {
  /** Of the URI asked for last. */
  lastPart = -1;
  readonly #memory: ScanMemory;

  constructor(options: Partial<RouterOptions> = {}, memory: ScanMemory = new ScanMemory()) {
    super(memory, { ...ROUTER_OPTIONS, ...options });
    this.#memory = memory;
  }

  /** The number of the URI's route. */
  number(uri: string, method = 'GET', status = 200): number {
    const reading = readingOf(this.#memory, uri, method, status);
    const route = this.routeOf(reading);
    this.lastPart = this.partOf(route, reading);
    return route;
  }
}

export function readingOf(memory: ScanMemory, uri: string, method = 'GET', status = 200): Reading {
  const reading = new Reading();
  reading.setRequest(memory, method, uri);
  reading.status = status;
  return reading;
}
