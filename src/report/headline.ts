/** The answer in a few sentences, before any table. */
import type { Paint } from '../term/colour.ts';
import { wrap } from '../term/text.ts';
import type { UnitSystem } from '../term/units.ts';
import { accounting, answer, what } from './answer.ts';
import { areOfPeaks } from './peaks.ts';
import type { Report } from './report.ts';

export interface HeadlineStyle {
  /** Columns of the terminal. */
  width: number;
  ascii: boolean;
  units: UnitSystem;
}

export function headline(report: Report, style: HeadlineStyle, paint: Paint): string[] {
  if (report.totals.requests === 0) return ['No requests to report on.'];
  return [
    ...wrap(what(report, style), style.width),
    ...wrap(answer(report, style.units), style.width).map((line) => paint('bold', line)),
    ...(areOfPeaks(report.routes) ? [] : wrap(accounting(report, style.units), style.width)),
  ];
}
