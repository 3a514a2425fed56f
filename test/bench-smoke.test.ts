import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const BENCH = fileURLToPath(new URL('./bench/bench.js', import.meta.url));
const PROFILE = fileURLToPath(new URL('./bench/profile.js', import.meta.url));
const HAS_BASH = spawnSync('bash', ['--version'], { stdio: 'ignore' }).status === 0;

test('the benchmark runs and prints ratios', { skip: HAS_BASH ? false : 'bash is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-bench-smoke-'));
  try {
    const json = join(folder, 'bench.json');
    const args = [BENCH, '--size', '200KB', '--runs', '1', '--json', json];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^│ leakrank .* 1\.00 x/m);
    assert.match(stdout, /^│ leakrank, pipe .*\d x/m);
    const { results } = JSON.parse(readFileSync(json, 'utf8'));
    assert.equal(results[0].name, 'leakrank');
    assert.equal(results[0].ratio.cpu, 1);
    assert.equal(results[1].runs.length, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the benchmark of the estimate prints its seconds', () => {
  const args = [BENCH, '--estimate', '--routes', '20', '--windows', '60', '--runs', '2'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^estimate, 20 routes, 60 windows of 8 workers, seed 1: median of 2 runs \d+\.\d\d s /);
});

test('the profile says where time goes, by room and by function', () => {
  const args = [PROFILE, '--size', '2MB', '--top', '8', '--', '--report', 'csv'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /│ room +│ +ms │ +% │/);
  assert.match(stdout, /│ (?:estimate|attribute|parse|rank) +│ +\d+ │ +\d+\.\d │/);
  const profile = /^the profile: (.+)$/m.exec(stdout)?.[1] ?? '';
  assert.ok(JSON.parse(readFileSync(profile, 'utf8')).samples.length > 0);
  rmSync(dirname(dirname(profile)), { recursive: true });
});

test('the benchmark of hostile logs prints ratios per line and per byte', {
  skip: HAS_BASH ? false : 'bash is not installed',
}, () => {
  const hostile = fileURLToPath(new URL('./bench/hostile.js', import.meta.url));
  const args = [hostile, '--lines', '2000', '--runs', '1', 'three', 'workers'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^│ three +│ +-?\d+ │ +-?\d+\.\d\d x │ +-?\d+\.\d\d │ +-?\d+\.\d\d x │ +\d+ │$/m);
  assert.match(stdout, /^│ workers /m);
});
