/** Holds the line: requests to the routes of real applications are grouped as these applications' tables have it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnRoutes } from '../src/route/learn.ts';
import { parseRule } from '../src/route/rules/rule.ts';
import { Rules } from '../src/route/rules/rules.ts';
import { bySpecificity } from '../src/route/rules/specificity.ts';
import { type Application, applications, type RoutedRequest, traffic } from './support/route-traffic.ts';
import { UriRouter } from './support/uri-router.ts';

const REQUESTS = 20_000;
const SEED = 20_261_124;

const ALL = applications();

/** The route that each request gets. */
function grouped(requests: readonly RoutedRequest[], rules?: Rules): string[] {
  const router = new UriRouter(rules ? { rules } : {});
  const numbers = requests.map(({ path }) => router.number(path));
  const calls = new Map<number, number>();
  for (const number of numbers) calls.set(number, (calls.get(number) ?? 0) + 1);
  const learnable = [...calls.keys()].filter((number) => !router.isGiven(number));
  const learned = learnRoutes(
    learnable.map((number) => router.name(number)),
    learnable.map((number) => calls.get(number)!),
  );
  const names = new Map(learnable.map((number, i) => [number, learned[i]!]));
  return numbers.map((number) => names.get(number) ?? router.name(number));
}

/**
 * Requests whose group is the one of their route and of no other: the group holds more of the route than any other group does,
 * and more of it than of any other route.
 */
function right(requests: readonly RoutedRequest[], groups: readonly string[]): number {
  const pairs = new Map<string, number>();
  for (const [i, { route }] of requests.entries()) {
    const pair = `${route}\n${groups[i]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const best = (end: 0 | 1) => {
    const found = new Map<string, { count: number; pair: string }>();
    for (const [pair, count] of pairs) {
      const key = pair.split('\n')[end]!;
      if (count > (found.get(key)?.count ?? 0)) found.set(key, { count, pair });
    }
    return new Set([...found.values()].map(({ pair }) => pair));
  };
  const ofRoute = best(0);
  const ofGroup = best(1);
  return [...pairs].reduce((sum, [pair, count]) => sum + (ofRoute.has(pair) && ofGroup.has(pair) ? count : 0), 0);
}

const tableOf = ({ routes }: Application) => new Rules(bySpecificity(routes.map(([path]) => parseRule(path, 'table'))));

function share(which: readonly Application[], rulesOf: (application: Application) => Rules | undefined): number {
  let all = 0;
  let sum = 0;
  for (const application of which) {
    const requests = traffic(application, REQUESTS, SEED);
    const count = right(requests, grouped(requests, rulesOf(application)));
    if (process.env.LEAKRANK_VERBOSE)
      console.log(application.name, application.heldBack, (count / REQUESTS).toFixed(4));
    all += REQUESTS;
    sum += count;
  }
  return sum / all;
}

test('there are at least 40 applications', () => assert.ok(ALL.length >= 40));

for (const heldBack of [false, true]) {
  const which = ALL.filter((application) => application.heldBack === heldBack);
  const what = heldBack ? 'held back' : 'tuned on';

  test(`without a table, 97 % of the requests are grouped as it says: applications ${what}`, (t) => {
    const found = share(which, () => undefined);
    t.diagnostic(`${(100 * found).toFixed(2)} % of ${which.length} applications`);
    assert.ok(found >= 0.97, `${(100 * found).toFixed(2)} %`);
  });

  test(`with the table, 99.9 % are: applications ${what}`, (t) => {
    const found = share(which, tableOf);
    t.diagnostic(`${(100 * found).toFixed(3)} % of ${which.length} applications`);
    assert.ok(found >= 0.999, `${(100 * found).toFixed(3)} %`);
  });
}
