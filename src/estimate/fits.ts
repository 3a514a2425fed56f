/**
 * The fits an estimate consists of. No single one is right for every log: a leak shows in most of them, noise in some.
 */

/** How fits are grouped when their findings are averaged; `late` ones leave out two fifths of each life. */
export type Role = 'main' | 'late' | 'plain' | 'local' | 'ownLate';

export interface FitOptions {
  role: Role;
  /** Base windows per row. */
  scale: number;
  /** Memory of the filter, see filter.ts. */
  theta: number;
  /** Share of each life that is left out at its beginning. */
  skip: number;
  /** Where the weights of rows come from: variance-model.ts or the neighbouring rows. */
  weights: 'variance' | 'local';
  /** Scales from which on a residual counts less. */
  huberLimit: number;
  /** Whether bytes per call are also estimated without selection and of either sign: dearer, but nearly unbiased. */
  unselected: boolean;
}

const byVariance = { weights: 'variance', huberLimit: 2, unselected: false } as const;
const byNeighbours = { weights: 'local', huberLimit: 1.5, unselected: false } as const;
const twofold = { ...byVariance, unselected: true } as const;

/** The first one also says in how many workers a route and the growth go together. */
export const FITS: readonly FitOptions[] = [
  { role: 'main', scale: 1, theta: 0.7, skip: 0.05, ...twofold },
  { role: 'main', scale: 2, theta: 0.7, skip: 0.05, ...twofold },
  { role: 'main', scale: 1, theta: 0.9, skip: 0.1, ...byVariance },
  { role: 'main', scale: 2, theta: 0.5, skip: 0, ...twofold },
  { role: 'main', scale: 4, theta: 0.7, skip: 0.05, ...byVariance },
  { role: 'main', scale: 1, theta: 0.6, skip: 0, ...byVariance },
  { role: 'late', scale: 1, theta: 0.7, skip: 0.4, ...byVariance },
  { role: 'late', scale: 2, theta: 0.7, skip: 0.4, ...byVariance },
  // Recycled workers: the filter smears the jump of a first call over ten rows, and such lives have twenty.
  { role: 'plain', scale: 1, theta: 0, skip: 0.05, ...byVariance },
  { role: 'plain', scale: 2, theta: 0, skip: 0.05, ...twofold },
  { role: 'plain', scale: 1, theta: 0.3, skip: 0.2, ...byVariance },
  { role: 'local', scale: 1, theta: 0.7, skip: 0.05, ...byNeighbours },
  { role: 'local', scale: 2, theta: 0.9, skip: 0.1, ...byNeighbours },
];

/** Fits of a second stage, after the known scatter of some routes' own steps was taken out: see analysis.ts. */
export const OWN_STEP_FITS: readonly FitOptions[] = [
  { role: 'ownLate', scale: 1, theta: 0.7, skip: 0.4, ...byVariance },
  { role: 'ownLate', scale: 2, theta: 0.7, skip: 0.4, ...byVariance },
];
