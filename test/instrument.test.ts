/** What `leakrank instrument` prints: as it is, checked by its language's own tools, and run by its real server. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '../src/index.ts';
import { SERVERS } from '../src/instrument/servers.ts';
import { countIn, freePort, inFolder, type Program, Running } from './servers/process.ts';
import { commandThat, lack, pythonWith } from './servers/programs.ts';
import { APPS, SNIPPETS } from './servers/servers.ts';
import { leakrank } from './support/cli.ts';
import { ROOT } from './support/fixtures.ts';

const ruby = commandThat(['-e', 'require "rack"'], 'ruby');

test('every snippet is printed as it is, by any of its names; without one all are listed', async () => {
  const { stdout: list } = await leakrank(['instrument']);
  for (const { name, aliases, file } of SERVERS) {
    assert.match(list, new RegExp(`^ *${name}\\b`, 'm'));
    const text = readFileSync(join(SNIPPETS, file), 'utf8');
    for (const word of [name, name.toUpperCase(), ...aliases])
      assert.deepEqual(await leakrank(['instrument', word]), { code: 0, stdout: text, stderr: '' });
    assert.match(text, /Then: leakrank /);
  }
  // What Python leaves there is none.
  const files = readdirSync(SNIPPETS).filter((name) => name !== '__pycache__');
  assert.deepEqual(files.sort(), SERVERS.map(({ file }) => file).sort());
});

test('an unknown server: one sentence with the known ones, and exit status 2', async () => {
  const { code, stdout, stderr } = await leakrank(['instrument', 'iis']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^leakrank: there is no snippet for "iis"; there is one for uwsgi, gunicorn, .*php-fpm\n$/);
});

const lint = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: ROOT });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
};
const files = (ending: string) => readdirSync(SNIPPETS).filter((name) => name.endsWith(ending));
const python = pythonWith('sys');
const flakes = pythonWith('pyflakes');

test('Python: compiles without a warning', { skip: lack(python, 'python3') }, () => {
  for (const name of files('.py')) {
    const program = 'import sys; compile(sys.stdin.read(), "snippet", "exec")';
    const input = readFileSync(join(SNIPPETS, name), 'utf8');
    const { status: code, stderr } = spawnSync(python ?? '', ['-W', 'error', '-c', program], {
      input,
      encoding: 'utf8',
    });
    assert.deepEqual([code, stderr], [0, ''], name);
  }
});

test('Python: pyflakes finds nothing', { skip: lack(flakes, 'pyflakes') }, () => {
  assert.equal(lint(flakes ?? '', '-m', 'pyflakes', ...files('.py').map((name) => join(SNIPPETS, name))), '');
});

test('Ruby: no warning', { skip: lack(ruby, 'ruby with rack') }, () => {
  for (const name of files('.rb')) assert.match(lint('ruby', '-wc', join(SNIPPETS, name)), /^Syntax OK\n$/);
});

test('JavaScript: loads, and biome looks at it with all other code', () => {
  for (const name of files('.cjs')) lint(process.execPath, '--check', join(SNIPPETS, name));
  const { files: looked } = JSON.parse(readFileSync(join(ROOT, '.biome.json'), 'utf8'));
  assert.ok(looked.includes.includes('src/**'));
});

interface Case {
  name: string;
  missing: string | false;
  program: (port: number, folder: string) => Omit<Program, 'cwd'>;
  /** As the framework names it; undefined where there is none. */
  route: string | undefined;
}

const gunicorn =
  (app: string, ...args: string[]) =>
  (port: number) => ({
    command: pythonWith('gunicorn') ?? 'python3',
    args: ['-m', 'gunicorn', '--chdir', APPS, '--bind', `127.0.0.1:${port}`, ...args, `${app}:app`],
  });
const node = (app: string) => () => ({ command: process.execPath, args: [join(APPS, app)] });

