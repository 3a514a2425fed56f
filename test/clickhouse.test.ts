/** The figures from SQL are those of streaming, whatever is asked for: on ClickHouse in this process. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { WITHOUT_CHDB } from './support/chdb.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture, fixturePath, ROOT } from './support/fixtures.ts';
import { HOSTILE } from './support/hostile.ts';
import { LAB_LOGS, WITHOUT_LAB } from './support/lab.ts';
import { assertSameReport, reportHere } from './support/same-report.ts';

const skip = WITHOUT_CHDB;

async function assertSame(log: Buffer, options: readonly string[] = [], how: readonly string[] = []): Promise<void> {
  await withFiles({ 'uwsgi.log': log }, async (folder) => {
    const file = join(folder, 'uwsgi.log');
    const streamed = await reportHere([file, '--metric', 'rss', ...options]);
    assert.ok(streamed.totals.requests > 0);
    assertSameReport(await reportHere(['clickhouse', file, ...how, ...options]), streamed);
  });
}

for (const lab of ['a', 'b2', 'c', 'i', 'n']) {
  test(`lab ${lab} in SQL gives the whole report of streaming`, { skip }, async () => {
    await assertSame(fixture(`lab-${lab}.log.gz`));
  });
}

for (const keep of ['disk', 'nothing']) {
  test(`--keep ${keep} gives the same`, { skip }, async () => {
    await assertSame(fixture('lab-n.log.gz'), [], ['--keep', keep]);
  });
}

const OPTIONS: readonly (readonly string[])[] = [
  ['--status', '5xx'],
  ['--method', 'post', '--status', '200'],
  ['--by', 'method,status'],
  ['--by', 'status', '--status', '5xx', '--route', 'GET /flaky/:x'],
  ['--by', 'query:n,query:flag'],
  ['--match', 'leak', '--exclude', 'big'],
  ['--no-group'],
  ['--max-routes', '5'],
  ['--metric', 'vsz'],
  ['--since', '2026-11-23T20:50:40', '--until', '2026-11-23T20:51:00'],
  ['--until', '2026-11-23T20:50:50', '--method', 'GET'],
  ['--route', '/leak/:what/:id', '--route', '/^\\/bloat.*/ => BLOAT'],
  ['--route', '/ok/orders/<int:id>/items/{item}', '--route', '/ok/users/{id:uuid}', '--route', 'POST /leak/*'],
];

for (const options of OPTIONS) {
  test(`${options.join(' ')} in SQL is that of streaming`, { skip }, async () => {
    await assertSame(fixture('lab-a.log.gz'), options);
  });
}

test('rules compile to SQL as they match here, but are not asked about what they leave', { skip }, async () => {
  const paths = [
    '/',
    '/a',
    '/a/',
    '/a//b;v=1/',
    '/a/x.json',
    '/a/7.json',
    '/a/-3',
    '/a/1.5',
    '/a/x-y-z',
    '/a/en',
    '/a/b/c/d',
    '/q?x=/a/b',
    "/it's/1",
    '/files',
    '/files/1/2',
  ];
  const rules = [
    '/a/:id(\\d+)',
    '/a/{name}.json',
    '/a/{x}-{y}',
    '/a/<float:n>',
    '/a/{l:locale}',
    '/a/b(/:c)',
    "/it's/:n",
    '/files/*',
    'GET /a',
    '/^\\/q$/ => Q',
  ];
  const log = paths
    .flatMap((path, i) => [1, 2].map((n) => line({ own: 2 * i + n, rss: 4e7 + 4096 * (2 * i + n), path })))
    .join('\n');
  const options = rules.flatMap((rule) => ['--route', rule]);
  await assertSame(Buffer.from(`${log}\n`), options);
});

function line({ own, rss, path }: { own: number; rss: number; path: string }): string {
  return `{address space usage: 90000000 bytes/85MB} {rss usage: ${rss} bytes/38MB} [pid: 7|app: 0|req: ${own}/${own}] 127.0.0.1 () {30 vars in 400 bytes} [Mon Nov 23 20:00:${String(own % 60).padStart(2, '0')} 2026] GET ${path} => generated 10 bytes in 4 msecs (HTTP/1.1 200) 2 headers in 64 bytes (1 switches on core 0)`;
}

