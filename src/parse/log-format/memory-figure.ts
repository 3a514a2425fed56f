/**
 * Memory figures of a line in bytes, and what uWSGI's %(rss) and %(vsz) lose: they go through an int and a buffer of 11
 * bytes (uwsgi_num2str() in core/utils.c, all versions), so from 2 GiB on they are negative, a negative number of ten
 * digits lacks its last one, and multiples of 4 GiB are gone.
 */
import { ABSENT } from '../reading.ts';
import { MIB, PAGE_BYTES } from './piece.ts';

const WRAP = 2 ** 32;
/** Characters that fit the buffer; a longer number is cut. */
const LONGEST_INT32 = 10;

/**
 * The bytes behind a figure that went through 32 bits.
 * @param shown as printed.
 * @param wholeMib the same figure in MiB, rounded down, from %(rssM) or %(vszM); ABSENT when the line has none.
 * @returns ABSENT when it cannot be known.
 */
export function recoverInt32(shown: string, wholeMib: number): number {
  const candidates = candidatesOf(shown);
  if (wholeMib !== ABSENT) {
    for (const bytes of candidates) {
      const wraps = Math.round((wholeMib * MIB - bytes) / WRAP);
      for (const whole of [wraps, wraps + 1, wraps - 1].map((n) => bytes + n * WRAP)) {
        if (whole >= 0 && Math.floor(whole / MIB) === wholeMib) return whole;
      }
    }
    return ABSENT;
  }
  // Above 4 GiB a positive one is wrong too, but nothing on the line says so.
  return candidates.length === 1 ? candidates[0]! : ABSENT;
}

/** What a printed figure may stand for, up to multiples of 4 GiB. */
function candidatesOf(shown: string): number[] {
  const value = Number(shown);
  if (!Number.isSafeInteger(value)) return [];
  if (value >= 0) return [value];
  const candidates = [WRAP + value];
  if (shown.length === LONGEST_INT32) {
    for (let digit = 0; digit <= 9; digit++) {
      const whole = value * 10 - digit;
      if (whole >= -(2 ** 31)) candidates.push(WRAP + whole);
    }
  }
  const pages = candidates.filter((bytes) => bytes % PAGE_BYTES === 0);
  return pages.length > 0 ? pages : candidates;
}
