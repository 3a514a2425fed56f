/**
 * Sums over rows, for many columns at once. Nearly all time of an estimate is spent here: four columns per pass read the
 * common vector once instead of four times. Every sum still runs in the order of the rows, so results are the same to the bit.
 */

/** One number per row. */
export type Column = Float64Array;

/** The scalar product of `vector` with each of the first `count` columns, into `sums` from `at` on. */
export function dots(columns: readonly Column[], count: number, vector: Column, sums: Float64Array, at = 0): void {
  const rows = vector.length;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const a = columns[i]!;
    const b = columns[i + 1]!;
    const c = columns[i + 2]!;
    const d = columns[i + 3]!;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let row = 0; row < rows; row++) {
      const value = vector[row]!;
      sumA += value * a[row]!;
      sumB += value * b[row]!;
      sumC += value * c[row]!;
      sumD += value * d[row]!;
    }
    sums[at + i] = sumA;
    sums[at + i + 1] = sumB;
    sums[at + i + 2] = sumC;
    sums[at + i + 3] = sumD;
  }
  for (; i < count; i++) {
    const column = columns[i]!;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += vector[row]! * column[row]!;
    sums[at + i] = sum;
  }
}

/** What is left of `target` when each column times its coefficient is taken away. */
export function without(target: Column, columns: readonly Column[], coefficients: ArrayLike<number>): Column {
  const rest = target.slice();
  const used: number[] = [];
  for (let i = 0; i < columns.length; i++) if (coefficients[i] !== 0) used.push(i);
  let i = 0;
  for (; i + 3 < used.length; i += 4) {
    const [a, b, c, d] = [used[i]!, used[i + 1]!, used[i + 2]!, used[i + 3]!];
    takeFour(rest, columns[a]!, columns[b]!, columns[c]!, columns[d]!, [
      coefficients[a]!,
      coefficients[b]!,
      coefficients[c]!,
      coefficients[d]!,
    ]);
  }
  for (; i < used.length; i++) takeOne(rest, columns[used[i]!]!, coefficients[used[i]!]!);
  return rest;
}

type Four = readonly [number, number, number, number];

function takeFour(rest: Column, a: Column, b: Column, c: Column, d: Column, [byA, byB, byC, byD]: Four): void {
  for (let row = 0; row < rest.length; row++) {
    rest[row] = rest[row]! - byA * a[row]! - byB * b[row]! - byC * c[row]! - byD * d[row]!;
  }
}

function takeOne(rest: Column, column: Column, by: number): void {
  for (let row = 0; row < rest.length; row++) rest[row]! -= by * column[row]!;
}

export function product(a: Column, b: Column): Column {
  const result = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) result[row] = a[row]! * b[row]!;
  return result;
}

/** The sum of all columns, row by row. */
export function sumOf(columns: readonly Column[], rows: number): Column {
  const sum = new Float64Array(rows);
  for (const column of columns) for (let row = 0; row < rows; row++) sum[row]! += column[row]!;
  return sum;
}

/** In how many rows the column is not 0. */
export function rowsUsed(column: Column): number {
  let used = 0;
  for (let row = 0; row < column.length; row++) if (column[row]! !== 0) used++;
  return used;
}
