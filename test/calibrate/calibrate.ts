/**
 * npm run calibrate -- [--cases 100] [--pairs 200] [--seed 1] [--lab DIR] [--minilab minilab.py] [--json FILE] [--each]
 *
 * How good the estimates are, over cases whose leaks are known: simulated ones, recorded ones (--lab), or real CPython workers
 * (--minilab, with python3). And how often the gate of a baseline fails, over pairs of logs with and without a change: simulated
 * ones, or recorded logs cut in two (--lab).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../src/errors.ts';
import { evidenceFrom, reportFrom } from '../support/evidence.ts';
import { score } from '../support/score.ts';
import { type Case, recordedCases } from './case.ts';
import { figuresOf, GROUPS, type Scored, tableOf } from './figures.ts';
import { gateTable, type Trial } from './gate-trial.ts';
import { recordedTrial, simulatedTrial } from './gate-trials.ts';
import { simulatedCase } from './simulated-case.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100' },
    pairs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    lab: { type: 'string' },
    minilab: { type: 'string' },
    json: { type: 'string' },
    each: { type: 'boolean', default: false },
  },
});
const count = wholeNumber('cases', values.cases, 0);
const pairCount = wholeNumber('pairs', values.pairs, 0);
const seed = wholeNumber('seed', values.seed);

const scored: Scored[] = [];
for (const { log, truth } of cases()) {
  try {
    const evidence = await evidenceFrom(log);
    const start = performance.now();
    const report = reportFrom(evidence);
    const estimateSeconds = (performance.now() - start) / 1000;
    if (report.totals.requests === 0) throw new UserError('no request line');
    const found: Scored = {
      name: truth.scenario,
      routes: report.routes.length,
      estimateSeconds,
      score: score(truth, report),
    };
    scored.push(found);
    if (values.each) console.log(lineOf(found));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.log(`left out: ${truth.scenario}: ${error.message}`);
  }
}
const groups = GROUPS.map(({ name, holds }) => ({ name, figures: figuresOf(scored.filter(holds)) }));
if (scored.length > 0) console.log(tableOf(groups));

const trials: Trial[] = [];
for await (const trial of gateTrials()) {
  trials.push(trial);
  if (values.each) console.log(JSON.stringify(trial));
}
if (trials.length > 0) {
  const isFew = ({ routes }: Trial) => routes <= 45;
  const few = { name: 'up to 45 routes', trials: trials.filter(isFew) };
  const many = { name: 'more routes', trials: trials.filter((trial) => !isFew(trial)) };
  console.log(gateTable([{ name: 'all', trials }, few, many]));
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ groups, cases: scored, trials }, undefined, 2)}\n`);
}

async function* gateTrials(): AsyncGenerator<Trial> {
  if (values.minilab !== undefined) return;
  if (values.lab !== undefined) {
    for (const recorded of recordedCases(values.lab)) {
      const trial = await recordedTrial(recorded);
      if (trial) yield trial;
    }
    return;
  }
  for (let i = 0; i < pairCount; i++) yield await simulatedTrial(seed + i);
}

function cases(): Iterable<Case> {
  if (values.lab !== undefined) return recordedCases(values.lab);
  if (values.minilab !== undefined) return minilabCases(values.minilab);
  return simulatedCases();
}

function* simulatedCases(): Generator<Case> {
  for (let i = 0; i < count; i++) yield simulatedCase(seed + i);
}

/** One by one: a case may hold a gigabyte while it runs. */
function* minilabCases(program: string): Generator<Case> {
  for (let i = 0; i < count; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'leakrank-minilab-'));
    try {
      const args = [program, String(seed + i), String(seed + i + 1), folder];
      const { status, error } = spawnSync('python3', args, { stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) throw new Error(`python3 ${args.join(' ')} failed`, { cause: error });
      yield* recordedCases(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function lineOf({ name, routes, estimateSeconds, score }: Scored): string {
  const { misattribution, falselyBlamedBytes, material, falseLeaks } = score;
  const found = material.filter(({ called }) => called).length;
  const held = material.filter(({ inInterval }) => inInterval).length;
  return [
    name.padEnd(14),
    `${routes} routes`.padStart(10),
    `misattribution ${misattribution?.toFixed(3) ?? '-'}`.padEnd(21),
    `${(falselyBlamedBytes / 1e6).toFixed(1)} MB false`.padStart(15),
    `found ${found}/${material.length}`,
    `interval ${held}/${material.length}`,
    `${estimateSeconds.toFixed(2)} s`,
    falseLeaks.join(', '),
  ].join('  ');
}

function wholeNumber(name: string, text: string, least = 1): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} ${text} is no whole number from ${least} on`);
  return value;
}
