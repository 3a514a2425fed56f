/** A recorded log cut in the middle of every worker's life into before and after; a leak may be added to the readings of the latter. */
import type { Truth } from '../support/score.ts';

const REQUEST = /^(.*\{rss usage: )(\d+)( bytes\/\d+MB\}.*\[pid: (\d+)\|.*\] \S+ )(\S+)( => generated .*)$/;
const PAGE = 4096;

export class RecordedPair {
  readonly name: string;
  readonly truth: Truth;
  readonly #lines: readonly string[];
  /** By line: whether it belongs to the second half of its worker. */
  readonly #isAfter: readonly boolean[];

  constructor(log: string | Buffer, truth: Truth) {
    this.name = truth.scenario;
    this.truth = truth;
    this.#lines = log.toString().split('\n');
    const pids = this.#lines.map((line) => REQUEST.exec(line)?.[4]);
    const requests = new Map<string, number>();
    for (const pid of pids) if (pid !== undefined) requests.set(pid, (requests.get(pid) ?? 0) + 1);
    const seen = new Map<string, number>();
    let isAfter = false;
    this.#isAfter = pids.map((pid) => {
      if (pid === undefined) return isAfter;
      const count = (seen.get(pid) ?? 0) + 1;
      seen.set(pid, count);
      isAfter = 2 * count > requests.get(pid)!;
      return isAfter;
    });
  }

  get isCut(): boolean {
    return this.#isAfter.includes(true) && this.#isAfter.includes(false);
  }

  before(): string {
    return this.#lines.filter((_, i) => !this.#isAfter[i]).join('\n');
  }

  after(): string {
    return this.#lines.filter((_, i) => this.#isAfter[i]).join('\n');
  }

  /** As if every call of the route had kept so many bytes, on pages of their own. */
  afterChange(route: string, addedLeak: number): string {
    const known = Object.values(this.truth.routes).find(({ match }) => new RegExp(match).test(route));
    const match = new RegExp(known?.match ?? '^$');
    const kept = new Map<string, number>();
    const lines = this.#lines.filter((_, i) => this.#isAfter[i]);
    return lines
      .map((line) => {
        const parts = REQUEST.exec(line);
        if (!parts) return line;
        const [, start, rss, middle, pid, uri, end] = parts;
        const path = uri!.replace(/\?.*$/s, '').replace(/(?<=.)\/+$/, '');
        if (match.test(path)) kept.set(pid!, (kept.get(pid!) ?? 0) + addedLeak);
        const pages = Math.floor((kept.get(pid!) ?? 0) / PAGE);
        return `${start}${Number(rss) + pages * PAGE}${middle}${uri}${end}`;
      })
      .join('\n');
  }

  /** Each route that does not leak, one after the other. */
  routesToChange(detectable: ReadonlyMap<string, number>): string[] {
    const leaks = Object.values(this.truth.routes).filter(({ true_total_leaked: bytes }) => bytes > 0);
    return [...detectable.keys()].filter((route) => !leaks.some(({ match }) => new RegExp(match).test(route)));
  }
}
