/** Sizes of memory as logs write them: `44417024`, `"44417024"`, `87.66`, `"123 MB"`, `"87.66MB"`. */
import { UNIT_BYTES } from './default-names.ts';

export interface ByteSize {
  bytes: number;
  /** What the figure is a multiple of: 2 ** 20 for whole MiB, 1 when it names single bytes. */
  quantumBytes: number;
  /** A unit stood behind the number. */
  hasUnit: boolean;
}

const SIZE = /^([+-]?)(\d{1,20})(?:\.(\d{1,20}))?(?: ?([A-Za-z]{1,9}))?$/;

/**
 * @param unitBytes of a number without a unit of its own.
 * @returns undefined for anything that is no size.
 */
export function parseByteSize(value: unknown, unitBytes: number): ByteSize | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    if (Number.isInteger(value)) return sized(value, unitBytes, unitBytes, false);
    return sized(value, unitBytes, unitBytes / 10 ** decimalsOf(value), false);
  }
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const parts = SIZE.exec(value.trim());
  if (!parts) return undefined;
  const [, sign, whole, fraction, unit] = parts;
  const named = unit === undefined ? undefined : UNIT_BYTES.get(unit.toLowerCase());
  if (unit !== undefined && named === undefined) return undefined;
  const number = Number(`${whole}.${fraction ?? 0}`) * (sign === '-' ? -1 : 1);
  const scale = named ?? unitBytes;
  return sized(number, scale, scale / 10 ** (fraction?.length ?? 0), unit !== undefined);
}

function sized(number: number, scale: number, quantum: number, hasUnit: boolean): ByteSize | undefined {
  const bytes = Math.round(number * scale);
  if (Math.abs(bytes) > Number.MAX_SAFE_INTEGER) return undefined;
  return { bytes, quantumBytes: Math.max(1, Math.round(quantum)), hasUnit };
}

/** As JavaScript prints it, which is the shortest text of the number. */
function decimalsOf(value: number): number {
  const text = String(value);
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 9 : text.length - point - 1;
}
