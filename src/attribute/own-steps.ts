/**
 * What lasts of the growth in a route's own requests. A route whose calls leak more than the noise shows it there directly:
 * the same mean step, however long the pause since its call before. A route that refills what others freed, or a cache,
 * steps more the longer the pause was.
 */

/** Requests since a route's previous call count up to here: a longer pause says no more. */
const LONGEST_PAUSE = 400;
/** A life's first requests pay for imports and caches: steps count from here on. */
const SETTLED_AFTER = 200;
/** For lives that end before SHORT_LIFE, which would have little left. */
const SETTLED_EARLY = 45;
const SHORT_LIFE = 1300;

/** Sums over calls: how many, step, step squared, pause, pause squared, pause times step. Bytes and requests. */
export type OwnSums = [calls: number, step: number, step2: number, pause: number, pause2: number, pauseStep: number];

/** One reading of the window before, kept until its followers are known. */
interface Recent {
  route: number;
  bytes: number;
  position: number;
}

export class OwnSteps {
  /** Position of each route's last call, from 1 on; 0 is never. */
  #lastCalls = new Int32Array(0);
  #early = new Map<number, OwnSums>();
  #settled = new Map<number, OwnSums>();
  /** The last readings, oldest first: whether a step lasts is seen two readings later. */
  #recent: Recent[] = [];

  /** Goes on by itself. */
  copy(): OwnSteps {
    const copy = new OwnSteps();
    copy.#lastCalls = this.#lastCalls.slice();
    copy.#early = copyOf(this.#early);
    copy.#settled = copyOf(this.#settled);
    copy.#recent = [...this.#recent];
    return copy;
  }

  /** @param before requests of this life before the window. */
  addWindow(routes: Int32Array, bytes: Float64Array, before: number): void {
    for (let i = 0; i < routes.length; i++) {
      const recent = this.#recent;
      recent.push({ route: routes[i]!, bytes: bytes[i]!, position: before + i + 1 });
      if (recent.length < 4) continue;
      const [a, b, c, d] = recent as [Recent, Recent, Recent, Recent];
      // The rise of the lowest of three readings: a peak that is gone two requests later is no step.
      const step = Math.min(b.bytes, c.bytes, d.bytes) - Math.min(a.bytes, b.bytes, c.bytes);
      recent.shift();
      this.#add(b, step);
    }
  }

  /** @param requests of the whole life: short ones count from earlier on. */
  sums(requests: number): [route: number, sums: OwnSums][] {
    const sums = copyOf(this.#settled);
    if (requests < SHORT_LIFE) {
      for (const [route, own] of this.#early) {
        const known = sums.get(route);
        if (known) addSums(known, own);
        else sums.set(route, [...own]);
      }
    }
    return [...sums].sort(([a], [b]) => a - b);
  }

  #add({ route, position }: Recent, step: number): void {
    if (route < 0) return;
    if (route >= this.#lastCalls.length) {
      const wider = new Int32Array(Math.max(64, route * 2));
      wider.set(this.#lastCalls);
      this.#lastCalls = wider;
    }
    const last = this.#lastCalls[route]!;
    this.#lastCalls[route] = position;
    if (last === 0 || position < SETTLED_EARLY) return;
    const own = position < SETTLED_AFTER ? this.#early : this.#settled;
    const pause = Math.min(position - last, LONGEST_PAUSE);
    const sums = own.get(route);
    if (sums === undefined) own.set(route, [1, step, step * step, pause, pause * pause, pause * step]);
    else {
      sums[0]++;
      sums[1] += step;
      sums[2] += step * step;
      sums[3] += pause;
      sums[4] += pause * pause;
      sums[5] += pause * step;
    }
  }
}

function copyOf(sums: ReadonlyMap<number, OwnSums>): Map<number, OwnSums> {
  return new Map([...sums].map(([route, own]) => [route, [...own]]));
}

export function addSums(into: OwnSums, from: OwnSums): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}
