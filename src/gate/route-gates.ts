/**
 * The limits of single routes: a route is above one when its verdict is leak and what it leaks is above it. Below it is a
 * route of which that can be excluded: one that leaks less, or of which the log would have shown a leak of that size.
 */
import type { GateReport, RouteReport } from '../report/report.ts';
import { formatBytes, plural } from '../term/units.ts';
import type { Limits, RouteGate } from './limits.ts';
import { listed } from './listed.ts';
import { outcome } from './outcome.ts';

interface Kind {
  option: RouteGate;
  measured: (route: RouteReport) => number;
  /** The least that would have been seen; null: unknown. */
  excluded: (route: RouteReport) => number | null;
  unit: string;
}

const inAll = ({ calls }: RouteReport, perCall: number | null) => (perCall === null ? null : perCall * calls);

const KINDS = {
  'max-leak-per-call': {
    option: 'maxLeakPerCall',
    measured: ({ leakedBytesPerCall }) => leakedBytesPerCall,
    excluded: leastSeen,
    unit: ' per call',
  },
  'max-leaked': {
    option: 'maxLeaked',
    measured: ({ leakedBytes }) => leakedBytes,
    excluded: (route) => inAll(route, leastSeen(route)),
    unit: '',
  },
} as const satisfies Record<string, Kind>;

/** One gate for every limit of this kind that was set. */
export function routeGates(gate: keyof typeof KINDS, routes: readonly RouteReport[], limits: Limits): GateReport[] {
  const kind: Kind = KINDS[gate];
  const limitOf = (route: RouteReport) =>
    limits.routes.find((limit) => limit[kind.option] !== undefined && limit.holdsFor(route.route));
  return limits.routes.flatMap((limit) => {
    const bytes = limit[kind.option];
    if (bytes === undefined || bytes === null) return [];
    const own = routes.filter((route) => limitOf(route) === limit);
    return [checked(gate, limit.match, bytes, own, routes.length === 0, limits.inconclusive)];
  });
}

function checked(
  gate: keyof typeof KINDS,
  match: string | null,
  limitBytes: number,
  routes: readonly RouteReport[],
  isEmpty: boolean,
  inconclusive: Limits['inconclusive'],
): GateReport {
  const { measured, excluded, unit }: Kind = KINDS[gate];
  const leaking = routes.filter(({ verdict }) => verdict === 'leak').sort((a, b) => measured(b) - measured(a));
  const above = leaking.filter((route) => measured(route) > limitBytes);
  const judged = routes.filter(({ leakedBytesPerCallHigh }) => leakedBytesPerCallHigh !== null);
  const undecided = judged.filter(
    (route) => route.verdict !== 'leak' && !((excluded(route) ?? Infinity) <= limitBytes),
  );
  const nothingJudged = isEmpty || (routes.length > 0 && judged.length === 0);
  const limit = `${formatBytes(limitBytes)}${unit}`;
  const told = (route: RouteReport) => `${route.route} (${formatBytes(measured(route))}${unit})`;
  const rare = routes.length - judged.length;
  const notJudged = rare > 0 && !nothingJudged ? `; ${plural(rare, 'route')} had too few calls to be judged` : '';
  const message =
    above.length > 0
      ? `above ${limit}: ${listed(above.map(told))}`
      : isEmpty
        ? `no request was reported on: nothing was judged by ${limit}`
        : nothingJudged
          ? `too little was logged to judge any route by ${limit}`
          : undecided.length > 0
            ? `no route is shown to be above ${limit}, but this log would not have shown it of ${listed(undecided.map(({ route }) => route))}${notJudged}`
            : `no route is above ${limit}${notJudged}`;
  return {
    gate,
    match,
    limitBytes,
    ...outcome(above.length > 0, nothingJudged || undecided.length > 0, inconclusive),
    measuredBytes: leaking[0] ? measured(leaking[0]) : judged.length > 0 ? 0 : null,
    routes: above.map(({ route }) => route),
    workers: [],
    undecidedRoutes: (nothingJudged ? routes : undecided).map(({ route }) => route),
    message,
  };
}

/** Bytes per call; of an unclear route what it may leak at most. */
function leastSeen(route: RouteReport): number | null {
  return route.verdict === 'unclear' ? route.leakedBytesPerCallHigh : route.detectableBytesPerCall;
}