const CASES: readonly Case[] = [
  {
    name: 'Flask',
    missing: lack(pythonWith('gunicorn', 'flask'), 'flask with gunicorn'),
    program: gunicorn('flask_app'),
    route: '/orders/<int:pk>',
  },
  {
    name: 'Django',
    missing: lack(pythonWith('gunicorn', 'django'), 'django with gunicorn'),
    program: gunicorn('django_app'),
    route: '/orders/<int:pk>',
  },
  {
    name: 'FastAPI',
    missing: lack(pythonWith('uvicorn', 'fastapi'), 'fastapi with uvicorn'),
    program: (port) => ({
      command: pythonWith('uvicorn', 'fastapi') ?? 'python3',
      args: ['-m', 'uvicorn', '--app-dir', APPS, '--port', String(port), 'asgi_app:app'],
    }),
    route: '/orders/{pk}',
  },
  {
    name: "gunicorn's hook",
    missing: lack(pythonWith('gunicorn'), 'gunicorn'),
    program: (port, folder) =>
      gunicorn(
        'hooked_app',
        '--config',
        join(SNIPPETS, 'gunicorn.conf.py'),
        '--error-logfile',
        join(folder, 'app.log'),
      )(port),
    route: undefined,
  },
  { name: 'Express', missing: false, program: node('express-app.cjs'), route: '/orders/:id' },
  { name: 'Fastify', missing: false, program: node('fastify-app.cjs'), route: '/orders/:id' },
  { name: "Node's http", missing: false, program: node('http-app.cjs'), route: '/orders/:id' },
];

for (const { name, missing, program, route } of CASES) {
  const serve = (folder: string, log: string, use: (port: number, server: Running) => Promise<void>) => async () => {
    const port = await freePort();
    const env = { PORT: String(port), LEAKRANK_LOG: log, SNIPPETS, PYTHONPATH: SNIPPETS };
    const made = program(port, folder);
    const server = new Running({ ...made, cwd: folder, env: { ...made.env, ...env } });
    try {
      await server.listening(port);
      await use(port, server);
    } finally {
      await server.stop();
    }
  };

  test(
    `${name}: a line for every request, with its route and without its query, also where the application fails`,
    { skip: missing },
    () =>
      inFolder(async (folder) => {
        const log = join(folder, 'app.log');
        await serve(folder, log, async (port, server) => {
          assert.equal(await status(port, '/orders/17?token=secret'), 200);
          assert.equal(await status(port, '/boom'), 500);
          assert.equal(await status(port, '/orders/18'), 200);
          // Lines come when the response is sent: perhaps after the client has it.
          await server.until(() => countIn(log, '"rss_bytes"') >= 3, 'logs all requests');
        })();
        const text = readFileSync(log, 'utf8');
        const lines = [...text.matchAll(/\{"(?:time|pid)".*\}$/gm)].map(([line]) => JSON.parse(line));
        assert.deepEqual(
          lines.map((line) => [line.method, line.path ?? line.route, line.status]),
          [
            ['GET', '/orders/17', 200],
            ['GET', '/boom', 500],
            ['GET', '/orders/18', 200],
          ],
          text,
        );
        assert.deepEqual([lines[0].route, lines[2].route], [route, route]);
        assert.ok(lines.every(({ pid, rss_bytes }) => pid > 0 && rss_bytes > 5e6 && rss_bytes % 4096 === 0));
        assert.doesNotMatch(lines.map((line) => JSON.stringify(line)).join(), /secret/);
        const report = await analyze(log);
        assert.deepEqual([report.totals.requests, report.totals.workers], [3, 1]);
        assert.ok(report.routes.some((found) => found.route === (route ?? '/orders/{id}')));
      }),
  );

  test(`${name}: a log that cannot be written breaks no request`, { skip: missing }, () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, 'app.log.d'));
      symlinkSync(join(folder, 'nowhere', 'app.log'), join(folder, 'dangling'));
      await serve(folder, join(folder, 'dangling'), async (port) => {
        assert.equal(await status(port, '/orders/17'), 200);
        assert.equal(await status(port, '/boom'), 500);
      })();
    }),
  );
}

test('Rack: a line for every request, also where the application fails', { skip: lack(ruby, 'ruby with rack') }, () =>
  inFolder(async (folder) => {
    const log = join(folder, 'app.log');
    const run = (LEAKRANK_LOG: string) =>
      spawnSync('ruby', ['-w', join(APPS, 'rack_app.rb'), '/orders/17?token=secret', '/boom', '/orders/18'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', SNIPPETS, LEAKRANK_LOG },
      });
    const { stdout, stderr } = run(log);
    assert.equal(stdout, '200\n500\n200\n', stderr);
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ path, route, status: code }) => [path, route, code]),
      [
        ['/orders/17', 'GET /orders/:id', 200],
        ['/boom', undefined, 500],
        ['/orders/18', 'GET /orders/:id', 200],
      ],
    );
    assert.ok(lines.every(({ pid, rss_bytes }) => pid > 0 && rss_bytes > 5e6));
    assert.equal(run(join(folder, 'nowhere', 'app.log')).stdout, '200\n500\n200\n');
  }),
);

function status(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, host: '127.0.0.1', agent: false, timeout: 30_000 }, (response) => {
      response.resume().on('close', () => resolve(response.statusCode));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject).end();
  });
}
