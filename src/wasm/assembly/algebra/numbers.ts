/** Rows of f64 in memory. All positions are addresses. */

@inline
export function at(row: usize, index: usize): f64 {
  return load<f64>(row + (index << 3));
}

@inline
export function put(row: usize, index: usize, value: f64): void {
  store<f64>(row + (index << 3), value);
}

/** A whole number among them. */
@inline
export function indexAt(row: usize, index: usize): usize {
  return <usize>(<u32>load<f64>(row + (index << 3)));
}
