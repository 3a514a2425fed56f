/** Linear algebra the plain way, to compare with. Matrices are lists of rows. */
import type { Random } from './random.ts';

export type Matrix = number[][];

/** Gaussian elimination with the largest pivot. */
export function gauss(matrix: Matrix, right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column; i < size; i++) if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = 0; i < size; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let k = column; k <= size; k++) rows[i]![k]! -= factor * rows[column]![k]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}

/** XᵀWX and XᵀWy of the chosen rows, by definition. */
export function normal(
  columns: Matrix,
  target: readonly number[],
  weights: readonly number[],
  rows: readonly number[],
) {
  const sum = (f: (row: number) => number) => rows.reduce((total, row) => total + f(row), 0);
  return {
    matrix: columns.map((a) => columns.map((b) => sum((row) => a[row]! * b[row]! * weights[row]!))),
    vector: columns.map((a) => sum((row) => a[row]! * target[row]! * weights[row]!)),
  };
}

export function subset<T>(items: readonly T[], bits: number): T[] {
  return items.filter((_, i) => bits & (1 << i));
}

export function randomColumns(random: Random, columns: number, rows: number): Matrix {
  return Array.from({ length: columns }, () => Array.from({ length: rows }, () => random.next() * 4 - 1));
}

/** Equal but for rounding. */
export function isClose(a: number, b: number, tolerance = 1e-7): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