test('pids that come again, requests that are missing or not measured, and two apps', { skip }, async () => {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const own = (i % 250) + 1 + (i > 100 ? 3 : 0);
    const text = line({
      own,
      rss: i % 17 === 0 ? 0 : 4e7 + 4096 * ((i * 7919) % 300) + 512 * i,
      path: `/p${i % 5}/${i}`,
    });
    return i % 3 === 0 ? text.replace('app: 0', 'app: 1') : text;
  });
  await assertSame(Buffer.from(`${lines.join('\n')}\n`));
});

const WRAPPED = join(ROOT, 'fixtures/wrapped');

for (const name of readdirSync(WRAPPED)) {
  test(`${name}: what stands around lines is taken off in SQL, too`, { skip }, async () => {
    await assertSame(gunzipSync(readFileSync(join(WRAPPED, name))));
  });
}

/** Those that SQL reads: lines of uWSGI's default form. A path that is no UTF-8 has another name, JSON around lines none. */
const NOT_READ =
  /^(?:logformat|logger-file|log-encoder-json|http-socket-odd-uris|maxrequests5|ipv6|line-length|unix-http|req-logger-stdout)/;

test('samples of uWSGI in SQL', { skip }, async () => {
  const folder = fixturePath('samples');
  const names = readdirSync(folder).filter((name) => name.endsWith('.log') && !NOT_READ.test(name));
  assert.ok(names.length > 12);
  for (const name of names) await assertSame(readFileSync(join(folder, name)));
});

test('damaged lines within chosen times', { skip }, async () => {
  const log = gunzipSync(readFileSync(join(WRAPPED, 'damaged.log.gz')));
  await assertSame(log, ['--since', '2026-11-23T20:50:26']);
  await assertSame(log, ['--by', 'status'], ['--keep', 'nothing']);
});

test('what clients send is text in SQL, too', { skip }, async () => {
  const log = HOSTILE.map((path, i) =>
    line({ own: i + 1, rss: 4e7 + 4096 * i, path: `/${path.replace(/[\s\0]/g, '+')}` }),
  );
  await assertSame(Buffer.from(`${log.join('\n')}\n`), ['--by', 'query:x']);
});

test("docker's own escapes of a request's arrow", { skip }, async () => {
  const log = gunzipSync(readFileSync(join(WRAPPED, 'docker-json-file.log.gz'))).toString();
  await assertSame(Buffer.from(log.replaceAll('{"log": ', '{"log":').replaceAll('=> ', '=\\u003e ')));
});

test('--by host', { skip }, async () => {
  await assertSame(gunzipSync(readFileSync(join(WRAPPED, 'two-containers-same-pids.log.gz'))), ['--by', 'host']);
});

test('scenarios of LEAKRANK_LAB in SQL', { skip: skip || WITHOUT_LAB }, async (context) => {
  for (const name of readdirSync(LAB_LOGS).filter((name) => 'a b2 c i m n'.split(' ').includes(name))) {
    const file = join(LAB_LOGS, name, 'server.log.gz');
    if (existsSync(file)) await context.test(name, () => assertSame(gunzipSync(readFileSync(file))));
  }
});

test('lines of another format are not taken for an empty log', { skip }, async () => {
  await withFiles({ 'other.log': '127.0.0.1 - - GET /\n' }, async (cwd) => {
    const { code, stderr } = await leakrank(['clickhouse', 'other.log'], { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^leakrank: other\.log holds no request as uWSGI writes it by default, .* run leakrank on the log\n$/,
    );
  });
});

test('--print-sql prints and runs nothing', async () => {
  const { code, stdout } = await leakrank([
    'clickhouse',
    '--url',
    'http://127.0.0.1:1',
    '--table',
    'db.logs',
    '--status',
    '5xx',
    '--route',
    '/users/:id',
    '--print-sql',
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /FROM `db`\.`logs`/);
  assert.match(stdout, /status BETWEEN 500 AND 599/);
  assert.match(stdout, /\[1\] = 'users'/);
});
