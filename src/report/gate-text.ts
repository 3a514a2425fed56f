/** What a gate says, for every printer that shows gates. */
import { printable } from '../term/printable.ts';
import { formatBytes, plural, type UnitSystem } from '../term/units.ts';
import type { GateReport } from './report.ts';

const MOST_ROUTES = 5;

/** `max-leaked-per-call 10.0 KiB`. */
export function gateTitle({ gate, limitBytes }: GateReport, units: UnitSystem): string {
  return `${printable(gate)} ${formatBytes(limitBytes, units)}`;
}

/** Passed, or the routes by which it failed. @param name how a route is written. */
export function gateOutcome({ passed, routes }: GateReport, name: (route: string) => string): string {
  if (passed) return 'passed';
  const more = routes.length > MOST_ROUTES ? ` and ${plural(routes.length - MOST_ROUTES, 'more route')}` : '';
  return routes.length === 0 ? 'failed' : `failed: ${routes.slice(0, MOST_ROUTES).map(name).join(', ')}${more}`;
}
