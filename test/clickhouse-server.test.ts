/** A server over HTTP, with the official client: what it is asked, and what becomes of errors and interrupts. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { WITHOUT_CHDB } from './support/chdb.ts';
import { chdbFront, type FrontOptions } from './support/chdb-front.ts';
import { BIN, cleanEnv, leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';
import { assertSameReport, reportOf } from './support/same-report.ts';

const skip = WITHOUT_CHDB;

/** @param use is given the arguments that ask the server about a log of lab n, the front, and the folder. */
async function withServer<T>(
  options: FrontOptions,
  use: (args: string[], front: Awaited<ReturnType<typeof chdbFront>>, cwd: string) => Promise<T>,
): Promise<T> {
  const front = await chdbFront(options);
  return await withFiles({ 'uwsgi.log': fixture('lab-n.log.gz') }, (cwd) => {
    const table = `file('${join(cwd, 'uwsgi.log')}', LineAsString)`;
    return use(['clickhouse', '--url', front.url, '--table', table], front, cwd);
  }).finally(() => front.close());
}

/** The table is named otherwise than the file. */
const unnamed = <T extends { inputs: unknown[]; routes: { largestGrowth: unknown }[] }>({
  inputs,
  routes,
  ...rest
}: T) => ({
  ...rest,
  inputs: inputs.length,
  routes: routes.map((route) => ({ ...route, largestGrowth: null })),
});

test('over HTTP, with a password, read-only and within limits', { skip }, async () => {
  await withServer({ password: "o'b" }, async (args, front, cwd) => {
    const report = await reportOf(args, cwd, { CLICKHOUSE_PASSWORD: "o'b" });
    assertSameReport(unnamed(report), unnamed(await reportOf(['uwsgi.log'], cwd)));
    const sessions = new Set(front.queries.map(({ settings }) => settings.get('session_id')));
    assert.equal(sessions.size, 1);
    assert.match([...sessions][0] ?? '', /^leakrank-[\da-f-]{36}$/);
    for (const { settings } of front.queries) {
      assert.equal(settings.get('readonly'), '2');
      assert.equal(settings.get('result_overflow_mode'), 'throw');
      assert.match(settings.get('query_id') ?? '', /^leakrank-[\da-f-]{36}$/);
      assert.ok(Number(settings.get('max_memory_usage')) > 0);
    }
    const reads = front.queries.filter(({ sql }) => sql.includes('uwsgi.log'));
    assert.equal(reads.length, 1, 'the log is read once');
  });
});

for (const keepsNothing of ['denied', 'lost'] as const) {
  test(`a server whose temporary tables are ${keepsNothing} is asked without them`, { skip }, async () => {
    await withServer({ keepsNothing }, async (args, front, cwd) => {
      assertSameReport(unnamed(await reportOf(args, cwd)), unnamed(await reportOf(['uwsgi.log'], cwd)));
      assert.ok(front.queries.filter(({ sql }) => sql.includes('uwsgi.log')).length > 5);
    });
  });
}

for (const stage of ['leakrank_requests ENGINE', 'leakrank_readings ENGINE', 'WITH largest AS']) {
  test(`an interrupt at "${stage}" stops the query on the server`, { skip }, async () => {
    await withServer({ hangs: new RegExp(stage) }, async (args, front, cwd) => {
      const child = spawn(process.execPath, [BIN, ...args, '--evidence', 'out.evidence'], { cwd, env: cleanEnv() });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const ended = once(child, 'close');
      const id = await Promise.race([front.hung, ended.then(() => assert.fail('it ended on its own'))]);
      child.kill('SIGINT');
      const [code] = await ended;
      assert.deepEqual(
        { code, stderr },
        {
          code: 130,
          stderr: `leakrank: interrupted: the query was stopped on ${front.url}, and nothing was written\n`,
        },
      );
      const kills = front.queries.filter(({ sql }) => sql.startsWith('KILL QUERY'));
      assert.deepEqual(
        kills.map(({ sql }) => sql.trim()),
        [`KILL QUERY WHERE query_id = '${id}' ASYNC`],
      );
      // A session does one thing at a time.
      assert.equal(kills[0]?.settings.get('session_id'), null);
      assert.deepEqual(readdirSync(cwd), ['uwsgi.log']);
    });
  });
}

for (const answers of [0, 1, 4, 9, 16]) {
  test(`a server that dies after ${answers} answers is one sentence`, { skip }, async () => {
    await withServer({ answers }, async (args, _, cwd) => {
      const { code, stdout, stderr } = await leakrank([...args, '--evidence', 'out.evidence'], { cwd });
      assert.deepEqual({ code, stdout, lines: stderr.split('\n').length }, { code: 2, stdout: '', lines: 2 }, stderr);
      assert.match(stderr, /went away; try again\n$|check --url\n$/);
      assert.deepEqual(readdirSync(cwd), ['uwsgi.log']);
    });
  });
}

test('what goes wrong is one sentence, and nothing is written', { skip }, async () => {
  await withServer({ password: 'right' }, async ([command = '', ...server], front, cwd) => {
    const file = server.at(-1) ?? '';
    const right = { CLICKHOUSE_PASSWORD: 'right' };
    const at = ['--url', front.url];
    for (const [args, sentence, env] of [
      [['--url', 'http://127.0.0.1:1', '--table', file], /check --url$/],
      [['--url', 'http://me:secret@127.0.0.1:1', '--table', file], /^(?!.*secret).*check --url$/],
      [['--url', 'nonsense', '--table', file], /write http:\/\/host:8123$/],
      [[...at, '--table', file], /check --user and \$CLICKHOUSE_PASSWORD$/, { CLICKHOUSE_PASSWORD: 'wrong' }],
      [[...at, '--table', 'nowhere'], /check --table$/, right],
      [[...at, '--table', file, '--line', 'nothing'], /check --line/, right],
      [[...at, '--table', file, '--columns', 'worker=line,path=line,rss=line,order=line'], /check the types/, right],
      [[...at, '--table', file, '--max-rows', '10'], /--max-rows$/, right],
      [['--table', 'a; DROP TABLE a'], /is no table/],
      [['--columns', 'worker=a', '--table', file], /names no path/],
      [[], /name a table with --table/],
      [['none.log'], /check --table/],
    ] as [string[], RegExp, Record<string, string>?][]) {
      const all = [command, ...args, '--evidence', 'out.evidence'];
      const { code, stdout, stderr } = await leakrank(all, { cwd, env: env ?? {} });
      const lines = stderr.split('\n').length;
      assert.deepEqual({ code, stdout, lines }, { code: 2, stdout: '', lines: 2 }, `${args} ${stderr}`);
      assert.match(stderr.trimEnd(), sentence);
    }
    assert.deepEqual(readdirSync(cwd), ['uwsgi.log']);
  });
});
