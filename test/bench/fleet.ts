/**
 * `npm run bench:fleet`: evidence of a thousand hosts with a hundred routes each, merged by the command: seconds and MiB.
 * Hosts are simulated; each has a log of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placedOn } from '../../src/cli/collect-command.ts';
import { sealedLine } from '../../src/fleet/evidence-file.ts';
import { shapeOf } from '../../src/fleet/shape.ts';
import { encodeEvidence } from '../../src/fleet/stored-evidence.ts';
import { resolveOptions } from '../../src/options.ts';
import { gather } from '../../src/run.ts';
import { linesSource } from '../../src/source/source.ts';
import { simulatedCase } from '../calibrate/simulated-case.ts';
import { BIN } from '../support/cli.ts';

const HOSTS = Number(process.argv[2] ?? 1000);
const ROUTES = 100;
const REQUESTS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'leakrank-fleet-'));
try {
  const options = resolveOptions({});
  const label = { shape: shapeOf(options), notes: [] };
  for (let host = 0; host < HOSTS; host++) {
    const { log } = simulatedCase(1 + host, { requests: REQUESTS, routes: ROUTES });
    const source = placedOn(`web${host}`, linesSource('uwsgi.log', [Buffer.from(log)]));
    const { evidence } = await gather([source], options);
    writeFileSync(join(folder, `web${host}.evidence`), sealedLine(encodeEvidence(evidence, label)));
  }
  const files = readdirSync(folder);
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const script = `
    process.argv.splice(1, 1, ${JSON.stringify(BIN)});
    process.on('exit', () => process.stderr.write(JSON.stringify({ ms: performance.now(), kib: process.resourceUsage().maxRSS })));
    await import(${JSON.stringify(BIN)});`;
  const args = ['--input-type=module', '-e', script, '-', 'merge', '--recursive', '--json', '-q', folder];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const { ms, kib } = JSON.parse(stderr) as { ms: number; kib: number };
  const { totals, routes } = JSON.parse(stdout) as { totals: { requests: number; workers: number }; routes: unknown[] };
  process.stdout.write(
    `${HOSTS} hosts, ${routes.length} routes, ${totals.workers} workers, ${totals.requests} requests, ` +
      `${(bytes / HOSTS / 1024).toFixed(0)} KiB of evidence each: merged in ${(ms / 1000).toFixed(1)} s, ${(kib / 1024).toFixed(0)} MiB\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
