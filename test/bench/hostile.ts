/**
 * npm run bench:hostile -- [--lines 200000] [--runs 3] [--seed 1] [KIND…]
 *
 * Logs that want to be slow against the plain one: paths that are never the same twice, very many workers, long lines, no
 * newline. CPU time of reading, without start and estimate, per line and per byte and as multiples of the plain log's, whose
 * runs stand in between; and the size of the whole command.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import CliTable from 'cli-table3';
import { generateLog, type LogShape, writeLog } from './generate-log.ts';
import { measure } from './measure.ts';
import { isPathKind, PATHS } from './paths.ts';
import { LEAKRANK } from './peers.ts';

const PLAIN = { routes: 200, workers: 8, life: 20_000 };
const READ_LOG = fileURLToPath(new URL('./read-log.js', import.meta.url));
/** Of a log; with more bytes a kind has fewer lines. */
const MOST_BYTES = 100e6;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    /** Writes the log of one kind to standard output, however long. */
    print: { type: 'boolean', default: false },
  },
});
const lines = Number(values.lines);
const shape = { ...PLAIN, bytes: MOST_BYTES, lines, seed: Number(values.seed) };

const kinds = positionals.length > 0 ? positionals : [...Object.keys(PATHS).slice(1), 'workers', 'endless'];
if (values.print) await writeLog(createWriteStream('', { fd: 1 }), { ...shapeOf(kinds[0]!), bytes: Infinity });
else await compare();

function shapeOf(kind: string): LogShape {
  if (isPathKind(kind)) return { ...shape, paths: kind };
  if (kind === 'workers') return { ...shape, workers: 100_000 };
  throw new Error(`there is no log of the kind ${kind}`);
}

async function write(log: string, kind: string): Promise<void> {
  if (kind !== 'endless') return generateLog(log, shapeOf(kind));
  const file = createWriteStream(log);
  for (let bytes = 0; bytes < MOST_BYTES; bytes += 2 ** 20) file.write('x'.repeat(2 ** 20));
  file.end();
  await once(file, 'finish');
}

interface Log {
  file: string;
  lines: number;
  bytes: number;
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-hostile-'));
  const table = new CliTable({
    head: ['', 'ns a line', 'ratio', 'ns a byte', 'ratio', 'peak MiB'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  try {
    const short = await made(folder, 'known', 0);
    const plain = await made(folder, 'known', lines);
    for (const kind of kinds) {
      const log = await made(folder, kind, lines);
      const own: number[] = [];
      const others: number[] = [];
      for (let run = 0; run <= Number(values.runs); run++) {
        const [start, theirs, ours] = [timed(short), timed(plain), timed(log)];
        if (run === 0) continue;
        own.push(ours - start);
        others.push(theirs - start);
      }
      // A log without a request ends in 2.
      const { peakBytes } = await measure(`${LEAKRANK} -q "$1" || [ $? = 2 ]`, log.file);
      const [a, b] = [median(own), median(others)];
      const perLine = a / log.lines;
      const perByte = a / log.bytes;
      table.push([
        kind,
        (1e9 * perLine).toFixed(0),
        `${(perLine / (b / plain.lines)).toFixed(2)} x`,
        (1e9 * perByte).toFixed(2),
        `${(perByte / (b / plain.bytes)).toFixed(2)} x`,
        ((peakBytes ?? 0) / 2 ** 20).toFixed(0),
      ]);
      rmSync(log.file);
    }
    console.log(table.toString());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function made(folder: string, kind: string, count: number): Promise<Log> {
  const file = join(folder, `${kind}-${count}.log`);
  if (count === 0) await generateLog(file, { ...shape, lines: 100 });
  else await write(file, kind);
  const bytes = statSync(file).size;
  return { file, bytes, lines: kind === 'endless' ? 1 : await requestsIn(file) };
}

async function requestsIn(file: string): Promise<number> {
  let count = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    for (const byte of chunk) if (byte === 0x0a) count++;
  return count;
}

/** Seconds of CPU from the first byte to the evidence. */
function timed({ file }: Log): number {
  const { stdout, stderr } = spawnSync(process.execPath, [READ_LOG, file], { encoding: 'utf8' });
  if (!(Number(stdout) > 0)) throw new Error(`${file} was not read: ${stderr}`);
  return Number(stdout);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}
