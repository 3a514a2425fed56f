/** What lines said about the log itself. */
import { compareTexts } from '../term/compare-texts.ts';

export interface Notices {
  /** Lines with the memory of a whole dyno. */
  dynoSamples: number;
  /** A memory figure that had no unit and was too small to be bytes: the first in the order of fields. */
  implausible: ImplausibleFigure | null;
}

export interface ImplausibleFigure {
  field: string;
  value: number;
}

/** That which comes first in the order of fields and values. */
export function firstOf(a: ImplausibleFigure | null, b: ImplausibleFigure | null): ImplausibleFigure | null {
  if (a === null || b === null) return a ?? b;
  return (compareTexts(a.field, b.field) || a.value - b.value) <= 0 ? a : b;
}
