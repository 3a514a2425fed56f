/** Requests that ran without a log line, by the jumps of the workers' own counters. */
import { ABSENT, type Reading } from '../parse/reading.ts';

/** Workers whose counters are followed. */
const MOST_WORKERS = 10_000;

export class RequestGaps {
  /** Requests that are missing. */
  requests = 0;
  readonly #last = new Map<string, number>();

  add({ origin, pid, app, ownCount }: Reading): void {
    if (ownCount === ABSENT || app < 0) return;
    const key = `${origin} ${pid} ${app}`;
    const last = this.#last.get(key);
    if (last === undefined && this.#last.size >= MOST_WORKERS) return;
    this.#last.set(key, ownCount);
    if (last !== undefined && ownCount > last + 1) this.requests += ownCount - last - 1;
  }
}
