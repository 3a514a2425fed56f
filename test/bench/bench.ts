/**
 * npm run bench -- [--size 100MB] [--routes 200] [--workers 8] [--seed 1] [--runs 5] [--json FILE]
 * npm run bench -- --estimate [--routes 1000] [--windows 4000] [--workers 8] [--seed 1] [--runs 5]
 *
 * Times of one machine and one moment say little, so commands are run in turn, again and again, and compared by ratios.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import CliTable from 'cli-table3';
import { timeEstimates } from './estimates.ts';
import { generateLog } from './generate-log.ts';
import { type Measurement, measure } from './measure.ts';
import { type Peer, peers } from './peers.ts';
import { sizeOf } from './size-of.ts';

const REQUESTS_OF_A_WORKER = 20_000;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100MB' },
    estimate: { type: 'boolean', default: false },
    windows: { type: 'string', default: '4000' },
    routes: { type: 'string' },
    workers: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const shape = {
  bytes: sizeOf(values.size),
  routes: count('routes', values.routes ?? (values.estimate ? '1000' : '200')),
  workers: count('workers', values.workers),
  seed: count('seed', values.seed),
  life: REQUESTS_OF_A_WORKER,
};
const runs = count('runs', values.runs);

if (values.estimate) {
  benchEstimate();
} else {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-bench-'));
  try {
    await bench(join(folder, 'uwsgi.log'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchEstimate(): void {
  const windows = count('windows', values.windows);
  const seconds = timeEstimates({ ...shape, windows, runs });
  console.log(
    `estimate, ${shape.routes} routes, ${windows} windows of ${shape.workers} workers, seed ${shape.seed}: ` +
      `median of ${runs} runs ${median(seconds).toFixed(2)} s (${seconds.map((s) => s.toFixed(2)).join(' ')})`,
  );
}

interface Result {
  peer: Peer;
  runs: Measurement[];
  median: Measurement;
  /** How many times leakrank's, run by run; then the median. */
  ratio: { wall: number; cpu: number };
}

async function bench(log: string): Promise<void> {
  await generateLog(log, shape);
  const bytes = statSync(log).size;
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    node: process.version,
  };
  console.log(
    `${machine.cpus} x ${machine.model}, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, Node ${process.version}`,
  );
  console.log(
    `${(bytes / 1e6).toFixed(1)} MB, ${shape.routes} routes, ${shape.workers} workers, seed ${shape.seed}; median of ${runs} runs in turn`,
  );

  const all = peers();
  for (const { name, missing } of all) if (missing !== undefined) console.log(`skipped: ${name}: ${missing}`);
  const results = await runInTurn(
    all.filter(({ missing }) => missing === undefined),
    log,
  );
  console.log(`\n${tableOf(results)}`);
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ machine, log: { ...shape, bytes }, results: results.map(plain) }, undefined, 2)}\n`,
    );
  }
}

/** The first turn warms the page cache and is not counted. */
async function runInTurn(present: readonly Peer[], log: string): Promise<Result[]> {
  const measured = present.map((): Measurement[] => []);
  for (let turn = 0; turn <= runs; turn++) {
    for (const [i, { command }] of present.entries()) {
      const measurement = await measure(command, log);
      if (turn > 0) measured[i]!.push(measurement);
    }
  }
  const own = measured[0]!;
  return present.map((peer, i) => {
    const mine = measured[i]!;
    const of = (field: 'wallSeconds' | 'cpuSeconds') => median(mine.map((run) => run[field]));
    const over = (field: 'wallSeconds' | 'cpuSeconds') =>
      median(mine.map((run, turn) => run[field] / own[turn]![field]));
    const peaks = mine.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
    return {
      peer,
      runs: mine,
      median: {
        wallSeconds: of('wallSeconds'),
        cpuSeconds: of('cpuSeconds'),
        peakBytes: peaks.length > 0 ? median(peaks) : null,
      },
      ratio: { wall: over('wallSeconds'), cpu: over('cpuSeconds') },
    };
  });
}

function tableOf(results: readonly Result[]): string {
  const table = new CliTable({
    head: ['', 'wall s', 'ratio', 'CPU s', 'ratio', 'peak MiB', 'does'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const { peer, median, ratio } of results) {
    table.push([
      peer.name,
      median.wallSeconds.toFixed(2),
      `${ratio.wall.toFixed(2)} x`,
      median.cpuSeconds.toFixed(2),
      `${ratio.cpu.toFixed(2)} x`,
      median.peakBytes === null ? '-' : (median.peakBytes / 2 ** 20).toFixed(0),
      peer.does,
    ]);
  }
  return table.toString();
}

function plain({ peer, ...figures }: Result) {
  return { name: peer.name, does: peer.does, ...figures };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} ${text} is no whole number from 1 on`);
  return value;
}
