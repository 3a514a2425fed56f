/** Two logs of one simulated server, before and after; and the log after a change that made one route leak. */
import type { Report } from '../../src/index.ts';
import { draw, nameOf, play, randomOf, type Scenario } from './simulated-case.ts';

/** More leaked by one worker is not a server that anybody would run. */
const MOST_LEAKED = 2e8;

export class SimulatedPair {
  readonly name: string;
  readonly #seed: number;
  readonly #scenario: Scenario;

  constructor(seed: number) {
    this.name = `simulated ${seed}`;
    this.#seed = seed;
    this.#scenario = draw(randomOf(seed), {});
  }

  before(): string {
    return this.#log(100_000, this.#scenario);
  }

  /** The same program, other traffic. */
  after(): string {
    return this.#log(200_000, this.#scenario);
  }

  /** The traffic of `after`, with so many bytes kept by every call of a route besides. */
  afterChange(route: string, addedLeak: number): string {
    const handlers = this.#scenario.handlers.map((handler, i) =>
      nameOf(i) === route ? { ...handler, addedLeak } : handler,
    );
    return this.#log(200_000, { ...this.#scenario, handlers });
  }

  /**
   * A route that does not leak and may be made to, drawn from those whose smallest change that would be seen is known.
   * @param detectable per route, in bytes per call.
   * @param after report on `after`.
   */
  routeToChange(detectable: ReadonlyMap<string, number>, after: Report, times: number): string | undefined {
    const { handlers, workers } = this.#scenario;
    const calls = new Map(after.routes.map((route) => [route.route, route.calls]));
    const possible = handlers.flatMap(({ kind }, i) => {
      const name = nameOf(i);
      const bytes = times * (detectable.get(name) ?? Number.POSITIVE_INFINITY) * (calls.get(name) ?? 0);
      return kind !== 'leak' && bytes / workers <= MOST_LEAKED ? [name] : [];
    });
    return possible[randomOf(this.#seed + 300_000).integer(Math.max(1, possible.length))];
  }

  #log(offset: number, scenario: Scenario): string {
    return play(this.name, scenario, randomOf(this.#seed + offset)).log.toString();
  }
}
