/** How far a report is from what is known about a log: the truth of a lab run or of a generated one. */
import type { Report, RouteReport } from '../../src/index.ts';

export interface TruthRoute {
  class: string;
  calls: number;
  true_total_leaked: number;
  true_bytes_per_call: number;
  /** A regular expression for the names that a report may give the route. */
  match: string;
}

export interface Truth {
  scenario: string;
  net_process_growth_logged: number;
  routes: Record<string, TruthRoute>;
}

/** Leaks from this share of the growth on are those worth finding. */
const MATERIAL = 0.03;

export interface MaterialLeak {
  route: string;
  /** The report says that it leaks. */
  called: boolean;
  /** The true bytes per call lie in the stated interval; a leak without an interval is missed. */
  inInterval: boolean;
}

export interface Score {
  trueBytes: number;
  /** Sum over routes of the distance between stated and true leaked bytes. */
  wrongBytes: number;
  /** `wrongBytes` as a share of `trueBytes`; null where nothing leaks. */
  misattribution: number | null;
  /** Stated as leaked by routes that do not leak. */
  falselyBlamedBytes: number;
  material: MaterialLeak[];
  /** Of the k material leaks, those among the report's first k routes. */
  materialInTop: number;
  /** Routes that are said to leak and do not. */
  falseLeaks: string[];
}

export function parseTruth(json: string): Truth {
  return JSON.parse(json);
}

export function score(truth: Truth, { routes }: Pick<Report, 'routes'>): Score {
  const known = knownBy(truth);
  const named = routes.map((route) => ({ name: known(route.route), route }));
  const leaking = new Map(
    Object.entries(truth.routes).flatMap(([name, { true_total_leaked: bytes }]) => (bytes > 0 ? [[name, bytes]] : [])),
  );
  const stated = new Map<string, number>();
  for (const { name, route } of named) stated.set(name, (stated.get(name) ?? 0) + Math.max(0, route.leakedBytes));

  let trueBytes = 0;
  let wrongBytes = 0;
  let falselyBlamedBytes = 0;
  for (const [name, bytes] of leaking) {
    trueBytes += bytes;
    wrongBytes += Math.abs((stated.get(name) ?? 0) - bytes);
  }
  for (const [name, bytes] of stated) if (!leaking.has(name)) falselyBlamedBytes += bytes;
  wrongBytes += falselyBlamedBytes;

  const growth = truth.net_process_growth_logged || 1;
  const materialNames = [...leaking].filter(([, bytes]) => bytes >= MATERIAL * growth).map(([name]) => name);
  const top = [...new Set(named.map(({ name }) => name))].slice(0, materialNames.length);
  return {
    trueBytes,
    wrongBytes,
    misattribution: trueBytes > 0 ? wrongBytes / trueBytes : null,
    falselyBlamedBytes,
    material: materialNames.map((name) => {
      const rows = named.flatMap((row) => (row.name === name ? [row.route] : []));
      const perCall = truth.routes[name]!.true_bytes_per_call;
      return {
        route: name,
        called: rows.some(({ verdict }) => verdict === 'leak'),
        inInterval: rows.some((row) => holds(row, perCall)),
      };
    }),
    materialInTop: top.filter((name) => materialNames.includes(name)).length,
    falseLeaks: [
      ...new Set(named.flatMap(({ name, route }) => (route.verdict === 'leak' && !leaking.has(name) ? [name] : []))),
    ].sort(),
  };
}

function holds({ leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high }: RouteReport, bytes: number): boolean {
  return low !== null && high !== null && low <= bytes && bytes <= high;
}

/** From a name in the report to that in the truth; a route the truth does not know keeps its own. */
function knownBy(truth: Truth): (route: string) => string {
  const patterns = Object.entries(truth.routes).map(([name, { match }]) => ({ name, match: new RegExp(match) }));
  return (route) => {
    const path = route
      .trim()
      .replace(/^[A-Z*|,]+\s+(?=\/)/, '')
      .replace(/\?.*$/s, '')
      .replace(/\/+$/, '');
    return patterns.find(({ match }) => match.test(path || '/'))?.name ?? (path || '/');
  };
}
