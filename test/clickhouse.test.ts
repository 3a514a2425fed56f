/** The figures from SQL are those of streaming: on the engine in this process, and over HTTP with the official client. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../src/index.ts';
import { chdb, WITHOUT_CHDB } from './support/chdb.ts';
import { chdbFront } from './support/chdb-front.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';
import { LAB_LOGS, WITHOUT_LAB } from './support/lab.ts';

const skip = WITHOUT_CHDB;

/** What streaming says of lines that SQL does not carry: methods, statuses, lines in a file; and the first two paths in place of any. */
function comparable({ routes, inputs, ...rest }: Report) {
  return {
    ...rest,
    inputs: inputs.map(({ lines, readings, otherLines, metric }) => ({ lines, readings, otherLines, metric })),
    routes: routes.map(({ examples: _, largestGrowth, ...route }) => ({
      ...route,
      largestGrowth: largestGrowth && { ...largestGrowth, file: '', line: 0, method: '', uri: '', status: 0 },
    })),
  };
}

async function reportOf(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Report> {
  const { code, stdout, stderr } = await leakrank([...args, '--json'], { cwd, env });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function assertSame(log: Buffer): Promise<void> {
  await withFiles({ 'uwsgi.log': log }, async (cwd) => {
    const streamed = await reportOf(['uwsgi.log', '--metric', 'rss'], cwd);
    assert.deepEqual(comparable(await reportOf(['clickhouse', 'uwsgi.log'], cwd)), comparable(streamed));
  });
}

for (const lab of ['a', 'b2', 'i', 'n']) {
  test(`lab ${lab} in SQL gives the report of streaming`, { skip }, async () => {
    await assertSame(fixture(`lab-${lab}.log.gz`));
  });
}

test('lab c in SQL: counts and sums, but for intervals of a route with hundreds of different paths', {
  skip,
}, async () => {
  await withFiles({ 'uwsgi.log': fixture('lab-c.log.gz') }, async (cwd) => {
    // Streaming takes further paths of a full position for one route; to SQL each keeps its name until the report.
    const bare = (report: Report) => {
      const { routes, ...rest } = comparable(report);
      return { ...rest, routes: routes.map(({ leakedBytesPerCallHigh: _, ...route }) => route) };
    };
    const streamed = await reportOf(['uwsgi.log', '--metric', 'rss'], cwd);
    assert.deepEqual(bare(await reportOf(['clickhouse', 'uwsgi.log'], cwd)), bare(streamed));
  });
});

test('scenarios of LEAKRANK_LAB in SQL', {
  skip: skip || WITHOUT_LAB,
}, async (context) => {
  const logs = LAB_LOGS;
  for (const name of readdirSync(logs).filter((name) => 'a b2 i m n'.split(' ').includes(name))) {
    const file = join(logs, name, 'server.log.gz');
    if (existsSync(file)) await context.test(name, () => assertSame(gunzipSync(readFileSync(file))));
  }
});

const COLUMNS = 'worker=pid,path=uri,rss=rss,order=n,time=ts';

/** The requests of a log as a table of columns. */
async function columnsFile(cwd: string, format: string): Promise<string> {
  const { queryBindAsync } = await chdb();
  const result = await queryBindAsync(
    `SELECT extract(line, 'pid: (\\\\d+)') AS pid, toInt64(extract(line, 'rss usage: (\\\\d+)')) AS rss, rowNumberInAllBlocks() AS n,
       extract(line, '\\\\] [A-Z]+ (.*?) => generated') AS uri, parseDateTime(extract(line, '} \\\\[([A-Z][a-z]{2} [A-Z][^]]{19})'), '%a %b %e %H:%i:%s %Y', 'UTC') AS ts
     FROM file('${join(cwd, 'uwsgi.log')}', LineAsString) WHERE line LIKE '%generated%' SETTINGS max_threads = 1`,
    {},
    { format },
  );
  writeFileSync(join(cwd, `requests.${format}`), result.bytes());
  return `requests.${format}`;
}

for (const format of ['Parquet', 'JSONEachRow']) {
  test(`columns in ${format} give the report of lines`, { skip }, async () => {
    await withFiles({ 'uwsgi.log': fixture('lab-a.log.gz') }, async (cwd) => {
      const file = await columnsFile(cwd, format);
      const streamed = comparable(await reportOf(['uwsgi.log'], cwd));
      const table = ['--table', `file('${join(cwd, file)}', ${format})`];
      const {
        inputs: _,
        workers,
        ...columns
      } = comparable(await reportOf(['clickhouse', ...table, '--columns', COLUMNS], cwd));
      const { inputs: __, ...lines } = streamed;
      const without = workers.map(({ ended: _ended, ...worker }) => worker);
      assert.deepEqual(
        { ...columns, workers: without },
        { ...lines, workers: lines.workers.map(({ ended: _ended, ...worker }) => worker) },
      );
    });
  });
}

test('over HTTP, with a password, read-only and within limits', { skip }, async () => {
  const front = await chdbFront({ password: "o'b" });
  await withFiles({ 'uwsgi.log': fixture('lab-n.log.gz') }, async (cwd) => {
    const table = ['--table', `file('${join(cwd, 'uwsgi.log')}', LineAsString)`];
    const args = ['clickhouse', '--url', front.url, ...table];
    const env = { CLICKHOUSE_PASSWORD: "o'b" };
    assert.deepEqual(comparable(await reportOf(args, cwd, env)), comparable(await reportOf(['uwsgi.log'], cwd)));
    for (const { settings } of front.queries) {
      assert.equal(settings.get('readonly'), '2');
      assert.equal(settings.get('result_overflow_mode'), 'throw');
      assert.match(settings.get('query_id') ?? '', /^leakrank-[\da-f-]{36}$/);
      assert.ok(Number(settings.get('max_memory_usage')) > 0);
    }
  }).finally(() => front.close());
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
        const { code, stderr } = await leakrank(['clickhouse', `${name}.log`, '--evidence', `${name}.evidence`], {
          cwd,
        });
        assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      }
      const one = comparable(await reportOf(['merge', 'all.evidence'], cwd));
      const two = comparable(await reportOf(['merge', 's2.evidence', 's1.evidence'], cwd));
      const bare = ({ routes, ...rest }: typeof one) => ({
        ...rest,
        inputs: [],
        routes: routes.map((route) => ({ ...route, largestGrowth: null })),
      });
      assert.deepEqual(bare(two), bare(one));
    },
  );
});

