/**
 * One slope through the sizes of many workers, each with a level of its own: least squares with an intercept per life, so that
 * workers that began larger do not count as growth. Its error comes from leaving out groups in turn (Quenouille 1956).
 */

export interface Point {
  /** Requests of the life so far. */
  position: number;
  bytes: number;
}

export interface Slope {
  bytesPerRequest: number;
  low: number;
  high: number;
}

/** Two-sided 95 % of Student's t, by degrees of freedom from 1 on; beyond the list that of 20. */
// biome-ignore format: a table
const STUDENT_T = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
  2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086];

/** Bytes per request over all lives; 0 where no life has two positions. */
export function pooledSlope(lives: readonly (readonly Point[])[]): number {
  let along = 0;
  let square = 0;
  for (const life of lives) {
    const position = life.reduce((sum, point) => sum + point.position, 0) / life.length;
    const bytes = life.reduce((sum, point) => sum + point.bytes, 0) / life.length;
    for (const point of life) {
      along += (point.position - position) * (point.bytes - bytes);
      square += (point.position - position) ** 2;
    }
  }
  return square > 0 ? along / square : 0;
}

/**
 * The slope with its 95 % interval.
 *
 * @param replicates the lives without one group each: without a life, or without a stretch of one.
 */
export function slopeWithInterval(
  lives: readonly (readonly Point[])[],
  replicates: readonly (readonly (readonly Point[])[])[],
): Slope {
  const bytesPerRequest = pooledSlope(lives);
  const values = replicates.map(pooledSlope);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const { length } = values;
  const error = length > 1 ? Math.sqrt((squares * (length - 1)) / length) : Math.abs(bytesPerRequest);
  const width = error * STUDENT_T[Math.min(Math.max(length - 1, 1), STUDENT_T.length) - 1]!;
  return { bytesPerRequest, low: bytesPerRequest - width, high: bytesPerRequest + width };
}

/** The median of what is left of the sizes when the growth is taken off: where the line stands at request 0. */
export function levelOf(life: readonly Point[], bytesPerRequest: number): number {
  const rest = life.map(({ position, bytes }) => bytes - bytesPerRequest * position).sort((a, b) => a - b);
  const half = rest.length >> 1;
  return rest.length % 2 === 1 ? rest[half]! : ((rest[half - 1] ?? 0) + (rest[half] ?? 0)) / 2;
}
