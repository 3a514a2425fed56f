/** A curve on one line of text. */

const BLOCKS = '▁▂▃▄▅▆▇█';
const ASCII = '_.-=+*#@';

/** At most `width` characters from the lowest value to the highest; empty for fewer than two values. */
export function sparkline(values: readonly number[], width: number, ascii: boolean): string {
  if (values.length < 2) return '';
  const cells = Math.min(width, values.length);
  const means = Array.from({ length: cells }, (_, cell) => {
    const own = values.slice(
      Math.floor((cell * values.length) / cells),
      Math.floor(((cell + 1) * values.length) / cells),
    );
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const lowest = means.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = means.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const marks = ascii ? ASCII : BLOCKS;
  const last = marks.length - 1;
  const heightOf = (value: number) =>
    highest > lowest ? Math.round(((value - lowest) / (highest - lowest)) * last) : 0;
  return means.map((value) => marks[heightOf(value)]).join('');
}
