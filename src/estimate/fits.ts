/**
 * The fits an estimate consists of. No single one is right for every log: a leak shows in most of them, noise in some.
 */

/** How fits are grouped when their findings are averaged; `late` ones leave out two fifths of each life. */
export type Role = 'main' | 'late' | 'plain' | 'ownLate' | 'event';

export interface FitOptions {
  role: Role;
  /** Base windows per row. */
  scale: number;
  /** Memory of the filter, see filter.ts. */
  theta: number;
  /** Share of each life that is left out at its beginning. */
  skip: number;
  /** Whether bytes per call are also estimated without selection and of either sign: dearer, but nearly unbiased. */
  unselected: boolean;
  /** Whether recent calls may have an effect that does not last. */
  triggers: boolean;
}

const usual = { unselected: false, triggers: true } as const;
const twofold = { unselected: true, triggers: true } as const;

/** The first one also says in how many workers a route and the growth go together. */
export const FITS: readonly FitOptions[] = [
  { role: 'main', scale: 1, theta: 0.7, skip: 0.05, ...twofold },
  { role: 'main', scale: 2, theta: 0.7, skip: 0.05, ...twofold },
  { role: 'main', scale: 1, theta: 0.9, skip: 0.1, ...usual },
  { role: 'main', scale: 2, theta: 0.5, skip: 0, ...twofold },
  { role: 'main', scale: 4, theta: 0.7, skip: 0.05, ...usual },
  { role: 'main', scale: 1, theta: 0.6, skip: 0, ...usual },
  { role: 'late', scale: 1, theta: 0.7, skip: 0.4, ...usual },
  { role: 'late', scale: 2, theta: 0.7, skip: 0.4, ...usual },
  // Recycled workers: the filter smears the jump of a first call over ten rows, and such lives have twenty.
  { role: 'plain', scale: 1, theta: 0, skip: 0.05, ...usual },
  { role: 'plain', scale: 2, theta: 0, skip: 0.05, ...twofold },
  { role: 'plain', scale: 1, theta: 0.3, skip: 0.2, ...usual },
];

/** Fits of a second stage, after the known scatter of some routes' own steps was taken out: see analysis.ts. */
export const OWN_STEP_FITS: readonly FitOptions[] = [
  { role: 'ownLate', scale: 1, theta: 0.7, skip: 0.4, ...usual },
  { role: 'ownLate', scale: 2, theta: 0.7, skip: 0.4, ...usual },
];

/** Fits of the rows between growth events, in which what a trigger needs for itself cancels: see event-rows.ts. */
export interface EventFitOptions extends FitOptions {
  /** Requests between two events of a route, at least. */
  gap: number;
}

const ofEvents = { role: 'event', scale: 1, theta: 0, unselected: true, triggers: false } as const;

export const EVENT_FITS: readonly EventFitOptions[] = [
  { skip: 0.05, gap: 25, ...ofEvents },
  { skip: 0.3, gap: 25, ...ofEvents },
  { skip: 0.05, gap: 100, ...ofEvents },
  { skip: 0.4, gap: 50, ...ofEvents },
];

/** Fits of the rows between levels, see level-rows.ts: of whole lives, and without their beginnings. */
export const STEADY_FITS: readonly { skip: number; gap: number }[] = [
  { skip: 0.05, gap: 25 },
  { skip: 0.3, gap: 25 },
];
