/** The CI jobs that `leakrank init` prints, run as CI runs them: first without a baseline, then with one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { githubWorkflow, gitlabJob } from '../src/cli/init-texts.ts';
import { withFiles } from './support/cli.ts';
import { fixture, ROOT } from './support/fixtures.ts';

interface Step {
  run?: string;
  if?: string;
}

/** `npx --yes leakrank@1.2.3 …` runs this leakrank. */
const NPX = `#!/bin/bash\nshift 2\nexec '${process.execPath}' '${ROOT}bin/leakrank.js' "$@"\n`;
const LOAD_TEST = `#!/bin/bash\ncat app.log\n`;

const JOBS: [name: string, steps: (hasBaseline: boolean) => string[]][] = [
  [
    'GitHub',
    (hasBaseline) => {
      const { steps } = (parse(githubWorkflow('1.0.0')) as { jobs: { leaks: { steps: Step[] } } }).jobs.leaks;
      const isMet = (condition = '') => hasBaseline || !condition.includes("hashFiles('leaks-baseline.json') != ''");
      return steps.flatMap(({ run, if: condition }) => (run !== undefined && isMet(condition) ? [run] : []));
    },
  ],
  ['GitLab', () => (parse(gitlabJob('1.0.0')) as { leaks: { script: string[] } }).leaks.script],
];

for (const [name, stepsOf] of JOBS) {
  test(`the job for ${name} works before and after there is a baseline`, async () => {
    await withFiles({ npx: NPX, 'load-test.sh': LOAD_TEST, 'app.log': fixture('lab-i.log.gz') }, async (cwd) => {
      for (const script of ['npx', 'load-test.sh']) chmodSync(`${cwd}/${script}`, 0o755);
      const env = { ...process.env, PATH: `${cwd}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: `${cwd}/summary.md` };
      const runAll = () =>
        stepsOf(existsSync(`${cwd}/leaks-baseline.json`)).map((step) => {
          const { status, stderr } = spawnSync('bash', ['-e', '-c', step], { cwd, env, encoding: 'utf8' });
          return { step, status, stderr };
        });
      for (const { step, status, stderr } of runAll()) assert.equal(status, 0, `${step}\n${stderr}`);
      assert.match(readFileSync(`${cwd}/leaks.json`, 'utf8'), /"schemaVersion": 1/);

      copyFileSync(`${cwd}/leaks.json`, `${cwd}/leaks-baseline.json`);
      for (const { step, status, stderr } of runAll()) assert.equal(status, 0, `${step}\n${stderr}`);
      if (name === 'GitHub') assert.match(readFileSync(`${cwd}/summary.md`, 'utf8'), /\| ⚪ same \|/);

      writeFileSync(`${cwd}/app.log`, fixture('lab-a.log.gz'));
      assert.ok(runAll().some(({ status }) => status === 1));
    });
  });
}
