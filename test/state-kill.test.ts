/** Runs with --state that are killed at any moment, while the log grows and rotates: nothing is lost or counted twice. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { BIN, cleanEnv, leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';
import { GrowingLog } from './support/growing-log.ts';
import { type Random, seededRandom } from './support/random.ts';
import { comparable } from './support/resumed.ts';

const KILLS = 100;
const LINES = fixture('lab-b2.log.gz')
  .toString('utf8')
  .split(/(?<=\n)/);
/** Longest time from the start of a run to its end, in milliseconds: about twice what a start takes. */
const LONGEST = 500;

interface Killed {
  killed: number;
  states: number;
}

async function killAgainAndAgain(folder: string, flags: string[], log: GrowingLog, random: Random): Promise<Killed> {
  const state = `${folder}/state`;
  const seen = new Set<string>();
  let killed = 0;
  const perRun = Math.ceil(LINES.length / KILLS);
  for (let run = 0; run < KILLS; run++) {
    const args = [BIN, '--state', state, '--checkpoint', '0.001', '--json', ...flags, log.path];
    const child = spawn(process.execPath, args, { stdio: 'ignore', env: cleanEnv() });
    const closed = new Promise((resolve) => child.on('close', resolve));
    const end = Date.now() + random.integer(LONGEST);
    while (Date.now() < end && child.exitCode === null) {
      log.grow(perRun / 4);
      const event = random.integer(40);
      // What was rotated before there was a first state is older than all that the runs are about.
      if (event === 0 && existsSync(state)) log.rotate();
      if (event === 1) log.compress();
      await setTimeout(random.integer(30));
    }
    if (child.kill('SIGKILL') && child.exitCode === null) killed++;
    await closed;
    if (existsSync(state)) seen.add(readFileSync(state).toString('latin1', 0, 100));
  }
  return { killed, states: seen.size };
}

function survives(seed: number, flags: string[]) {
  return async (t: TestContext) => {
    await withFiles({}, async (folder) => {
      const random = seededRandom(seed);
      const log = new GrowingLog(folder, LINES, random);
      const { killed, states } = await killAgainAndAgain(folder, flags, log, random);
      t.diagnostic(`${killed} of ${KILLS} runs were killed, which left ${states} states; ${log.files.length} files`);
      log.finish();
      const resumed = await leakrank(['--state', `${folder}/state`, '--json', log.path]);
      const whole = await leakrank(['--json', ...log.files]);
      assert.deepEqual([resumed.code, whole.code], [0, 0], resumed.stderr + whole.stderr);
      assert.deepEqual(comparable(resumed.stdout), comparable(whole.stdout));
      assert.ok(killed > KILLS / 4 && states > 3);
    });
  };
}

describe('SIGKILL at any moment', { concurrency: 2 }, () => {
  test('100 runs to the end of the log', survives(1, []));
  test('100 runs that follow the log', survives(2, ['--follow']));
});
