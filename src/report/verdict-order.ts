/** Routes in the order of what a reviewer has to know; within a verdict as the report has them. */
import type { RouteReport, Verdict } from './report.ts';

const ORDER: readonly Verdict[] = ['leak', 'unclear', 'plateau', 'clean'];

export function byVerdict(routes: readonly RouteReport[]): RouteReport[] {
  return ORDER.flatMap((verdict) => routes.filter((route) => route.verdict === verdict));
}
