/** Runs the trials of the gate over simulated pairs, or over recorded logs cut in two. */
import type { Report } from '../../src/index.ts';
import { evidenceFrom, reportFrom } from '../support/evidence.ts';
import type { Case } from './case.ts';
import { added, compareForTrial, detectableChanges, namedByGate, TIMES, type Trial } from './gate-trial.ts';
import { RecordedPair } from './recorded-pair.ts';
import { SimulatedPair } from './simulated-pair.ts';

export async function simulatedTrial(seed: number): Promise<Trial> {
  const pair = new SimulatedPair(seed);
  const base = await reportOf(pair.before());
  const head = await reportOf(pair.after());
  const trial = withoutChange(pair.name, base, head);
  const detectable = detectableChanges(compareForTrial(base, head));
  const route = pair.routeToChange(detectable, head, TIMES);
  if (route === undefined) return trial;
  const bytes = TIMES * detectable.get(route)!;
  const changed = await reportOf(pair.afterChange(route, bytes));
  return { ...trial, added: [added(base, changed, route, bytes)] };
}

/** Undefined where the log has no request line of uWSGI's default form, or workers too short to cut. */
export async function recordedTrial({ log, truth }: Case): Promise<Trial | undefined> {
  const pair = new RecordedPair(log, truth);
  if (!pair.isCut) return undefined;
  const base = await reportOf(pair.before());
  const head = await reportOf(pair.after());
  const trial = withoutChange(pair.name, base, head);
  const detectable = detectableChanges(compareForTrial(base, head));
  for (const route of pair.routesToChange(detectable)) {
    const bytes = TIMES * detectable.get(route)!;
    trial.added.push(added(base, await reportOf(pair.afterChange(route, bytes)), route, bytes));
  }
  return trial;
}

function withoutChange(name: string, base: Report, head: Report): Trial {
  const { routes, counts } = compareForTrial(base, head);
  return {
    name,
    routes: routes.length,
    told: routes.length - counts['cannot-tell'],
    falselyNamed: namedByGate(base, head),
    added: [],
  };
}

async function reportOf(log: string): Promise<Report> {
  return reportFrom(await evidenceFrom(log));
}
