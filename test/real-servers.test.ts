/** From real servers to the answer: a leaky application, real load over loopback, the server's own log, the leaking route. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze, type Report } from '../src/index.ts';
import { fastcgi } from './servers/fastcgi.ts';
import { load } from './servers/load.ts';
import { countIn, freePort, inFolder, Running } from './servers/process.ts';
import { lack, phpFpm, pythonWith, redis, uwsgi } from './servers/programs.ts';
import { APPS, LEAKED_BYTES, SNIPPETS, startCelery, startGunicorn, startNode, startUwsgi } from './servers/servers.ts';
import { leakrank } from './support/cli.ts';
import { routeOf, warningCodes } from './support/report.ts';

const WORKERS = 2;
const REQUESTS = 3000;
/** Of one process whose garbage is collected when it likes. */
const NODE_REQUESTS = 4000;

/** It alone leaks, and what it leaks lies in the interval. */
function assertFound(report: Report, leaking: string, requests: number): void {
  assert.equal(report.totals.requests, requests);
  const leaks = report.routes.filter(({ verdict }) => verdict === 'leak').map(({ route }) => route);
  assert.deepEqual(
    leaks,
    [leaking],
    JSON.stringify(report.routes.map(({ route, verdict, reason }) => [route, verdict, reason])),
  );
  const { leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high } = routeOf(report, leaking);
  assert.ok(low !== null && high !== null && low <= LEAKED_BYTES && LEAKED_BYTES <= high, `${low} to ${high}`);
}

for (const { name, start, missing } of [
  { name: 'uWSGI', start: startUwsgi, missing: () => lack(uwsgi(), 'uwsgi with its plugin python3') },
  { name: 'gunicorn', start: startGunicorn, missing: () => lack(pythonWith('gunicorn'), 'gunicorn') },
] as const) {
  test(`${name}: the leaking route is found, within its interval`, { skip: missing() }, () =>
    inFolder(async (folder) => {
      const { port, log, logged, stop } = await start(folder, WORKERS);
      try {
        assert.equal(await load({ port, requests: REQUESTS, clients: WORKERS }), REQUESTS);
        await logged(REQUESTS);
      } finally {
        await stop();
      }
      const report = await analyze(log);
      assert.equal(report.totals.workers, WORKERS);
      assertFound(report, '/leak/{id}', REQUESTS);
      const { code, stdout } = await leakrank(['advise', log, '--memory', '1GiB', '--server', name.toLowerCase()]);
      assert.equal(code, 0);
      assert.match(stdout, /^A stop-gap, not a fix: restart a worker after [\d,]+ requests at most/);
      assert.match(stdout, /What to fix:\n {2}\/leak\/\{id\}: /);
    }),
  );
}

test('Node: the leaking route is found, within its interval', () =>
  inFolder(async (folder) => {
    const { port, log, logged, stop } = await startNode(folder);
    try {
      assert.equal(await load({ port, requests: NODE_REQUESTS, clients: 1 }), NODE_REQUESTS);
      await logged(NODE_REQUESTS);
    } finally {
      await stop();
    }
    assertFound(await analyze(log), '/leak/{id}', NODE_REQUESTS);
  }));

test(
  'Celery: the leaking task is found, within its interval',
  { skip: lack(pythonWith('celery', 'redis'), 'celery with redis for Python') || lack(redis(), 'redis-server') },
  () =>
    inFolder(async (folder) => {
      const { log, run, stop } = await startCelery(folder, WORKERS);
      await run(REQUESTS).finally(stop);
      assertFound(await analyze(log), 'shop.leak', REQUESTS);
    }),
);

test(
  'PHP-FPM: the route that needs most is first, and no route is said to leak',
  { skip: lack(phpFpm(), 'php-fpm') },
  () =>
    inFolder(async (folder) => {
      const port = await freePort();
      const log = join(folder, 'access.log');
      const script = join(folder, 'index.php');
      copyFileSync(join(APPS, 'peaks.php'), script);
      const snippet = readFileSync(join(SNIPPETS, 'php-fpm.conf'), 'utf8').replace(
        /^access\.log = .*$/m,
        `access.log = ${log}`,
      );
      const pool = `listen = 127.0.0.1:${port}\npm = static\npm.max_children = ${WORKERS}\n${process.getuid?.() === 0 ? 'user = root\n' : ''}`;
      const config = join(folder, 'fpm.conf');
      writeFileSync(config, `[global]\nerror_log = ${join(folder, 'error.log')}\n${snippet}${pool}`);
      const server = new Running({
        command: phpFpm() ?? 'php-fpm',
        args: ['--nodaemonize', '--allow-to-run-as-root', '--fpm-config', config],
        cwd: folder,
      });
      try {
        await server.listening(port);
        for (let i = 0; i < 60; i++)
          assert.match(await fastcgi(port, script, i % 3 === 0 ? '/big/7' : '/small'), /ok\n/);
        await server.until(() => countIn(log, ' M=') >= 60, 'logs all requests');
      } finally {
        await server.stop();
      }
      const report = await analyze(log);
      assert.deepEqual(
        report.routes.map(({ route, calls }) => [route, calls]),
        [
          ['/big/{id}', 20],
          ['/small', 40],
        ],
      );
      assert.ok(routeOf(report, '/big/{id}').largestPeakBytes! > 20e6);
      assert.ok(routeOf(report, '/small').largestPeakBytes! < 5e6);
      assert.ok(report.routes.every(({ verdict }) => verdict !== 'leak'));
      assert.ok(warningCodes(report).includes('peaks-only'));
      const { code, stderr } = await leakrank(['advise', log, '--memory', '1GiB']);
      assert.equal(code, 2);
      assert.match(stderr, /how much memory a request used at most/);
    }),
);
