/** What the page knows: the report without what no page could show, and how sizes are written. */
import type { UnitSystem } from '../../term/units.ts';
import type { Report } from '../report.ts';

export interface PageData {
  units: UnitSystem;
  report: Report;
  /** Routes and workers of the report that are left out here. */
  hiddenRoutes: number;
  hiddenWorkers: number;
}

const MOST_ROUTES = 500;
const MOST_WORKERS = 300;
const LONGEST_TEXT = 512;

export function pageData(report: Report, units: UnitSystem): PageData {
  const routes = report.routes.slice(0, MOST_ROUTES).map((route) => ({
    ...route,
    examples: route.examples.slice(0, 1).map(shorten),
    largestGrowth: route.largestGrowth && { ...route.largestGrowth, uri: shorten(route.largestGrowth.uri) },
  }));
  const workers = report.workers
    .map((worker, place) => ({ worker, place }))
    .sort((a, b) => b.worker.requests - a.worker.requests)
    .slice(0, MOST_WORKERS)
    .sort((a, b) => a.place - b.place)
    .map(({ worker }) => worker);
  return {
    units,
    report: { ...report, routes, workers },
    hiddenRoutes: report.routes.length - routes.length,
    hiddenWorkers: report.workers.length - workers.length,
  };
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
