/** Tables that hold columns, and evidence of parts of a log. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Report } from '../src/index.ts';
import { chdb, WITHOUT_CHDB } from './support/chdb.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';
import { assertSameReport, reportHere, reportOf } from './support/same-report.ts';

const skip = WITHOUT_CHDB;
const COLUMNS = 'worker=pid,path=uri,rss=rss,order=n,time=ts,method=verb,status=status';

/** The requests of a log as a table of columns. */
async function columnsFile(cwd: string, format: string): Promise<string> {
  const { queryBindAsync } = await chdb();
  const result = await queryBindAsync(
    `SELECT extract(line, 'pid: (\\\\d+)') AS pid, toInt64(extract(line, 'rss usage: (\\\\d+)')) AS rss, rowNumberInAllBlocks() AS n,
       extract(line, '\\\\] [A-Z]+ (.*?) => generated') AS uri, extract(line, '\\\\] ([A-Z]+) .*? => generated') AS verb,
       toUInt16(extract(line, '\\\\(HTTP/[0-9.]+ ([0-9]+)\\\\)')) AS status,
       parseDateTime(extract(line, '} \\\\[([A-Z][a-z]{2} [A-Z][^]]{19})'), '%a %b %e %H:%i:%s %Y', 'UTC') AS ts
     FROM file('${join(cwd, 'uwsgi.log')}', LineAsString) WHERE line LIKE '%generated%' SETTINGS max_threads = 1`,
    {},
    { format },
  );
  writeFileSync(join(cwd, `requests.${format}`), result.bytes());
  return `requests.${format}`;
}

/** What a table of requests does not say: lines in a file, and what a server wrote about its processes. */
function bare({ inputs: _, workers, routes, ...rest }: Report) {
  return {
    ...rest,
    totals: { ...rest.totals, restarts: 0 },
    workers: workers.map((worker) => ({ ...worker, ended: null })),
    routes: routes.map((route) => ({
      ...route,
      largestGrowth: route.largestGrowth && { ...route.largestGrowth, file: '', line: 0 },
    })),
  };
}

for (const format of ['Parquet', 'JSONEachRow']) {
  test(`columns in ${format} give the report of lines`, { skip }, async () => {
    await withFiles({ 'uwsgi.log': fixture('lab-a.log.gz') }, async (cwd) => {
      const file = await columnsFile(cwd, format);
      const streamed = await reportHere([join(cwd, 'uwsgi.log')]);
      const table = ['--table', `file('${join(cwd, file)}', ${format})`];
      const columns = await reportHere(['clickhouse', ...table, '--columns', COLUMNS]);
      assertSameReport(bare(columns), bare(streamed));
    });
  });
}

test('a log of JSON lines read as columns is that log read as lines, with a selection, too', { skip }, async () => {
  await withFiles({ 'uwsgi.log': fixture('lab-n.log.gz') }, async (cwd) => {
    const file = join(cwd, await columnsFile(cwd, 'JSONEachRow'));
    const lines = ['--field', 'pid=pid', '--field', 'method=verb', '--field', 'time=ts', '--field', 'rss=rss:B'];
    for (const options of [[], ['--method', 'GET'], ['--by', 'method']]) {
      const streamed = await reportHere([file, ...lines, ...options]);
      const table = ['--table', `file('${file}', JSONEachRow)`, '--columns', COLUMNS];
      assertSameReport(bare(await reportHere(['clickhouse', ...table, ...options])), bare(streamed));
    }
  });
});

test('evidence of two shards, merged, is that of one', { skip }, async () => {
  const log = fixture('lab-a.log.gz').toString().split('\n');
  const shard = (pids: RegExp) => log.filter((line) => pids.test(line)).join('\n');
  await withFiles(
    {
      'all.log': log.filter((line) => /rss usage/.test(line)).join('\n'),
      's1.log': shard(/pid: 820[23]\|/),
      's2.log': shard(/pid: 820[45]\|/),
    },
    async (cwd) => {
      for (const name of ['s1', 's2', 'all']) {
        const args = ['clickhouse', `${name}.log`, '--evidence', `${name}.evidence`];
        const { code, stderr } = await leakrank(args, { cwd });
        assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      }
      const one = await reportOf(['merge', 'all.evidence'], cwd);
      const two = await reportOf(['merge', 's2.evidence', 's1.evidence'], cwd);
      const where = ({ inputs: _, routes, ...rest }: Report) => ({
        ...rest,
        routes: routes.map((route) => ({ ...route, largestGrowth: null, examples: [] })),
      });
      assertSameReport(where(two), where(one));
    },
  );
});