test('what goes wrong is one sentence, and nothing is written', { skip }, async () => {
  const front = await chdbFront({ password: 'right' });
  const dying = await chdbFront({ answers: 4 });
  await withFiles({ 'uwsgi.log': fixture('lab-n.log.gz') }, async (cwd) => {
    const file = `file('${join(cwd, 'uwsgi.log')}', LineAsString)`;
    const right = { CLICKHOUSE_PASSWORD: 'right' };
    const at = ['--url', front.url];
    for (const [args, sentence, env] of [
      [['--url', 'http://127.0.0.1:1', '--table', file], /check --url$/],
      [['--url', 'nonsense', '--table', file], /write http:\/\/host:8123$/],
      [[...at, '--table', file], /check --user and \$CLICKHOUSE_PASSWORD$/, { CLICKHOUSE_PASSWORD: 'wrong' }],
      [[...at, '--table', 'nowhere'], /check --table$/, right],
      [[...at, '--table', file, '--line', 'nothing'], /check --line/, right],
      [[...at, '--table', file, '--columns', 'worker=line,path=line,rss=line,order=line'], /check the types/, right],
      [[...at, '--table', file, '--max-rows', '10'], /--max-rows$/, right],
      [['--url', dying.url, '--table', file], /went away|try again/],
      [['--table', 'a; DROP TABLE a'], /is no table/],
      [['--columns', 'worker=a', '--table', file], /names no path/],
      [[], /name a table with --table/],
      [['none.log'], /check --table/],
    ] as [string[], RegExp, Record<string, string>?][]) {
      const options = ['--evidence', 'out.evidence'];
      const { code, stdout, stderr } = await leakrank(['clickhouse', ...args, ...options], { cwd, env: env ?? {} });
      assert.deepEqual(
        { code, stdout, lines: stderr.split('\n').length },
        { code: 2, stdout: '', lines: 2 },
        `${args} ${stderr}`,
      );
      assert.match(stderr.trimEnd(), sentence);
    }
    assert.deepEqual(readdirSync(cwd), ['uwsgi.log']);
  }).finally(() => Promise.all([front.close(), dying.close()]));
});

test('--print-sql prints and runs nothing', async () => {
  const { code, stdout } = await leakrank([
    'clickhouse',
    '--url',
    'http://127.0.0.1:1',
    '--table',
    'db.logs',
    '--print-sql',
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /FROM `db`\.`logs`/);
});
