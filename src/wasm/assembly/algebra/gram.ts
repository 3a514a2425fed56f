/**
 * Weighted scalar products of many columns with each other, the bulk of an estimate's arithmetic. Two rows per instruction and
 * eight sums at a time.
 */

/**
 * Sums over rows of weight * column i * column j, at `out` + (i * count + j) * 8, for j <= i at least.
 *
 * @param columns address of the first column, @param count of columns, a multiple of four
 * @param stride bytes from column to column, @param length bytes of each: multiples of 16, rows beyond the last are 0
 * @param scratch room for two columns
 */
export function gram(
  columns: usize,
  count: usize,
  stride: usize,
  length: usize,
  weights: usize,
  scratch: usize,
  out: usize,
): void {
  const other = scratch + length;
  for (let i: usize = 0; i < count; i += 2) {
    const column = columns + i * stride;
    for (let at: usize = 0; at < length; at += 16) {
      const weight = v128.load(weights + at);
      v128.store(scratch + at, f64x2.mul(weight, v128.load(column + at)));
      v128.store(other + at, f64x2.mul(weight, v128.load(column + stride + at)));
    }
    for (let j: usize = 0; j <= i + 1; j += 4) {
      let a = columns + j * stride;
      let b = a + stride;
      let c = b + stride;
      let d = c + stride;
      let ua = f64x2.splat(0);
      let ub = ua;
      let uc = ua;
      let ud = ua;
      let va = ua;
      let vb = ua;
      let vc = ua;
      let vd = ua;
      for (let at: usize = 0; at < length; at += 16) {
        const u = v128.load(scratch + at);
        const v = v128.load(other + at);
        let value = v128.load(a + at);
        ua = f64x2.add(ua, f64x2.mul(u, value));
        va = f64x2.add(va, f64x2.mul(v, value));
        value = v128.load(b + at);
        ub = f64x2.add(ub, f64x2.mul(u, value));
        vb = f64x2.add(vb, f64x2.mul(v, value));
        value = v128.load(c + at);
        uc = f64x2.add(uc, f64x2.mul(u, value));
        vc = f64x2.add(vc, f64x2.mul(v, value));
        value = v128.load(d + at);
        ud = f64x2.add(ud, f64x2.mul(u, value));
        vd = f64x2.add(vd, f64x2.mul(v, value));
      }
      let sums = out + (i * count + j) * 8;
      put(sums, ua, ub, uc, ud);
      sums += count * 8;
      put(sums, va, vb, vc, vd);
    }
  }
}

@inline
function put(sums: usize, a: v128, b: v128, c: v128, d: v128): void {
  store<f64>(sums, total(a));
  store<f64>(sums, total(b), 8);
  store<f64>(sums, total(c), 16);
  store<f64>(sums, total(d), 24);
}

@inline
function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
