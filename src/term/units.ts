/** Bytes inside, units at the edge. */

export type UnitSystem = 'iec' | 'si';

const UNITS: Record<UnitSystem, { base: number; names: string[] }> = {
  iec: { base: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB'] },
  si: { base: 1000, names: ['B', 'kB', 'MB', 'GB', 'TB'] },
};

/** Three significant digits and a unit: `204 KiB`, `5.25 MiB`, `-12 B`. */
export function formatBytes(bytes: number, system: UnitSystem = 'iec'): string {
  const { base, names } = UNITS[system];
  let value = Math.abs(bytes);
  let unit = 0;
  // 999.5 would print as 1000.
  while (value >= 999.5 && unit < names.length - 1) {
    value /= base;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${bytes < 0 ? '-' : ''}${value.toFixed(digits)} ${names[unit]}`;
}

/** `20039` as `20,039`; the same in every locale. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 file`, `3 files`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
