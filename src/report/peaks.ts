/** Reports on logs that hold peaks instead of sizes: PHP-FPM's, AWS Lambda's. */
import type { RouteReport } from './report.ts';

/** Whether lines say only how much memory was in use at most: then there is nothing to say of leaks. */
export function areOfPeaks(routes: readonly RouteReport[]): boolean {
  return routes.length > 0 && routes.every(({ largestPeakBytes }) => largestPeakBytes !== null);
}
