/** What a candidate's growth that levels off amounts to. */
import { type Analysis, fitsOf } from './analysis.ts';
import { median } from './statistics.ts';

/** Main fits, of six, that must have kept the term. */
const ENOUGH_FITS = 4;

/** Bytes per doubling of the route's calls in a life, the median of the main fits; 0 when most do not show it. */
export function plateauBytesPerDoubling(analysis: Analysis, column: number): number {
  const plateaus = fitsOf(analysis, 'main').map(({ plateau }) => plateau[column]!);
  return plateaus.filter((plateau) => plateau > 0).length >= ENOUGH_FITS ? median(plateaus) : 0;
}
