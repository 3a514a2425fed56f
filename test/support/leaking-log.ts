/** A log of workers that leak by plan: what each keeps is known to the byte. JSON lines, with times or without. */
import { seededRandom } from './random.ts';

export interface LeakingLog {
  workers?: number;
  /** Of each worker. */
  requests?: number;
  baseBytes?: number;
  /** Kept by each call of /leak, a fifth of the requests. */
  leakBytes?: number;
  /** Of each worker; 0: no times in the log. */
  perSecond?: number;
  seed?: number;
}

const PAGE = 4096;
const START = Date.UTC(2026, 10, 23, 20, 50, 35);

/** `/leak` keeps its bytes in one call of five; `/ok` and `/other` keep nothing, and borrow up to 300 kB. */
export function leakingLog(plan: LeakingLog = {}): string {
  const { workers = 4, requests = 3000, baseBytes = 40e6, leakBytes = 50_000, perSecond = 10, seed = 1 } = plan;
  const random = seededRandom(seed);
  const kept = Array.from({ length: workers }, (_, i) => baseBytes + i * 1e6);
  const lines: string[] = [];
  for (let served = 0; served < requests; served++) {
    for (let worker = 0; worker < workers; worker++) {
      const draw = random.next();
      const path = draw < 0.2 ? '/leak' : draw < 0.6 ? '/ok' : '/other';
      if (path === '/leak') kept[worker]! += leakBytes;
      const borrowed = path === '/leak' ? 0 : 3e5 * random.next();
      const line = {
        ...(perSecond > 0 ? { time: new Date(START + (served / perSecond) * 1000).toISOString() } : {}),
        pid: 100 + worker,
        method: 'GET',
        path,
        status: 200,
        rss_bytes: Math.ceil((kept[worker]! + borrowed) / PAGE) * PAGE,
      };
      lines.push(JSON.stringify(line));
    }
  }
  return `${lines.join('\n')}\n`;
}
