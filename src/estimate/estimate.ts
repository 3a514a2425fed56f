/**
 * From the evidence of workers' lives to one finding per route: which calls leak how much, which only grew the worker up to a
 * level, and what can't be known. Each file beside this one holds one part of it.
 */
import type { LifeEvidence } from '../attribute/life.ts';
import { analyse } from './analysis.ts';
import type { Finding } from './finding.ts';
import { type FittedGrowth, fittedGrowth } from './fitted-growth.ts';
import { findingOf, findingOfRest, judge } from './verdict.ts';

export interface Estimate {
  /** One per route number. */
  findings: Finding[];
  /** One per life, in their order. */
  lives: FittedGrowth[];
}

/**
 * @param routeCount route numbers in the evidence are below it.
 * @param concurrent whether requests of a worker overlap.
 */
export function estimate(lives: readonly LifeEvidence[], routeCount: number, concurrent = false): Estimate {
  const analysis = analyse(lives, routeCount, concurrent);
  const { columnOf, routes } = analysis.candidates;
  const judgements = routes.map((_, column) => judge(analysis, column));
  const judgementOf = (route: number) => judgements[columnOf[route]!];
  const every = Array.from({ length: routeCount }, (_, route) => route);
  const leaked = Float64Array.from(every, (route) => judgementOf(route)?.leakedBytesPerCall ?? 0);
  const plateau = Float64Array.from(every, (route) => judgementOf(route)?.plateauBytesPerDoubling ?? 0);
  return {
    findings: every.map((route) => {
      const judgement = judgementOf(route);
      return judgement ? findingOf(analysis, route, columnOf[route]!, judgement) : findingOfRest(analysis, route);
    }),
    lives: lives.map((life) => fittedGrowth(life, leaked, plateau)),
  };
}
