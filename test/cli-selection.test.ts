import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../src/index.ts';
import { leakrank } from './support/cli.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** route, method, status, minute past 20:00, growth. */
const REQUESTS: [uri: string, method: string, status: number, minute: number, growth: number][] = [
  ['/start', 'GET', 200, 0, 0],
  ['/users/1', 'GET', 200, 1, 100],
  ['/users/2', 'POST', 500, 2, 50],
  ['/api/v2/x', 'get', 404, 3, 400],
  ['/api/v2/x', 'GET', 503, 4, -300],
  ['/leak', 'OPTIONS', 204, 5, 700],
];

let rss = 1_000_000;
const LOG = textOf(
  REQUESTS.map(([uri, method, status, minute, growth], i) => {
    rss += growth;
    return uwsgiLine({ uri, method, status, rssBytes: rss, ownCount: i + 1, time: Date.UTC(2026, 10, 23, 20, minute) });
  }),
);

const CASES: [args: string[], rows: string][] = [
  [[], '/leak=1 /api/v2/x=2 /users/{id}=2 /start=1'],
  [['--no-group'], '/leak=1 /api/v2/x=2 /users/1=1 /users/2=1 /start=1'],
  [['--sort', 'calls'], '/api/v2/x=2 /users/{id}=2 /leak=1 /start=1'],
  [['--sort', 'net'], '/leak=1 /users/{id}=2 /api/v2/x=2 /start=1'],
  [['--sort', 'gross'], '/leak=1 /api/v2/x=2 /users/{id}=2 /start=1'],
  [['--sort', 'largest'], '/leak=1 /api/v2/x=2 /users/{id}=2 /start=1'],
  [['--sort', 'triggered'], '/leak=1 /api/v2/x=2 /users/{id}=2 /start=1'],
  [['--sort', 'route'], '/api/v2/x=2 /leak=1 /start=1 /users/{id}=2'],
  [['--status', '500'], '/users/{id}=1'],
  [['--status', '5xx', '--status', '404'], '/api/v2/x=2 /users/{id}=1'],
  [['--status', '200-204'], '/leak=1 /users/{id}=1 /start=1'],
  [['--method', 'post', '--method', 'OPTIONS'], '/leak=1 /users/{id}=1'],
  [['--method', 'GET'], '/api/v2/x=2 /users/{id}=1 /start=1'],
  [['--match', '^/users', '--match', 'leak'], '/leak=1 /users/{id}=2'],
  [['--exclude', 'users|start'], '/leak=1 /api/v2/x=2'],
  [['--match', '/', '--exclude', 'v2', '--method', 'GET'], '/users/{id}=1 /start=1'],
  [['--since', '2026-11-23T20:02', '--until', '2026-11-23 20:03'], '/api/v2/x=1 /users/{id}=1'],
  [['--max-routes', '1'], '(other routes)=5 /start=1'],
];

for (const [args, rows] of CASES) {
  test(`leakrank ${args.join(' ')} reports ${rows}`, async () => {
    const { code, stdout } = await leakrank(['--json', ...args], { stdin: LOG });
    assert.equal(code, 0);
    const report = JSON.parse(stdout) as Report;
    assert.equal(report.routes.map(({ route, calls }) => `${route}=${calls}`).join(' '), rows);
    assert.deepEqual(
      report.routes.map(({ rank }) => rank),
      report.routes.map((_, i) => i + 1),
    );
    assert.equal(
      report.totals.requests,
      report.routes.reduce((sum, { calls }) => sum + calls, 0),
    );
  });
}

test('--top bounds the table and not the JSON', async () => {
  const { stdout } = await leakrank(['--top', '2'], { stdin: LOG });
  assert.equal(stdout.split('\n\n')[1]!.split('\n').length, 3);
  assert.match(stdout, /\n2 more routes: --top 4 shows all, --json has all\.\n/);
  const { stdout: json } = await leakrank(['--json', '--top', '2'], { stdin: LOG });
  assert.equal((JSON.parse(json) as Report).routes.length, 4);
});

test('nothing that matches is an empty report, and fine', async () => {
  const { code, stdout } = await leakrank(['--match', 'nothing'], { stdin: LOG });
  assert.deepEqual([code, stdout], [0, 'No requests to report on.\n']);
});

for (const args of [
  ['--match', 'nowhere'],
  ['--status', '418'],
  ['--method', 'PATCH'],
  ['--exclude', '/'],
]) {
  test(`${args.join(' ')} says that none of the requests is chosen`, async () => {
    const { stdout } = await leakrank(['--json', ...args], { stdin: LOG });
    const { routes, totals, warnings }: Report = JSON.parse(stdout);
    assert.deepEqual([routes, totals.requests], [[], 0]);
    assert.deepEqual(warnings, [
      {
        code: 'nothing-selected',
        message:
          'None of 6 requests on 4 routes is chosen; see --match, --exclude, --status and --method. leakrank routes lists the routes.',
      },
    ]);
  });
}
