/** Logs whose leaks are known. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseTruth, type Truth } from '../support/score.ts';

export interface Case {
  log: string | Buffer;
  truth: Truth;
}

/** The runs in a folder, each in a folder of its own with server.log.gz and truth.json. */
export function* recordedCases(folder: string): Generator<Case> {
  const collator = new Intl.Collator('en', { numeric: true });
  for (const name of readdirSync(folder).sort(collator.compare)) {
    const log = join(folder, name, 'server.log.gz');
    const truth = join(folder, name, 'truth.json');
    if (!existsSync(log) || !existsSync(truth)) continue;
    yield { log: gunzipSync(readFileSync(log)), truth: parseTruth(readFileSync(truth, 'utf8')) };
  }
}
