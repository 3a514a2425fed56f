/** Round numbers for an axis. */
import type { UnitSystem } from '../../../term/units.ts';

/** Ascending, within [from, to], about `count` of them, 0 among them where it is inside. */
export function ticks(from: number, to: number, count: number, steps: readonly number[]): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const step = steps.find((candidate) => span / candidate <= count) ?? steps.at(-1)!;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** 1, 2, 5, 10, … */
export const COUNT_STEPS: readonly number[] = Array.from({ length: 12 }, (_, power) =>
  [1, 2, 5].map((nice) => nice * 10 ** power),
).flat();

/** Sizes that are round in their unit: 1, 2, 4, … KiB, or 1, 2, 5, … kB. */
export function byteSteps(units: UnitSystem): readonly number[] {
  if (units === 'si') return COUNT_STEPS;
  return Array.from({ length: 5 }, (_, power) =>
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((nice) => nice * 1024 ** power),
  ).flat();
}
