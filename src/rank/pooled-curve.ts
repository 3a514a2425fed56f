/** Many curves as one. */

export interface CurvePoint {
  calls: number;
  bytes: number;
}

const MOST_POINTS = 24;

/**
 * The curve whose rise over each step of the calls is the mean rise of those curves that span the step: some lives are longer
 * than others, and where one ends the pooled curve must not jump.
 *
 * @param curves points with calls that never fall; each curve spans more than one number of calls.
 */
export function pooledCurve(curves: readonly (readonly CurvePoint[])[]): { calls: number[]; bytes: number[] } {
  if (curves.length === 0) return { calls: [], bytes: [] };
  const from = Math.min(...curves.map((curve) => curve[0]!.calls));
  const to = Math.max(...curves.map((curve) => curve.at(-1)!.calls));
  const steps = Math.min(MOST_POINTS - 1, to - from);
  const grid = Array.from({ length: steps + 1 }, (_, i) => Math.round(from + ((to - from) * i) / steps));
  const calls = [from];
  const bytes = [0];
  for (let i = 1; i < grid.length; i++) {
    const [start, end] = [grid[i - 1]!, grid[i]!];
    const spanning = curves.filter((curve) => curve[0]!.calls <= start && curve.at(-1)!.calls >= end);
    // Every curve begins or ends within this step.
    if (spanning.length === 0) continue;
    const rise = spanning.reduce((sum, curve) => sum + heightAt(curve, end) - heightAt(curve, start), 0);
    calls.push(end);
    bytes.push(bytes.at(-1)! + rise / spanning.length);
  }
  return { calls, bytes };
}

/** Between two points on the straight line; of several points with the same calls the last. */
function heightAt(curve: readonly CurvePoint[], calls: number): number {
  let low = 0;
  let high = curve.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (curve[middle]!.calls <= calls) low = middle;
    else high = middle - 1;
  }
  const before = curve[low]!;
  const behind = curve[low + 1];
  if (behind === undefined || before.calls === calls) return before.bytes;
  return before.bytes + ((behind.bytes - before.bytes) * (calls - before.calls)) / (behind.calls - before.calls);
}
