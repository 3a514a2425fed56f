/** Every kind of report of the same three logs: leaks, recycled workers, and a log in which nothing leaks. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REPORT_KINDS } from '../src/report/printers.ts';
import { VERSION } from '../src/version.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { assertGolden } from './support/golden.ts';

/** The page has a test of its own. */
const TEXT_KINDS = REPORT_KINDS.filter((kind) => String(kind) !== 'html');
const SUFFIX: Partial<Record<string, string>> = {
  table: 'txt',
  classic: 'classic.txt',
  markdown: 'md',
  github: 'github.txt',
  prometheus: 'prom',
  junit: 'xml',
};

for (const lab of ['a', 'b2', 'i']) {
  test(`lab ${lab} in every kind of report, written in one run`, async () => {
    await withFiles({}, async (folder) => {
      const reports = TEXT_KINDS.map((kind) => ['--report', `${kind}=${folder}/${kind}`]);
      const outcome = await leakrank([...reports.flat(), `fixtures/uwsgi/lab-${lab}.log.gz`]);
      assert.deepEqual(outcome, { code: 0, stdout: '', stderr: '' });
      for (const kind of TEXT_KINDS) {
        const text = readFileSync(`${folder}/${kind}`, 'utf8').replaceAll(VERSION, '{version}');
        assertGolden(`report-${lab}.${SUFFIX[kind] ?? kind}`, text);
      }
    });
  });
}
