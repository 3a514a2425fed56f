/**
 * The sums of a log the slow way: one expression per line, plain maps, no state but what the sums need. For logs of one
 * server without threads, in which every process has its own pid.
 */
import { learnRoutes } from '../../src/route/learn.ts';
import { groupPath, pathOf } from '../../src/route/path.ts';
import { referenceRequests } from './reference.ts';

export interface NaiveRoute {
  calls: number;
  gross: number;
  net: number;
  highWater: number;
  growthCalls: number;
  largest: number;
}

export interface NaiveSums {
  routes: Map<string, NaiveRoute>;
  growth: number;
  highWater: number;
  unattributed: number;
  unattributedHighWater: number;
}

interface Process {
  readings: { own: number; rss: number; route: string | null }[];
}

export function naiveSums(log: Buffer): NaiveSums {
  const processes = new Map<string, Process>();
  const routes = new Map<string, NaiveRoute>();
  const requests = [...referenceRequests(log)];
  const forms = requests.map(({ method, uri }) =>
    method === '-' && uri === '-' ? null : groupPath(pathOf(uri ?? '')),
  );
  const learned = learnedNames(forms);
  for (const [i, { pid, own, rss }] of requests.entries()) {
    const form = forms[i]!;
    const route = form === null ? null : learned.get(form)!;
    const process = processes.get(pid!) ?? { readings: [] };
    processes.set(pid!, process);
    process.readings.push({ own: Number(own), rss: Number(rss), route });
    if (route === null) continue;
    const sums = routes.get(route) ?? { calls: 0, gross: 0, net: 0, highWater: 0, growthCalls: 0, largest: 0 };
    routes.set(route, sums);
    sums.calls++;
  }
  const sums: NaiveSums = { routes, growth: 0, highWater: 0, unattributed: 0, unattributedHighWater: 0 };
  for (const { readings } of processes.values()) addProcess(sums, readings);
  return sums;
}

function learnedNames(routes: (string | null)[]): Map<string, string> {
  const calls = new Map<string, number>();
  for (const route of routes) if (route !== null) calls.set(route, (calls.get(route) ?? 0) + 1);
  const learned = learnRoutes([...calls.keys()], [...calls.values()]);
  return new Map([...calls.keys()].map((route, i) => [route, learned[i]!]));
}

function addProcess(sums: NaiveSums, readings: Process['readings']): void {
  const sizes = readings.map(({ rss }) => rss);
  sums.growth += sizes.at(-1)! - sizes[0]!;
  sums.highWater += Math.max(...sizes) - sizes[0]!;
  let peak = sizes[0]!;
  for (let i = 1; i < readings.length; i++) {
    const { own, rss, route } = readings[i]!;
    const before = readings[i - 1]!;
    const growth = rss - before.rss;
    const above = Math.max(0, rss - peak);
    peak = Math.max(peak, rss);
    if (route === null || own > before.own + 1) {
      sums.unattributed += growth;
      sums.unattributedHighWater += above;
      continue;
    }
    const one = sums.routes.get(route)!;
    one.net += growth;
    one.highWater += above;
    if (growth > 0) {
      one.gross += growth;
      one.growthCalls++;
      one.largest = Math.max(one.largest, growth);
    }
  }
}
