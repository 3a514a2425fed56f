/** In every scenario of the lab the routes are the truth's, one to one, without configuration. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '../src/index.ts';
import { LAB_LOGS, WITHOUT_LAB } from './support/lab.ts';

const FIRST = ['app.ndjson.gz', 'server.log.gz', 'tasks.ndjson.gz'];

interface Truth {
  routes: Record<string, { match: string; calls: number }>;
}

const scenarios = WITHOUT_LAB ? [] : readdirSync(LAB_LOGS).sort();

test('the lab is there', { skip: WITHOUT_LAB }, () => {
  assert.ok(scenarios.length > 0);
});

for (const scenario of scenarios) {
  const folder = join(LAB_LOGS, scenario);
  const logs = FIRST.filter((name) => existsSync(join(folder, name))).slice(0, 1);
  const all = logs.length > 0 ? logs : readdirSync(folder).filter((name) => /\.(?:log|ndjson)\.gz$/.test(name));
  for (const log of all) {
    test(`${scenario}/${log}: routes are those of the application`, async () => {
      const truth: Truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
      const report = await analyze(join(folder, log));
      for (const { route, calls } of report.routes) {
        const matching = Object.entries(truth.routes).filter(([, { match }]) => new RegExp(match).test(route));
        assert.equal(
          matching.length,
          1,
          `${route} (${calls} calls) is ${matching.map(([name]) => name).join(', ') || 'no route'}`,
        );
      }
      for (const [name, { match, calls }] of Object.entries(truth.routes)) {
        if (calls === 0) continue;
        const found = report.routes.filter(({ route }) => new RegExp(match).test(route));
        assert.equal(found.length, 1, `${name} is ${found.map(({ route }) => route).join(', ') || 'not found'}`);
      }
    });
  }
}
