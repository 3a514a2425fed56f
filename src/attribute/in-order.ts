/** Sorting by whole numbers, of which there are tens of thousands: a comparing function is slow. */

/**
 * Places 0 to count - 1 in the order of their keys, those of equal keys in their own.
 * @param keyOf whole and not negative; keys times `count` must stay below 2^53.
 */
export function inOrder(count: number, keyOf: (i: number) => number): Int32Array {
  const packed = new Float64Array(count);
  for (let i = 0; i < count; i++) packed[i] = keyOf(i) * count + i;
  packed.sort();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = packed[i]! % count;
  return order;
}
