/** Orders of the rows. Equal rows stand in the order of their names, so that the same log gives the same report. */
import type { SortKey } from '../options.ts';
import type { RouteReport, Verdict } from '../report/report.ts';

type Comparator = (a: RouteReport, b: RouteReport) => number;

const descending =
  (...keys: ((route: RouteReport) => number)[]): Comparator =>
  (a, b) => {
    for (const key of keys) {
      const difference = key(b) - key(a);
      if (difference !== 0) return difference;
    }
    return a.route < b.route ? -1 : 1;
  };

/** A leak stands before what may be one, whatever its size. */
const CERTAINTY: Record<Verdict, number> = { leak: 2, unclear: 1, plateau: 0, clean: 0 };

const certainty = (route: RouteReport) => (route.leakedBytes > 0 ? CERTAINTY[route.verdict] : 0);
const triggered = (route: RouteReport) => route.highWaterBytes;
const peak = (route: RouteReport) => route.largestPeakBytes ?? 0;
const gross = (route: RouteReport) => route.grossGrowthBytes;

export const comparators: Record<SortKey, Comparator> = {
  leaked: descending(certainty, (route) => route.leakedBytes, triggered, gross, peak),
  triggered: descending(triggered, gross, peak),
  net: descending((route) => route.netGrowthBytes),
  gross: descending(gross),
  calls: descending((route) => route.calls),
  largest: descending((route) => route.largestGrowthBytes, peak),
  route: descending(),
};
