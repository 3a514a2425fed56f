import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { simulatedCase } from './calibrate/simulated-case.ts';
import { withFiles } from './support/cli.ts';

const CALIBRATE = fileURLToPath(new URL('./calibrate/calibrate.js', import.meta.url));

test('calibration over simulated cases prints its table and writes every case', async () => {
  await withFiles({}, async (folder) => {
    const json = join(folder, 'figures.json');
    const args = [CALIBRATE, '--cases', '3', '--pairs', '2', '--seed', '10', '--json', json];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /│ material leaks found .*│/);
    assert.match(stdout, /│ {3}of them failed, naming the route .*│/);
    const { groups, cases, trials } = JSON.parse(readFileSync(json, 'utf8'));
    assert.equal(cases.length, 3);
    assert.equal(trials.length, 2);
    assert.ok(trials[0].added[0].addedBytesPerCall >= 2048);
    assert.equal(groups.length, 2);
    assert.equal(groups[0].figures.cases + groups[1].figures.cases, 3);
  });
});

test('a folder of recorded cases is scored', async () => {
  await withFiles({}, async (folder) => {
    const { log, truth } = simulatedCase(10, { requests: 1000 });
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'server.log.gz'), gzipSync(log));
    writeFileSync(join(folder, 'run', 'truth.json'), JSON.stringify(truth));
    const args = [CALIBRATE, '--lab', folder, '--each'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^simulated 10 /m);
    assert.match(stdout, /│ cases \(where something leaks\) +│ +1 \(1\) │ +0 \(0\) │/);
  });
});

test('a simulated case is the same for the same seed, and its log holds what its truth says', () => {
  const one = simulatedCase(7, { requests: 2000 });
  assert.deepEqual(simulatedCase(7, { requests: 2000 }), one);
  const calls = Object.values(one.truth.routes).reduce((sum, route) => sum + route.calls, 0);
  assert.equal(calls, 2000);
  assert.equal(one.log.toString().match(/rss usage/g)?.length, 2000);
});
