/**
 * Bounds the rows of a fit, whatever the size of the log. First by joining neighbouring windows, which loses little; but a
 * short life must keep rows enough to show a line, so when there are very many lives, only every so manieth is looked at.
 */
import { BASE_WINDOW, type LifeEvidence } from '../attribute/life.ts';
import { median } from './statistics.ts';

/** Rows of the finest fit, roughly. */
export const MAX_ROWS = 1000;
/** Windows a usual life should keep. */
const ENOUGH_PER_LIFE = 16;

export interface Coarsening {
  /** The lives that are looked at. */
  lives: readonly LifeEvidence[];
  /** Base windows per row at scale 1. */
  factor: number;
}

export function coarsen(lives: readonly LifeEvidence[]): Coarsening {
  const baseWindows = (life: LifeEvidence) => (life.floors.bytes.length * life.window) / BASE_WINDOW;
  const floors = lives.reduce((sum, life) => sum + life.floors.bytes.length, 0);
  if (floors <= MAX_ROWS) return { lives, factor: 1 };
  const windows = lives.reduce((sum, life) => sum + baseWindows(life), 0);
  const wanted = Math.ceil(windows / MAX_ROWS);
  const bearable = Math.max(1, Math.floor(median(lives.map(baseWindows)) / ENOUGH_PER_LIFE));
  const factor = Math.min(wanted, bearable);
  const every = Math.max(1, Math.round(windows / factor / MAX_ROWS));
  return { lives: lives.filter((_, i) => i % every === 0), factor };
}
