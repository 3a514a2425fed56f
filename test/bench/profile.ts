/**
 * npm run profile -- [--size 100MB] [--top 25] [FILE] [-- leakrank's options]
 *
 * Where the time of a run goes: samples of the main thread, by room (the folders of src/) and by function. FILE is read, or a
 * log is generated as for npm run bench. The profile is kept for the tools that show it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import CliTable from 'cli-table3';
import { generateLog } from './generate-log.ts';
import { sizeOf } from './size-of.ts';

const COMMAND = fileURLToPath(new URL('./unbundled.js', import.meta.url));
const EVERY_MICROSECONDS = '250';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

const own = process.argv.slice(2);
const split = own.indexOf('--');
const { values, positionals } = parseArgs({
  args: split < 0 ? own : own.slice(0, split),
  allowPositionals: true,
  options: { size: { type: 'string', default: '100MB' }, top: { type: 'string', default: '25' } },
});
const folder = mkdtempSync(join(tmpdir(), 'leakrank-profile-'));
const profiles = join(folder, 'profiles');
mkdirSync(profiles);
let [log] = positionals;
if (log === undefined) {
  log = join(folder, 'uwsgi.log');
  await generateLog(log, { bytes: sizeOf(values.size), routes: 200, workers: 8, seed: 1, life: 20_000 });
}
const run = spawnSync(
  process.execPath,
  [
    ...['--cpu-prof', '--cpu-prof-interval', EVERY_MICROSECONDS, '--cpu-prof-dir', profiles, COMMAND, '-q', log],
    ...(split < 0 ? [] : own.slice(split + 1)),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
if (positionals.length === 0) rmSync(log);
if (run.status === null || run.status > 1) throw new Error(`leakrank ended with status ${run.status}`);
const [file] = readdirSync(profiles);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(profiles, file!), 'utf8')) as Profile;

const nodeOf = new Map(nodes.map((node) => [node.id, node]));
const byRoom = new Map<string, number>();
const byFunction = new Map<string, number>();
let all = 0;
for (const [i, id] of samples.entries()) {
  const { functionName, url, lineNumber } = nodeOf.get(id)!.callFrame;
  const milliseconds = timeDeltas[i]! / 1000;
  if (functionName === '(idle)') continue;
  all += milliseconds;
  const place = placeOf(url);
  add(
    byRoom,
    place === '' ? functionName : place.includes('/') ? place.slice(0, place.indexOf('/')) : place,
    milliseconds,
  );
  add(
    byFunction,
    `${functionName || '(anonymous)'}  ${place}${place === '' ? '' : `:${lineNumber + 1}`}`,
    milliseconds,
  );
}
print('room', byRoom);
print('function', byFunction);
console.log(`${Math.round(all)} ms on the main thread; the compiler and the collector have threads beside it`);
console.log(`the profile: ${join(profiles, file!)}`);

/** Of our own files below src/; of others what they are a part of. */
function placeOf(url: string): string {
  if (url.startsWith('node:')) return 'node';
  if (url.startsWith('wasm:')) return 'webassembly';
  return /\/dist\/src\/(.+)$/.exec(url)?.[1] ?? /\/node_modules\/([^/]+)/.exec(url)?.[1] ?? '';
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function print(what: string, sums: ReadonlyMap<string, number>): void {
  const table = new CliTable({
    head: [what, 'ms', '%'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right'],
  });
  const rows = [...sums].sort(([, a], [, b]) => b - a).slice(0, Number(values.top));
  for (const [name, milliseconds] of rows) {
    table.push([name, milliseconds.toFixed(0), ((100 * milliseconds) / all).toFixed(1)]);
  }
  console.log(table.toString());
}
