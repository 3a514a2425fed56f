/** The report itself; see report.schema.json. */
import { safeJson } from '../term/text.ts';
import type { Report } from './report.ts';

export function printJson(report: Report): string {
  return `${safeJson(report, 2)}\n`;
}
