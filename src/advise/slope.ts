/**
 * One slope through the sizes of many workers, each with a level of its own: least squares with an intercept per life, so that
 * workers that began larger do not count as growth. Its error comes from leaving out groups in turn (Quenouille 1956).
 */
import { mean } from '../estimate/statistics.ts';

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

/** The slope with its 95 % interval, by leaving out each life in turn. */
export function slopeByLives(lives: readonly (readonly Point[])[]): Slope {
  const { length } = lives;
  const values = lives.map((_, left) => pooledSlope(lives.filter((__, i) => i !== left)));
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return around(pooledSlope(lives), Math.sqrt((squares * (length - 1)) / length), length - 1);
}

/**
 * The same for few lives, from stretches of each: how much the growth from stretch to stretch differs. What a worker keeps
 * adds up, so its size strays from the line for long, and leaving out parts of a life would hide that.
 */
export function slopeByStretches(lives: readonly (readonly Point[])[], stretches: number): Slope {
  const slopes = lives.flatMap((life) => {
    const count = Math.min(stretches, life.length >> 1);
    const centers = Array.from({ length: count }, (_, stretch) => {
      const part = life.filter((__, place) => Math.floor((place * count) / life.length) === stretch);
      return { position: mean(part.map(({ position }) => position)), bytes: mean(part.map(({ bytes }) => bytes)) };
    });
    return centers
      .slice(1)
      .map(({ position, bytes }, i) => (bytes - centers[i]!.bytes) / (position - centers[i]!.position));
  });
  const slope = pooledSlope(lives);
  if (slopes.length < 2) return around(slope, Math.abs(slope), 1);
  const center = mean(slopes);
  const squares = slopes.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return around(slope, Math.sqrt(squares / (slopes.length - 1) / slopes.length), slopes.length - 1);
}

function around(bytesPerRequest: number, error: number, freedom: number): Slope {
  const width = error * STUDENT_T[Math.min(freedom, STUDENT_T.length) - 1]!;
  return { bytesPerRequest, low: bytesPerRequest - width, high: bytesPerRequest + width };
}

/** The median of what is left of the sizes when the growth is taken off: where the line stands at request 0. */
export function levelOf(life: readonly Point[], bytesPerRequest: number): number {
  const rest = life.map(({ position, bytes }) => bytes - bytesPerRequest * position).sort((a, b) => a - b);
  const half = rest.length >> 1;
  return rest.length % 2 === 1 ? rest[half]! : ((rest[half - 1] ?? 0) + (rest[half] ?? 0)) / 2;
}
