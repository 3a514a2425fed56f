/** One route per line, each the JSON object it is in the report: for jq, log shippers and warehouses. */
import { safeJson } from '../term/text.ts';
import type { Report } from './report.ts';

export function printNdjson({ routes }: Report): string {
  return routes.map((route) => `${safeJson(route)}\n`).join('');
}
