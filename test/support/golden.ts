/** Compares text with a file in test/golden; UPDATE_GOLDENS=1 writes the file instead. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from './fixtures.ts';

const FOLDER = `${ROOT}test/golden/`;

export function assertGolden(name: string, actual: string): void {
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(FOLDER + name, actual);
    return;
  }
  assert.equal(actual, readFileSync(FOLDER + name, 'utf8'), `test/golden/${name}`);
}
