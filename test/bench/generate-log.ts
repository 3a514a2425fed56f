/** Writes uWSGI logs of any size for benchmarks: seeded, so that every run measures the same bytes. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { seededRandom } from '../support/random.ts';
import { uwsgiLine } from '../support/uwsgi-line.ts';
import { PATHS, type PathKind } from './paths.ts';

export interface LogShape {
  bytes: number;
  /** Of requests, where that is less. */
  lines?: number;
  paths?: PathKind;
  routes: number;
  workers: number;
  seed: number;
  /** Requests after which a worker is replaced, or Infinity. */
  life: number;
}

const START = Date.UTC(2026, 10, 23, 20, 0, 0);

export async function generateLog(path: string, shape: LogShape): Promise<void> {
  const file = createWriteStream(path);
  await writeLog(file, shape);
  await once(file, 'finish');
}

/** Ends the stream. */
export async function writeLog(file: Writable, shape: LogShape): Promise<void> {
  const random = seededRandom(shape.seed);
  const uriOf = PATHS[shape.paths ?? 'known'];
  const lines = shape.lines ?? Number.POSITIVE_INFINITY;
  const workers = Array.from({ length: shape.workers }, (_, i) => ({
    slot: i + 1,
    pid: 1000 + i,
    rss: 40_000_000,
    requests: 0,
    lived: 0,
  }));
  let nextPid = 1000 + shape.workers;
  let written = 0;
  let total = 0;
  let block: string[] = [`*** Starting uWSGI 2.0.21 (64bit) on [Mon Nov 23 20:00:00 2026] ***`];
  for (const { slot, pid } of workers) block.push(`spawned uWSGI worker ${slot} (pid: ${pid}, cores: 1)`);
  while (written < shape.bytes && total < lines) {
    const worker = workers[random.integer(workers.length)]!;
    const route = Math.min(random.integer(shape.routes), random.integer(shape.routes));
    total++;
    worker.requests++;
    worker.lived++;
    // One request in twenty changes the size, as on real servers; every seventh route leaks.
    if (random.integer(20) === 0) worker.rss += 4096 * (random.integer(96) - (route % 7 === 0 ? 16 : 44));
    if (worker.rss < 30_000_000) worker.rss = 30_000_000;
    block.push(
      uwsgiLine({
        rssBytes: worker.rss,
        pid: worker.pid,
        ownCount: worker.requests,
        totalCount: total,
        time: START + total * 12,
        method: route % 5 === 0 ? 'POST' : 'GET',
        uri: uriOf(route, random),
        status: random.integer(50) === 0 ? 500 : 200,
      }),
    );
    if (random.integer(33) === 0) block.push('[2026-11-23 20:50:35,123] INFO app.views: order processed for customer');
    if (worker.lived >= shape.life) {
      block.push(
        `...The work of process ${worker.pid} is done. Seeya!`,
        `Respawned uWSGI worker ${worker.slot} (new pid: ${nextPid})`,
      );
      Object.assign(worker, { pid: nextPid++, rss: 40_000_000, lived: 0 });
    }
    if (block.length >= 1000) {
      const text = `${block.join('\n')}\n`;
      written += Buffer.byteLength(text);
      block = [];
      if (!file.write(text)) await once(file, 'drain');
    }
  }
  file.end(block.length > 0 ? `${block.join('\n')}\n` : '');
}
