/** The real servers with the leaky application, each with the snippet that `leakrank instrument` prints for it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/fixtures.ts';
import { countIn, freePort, Running } from './process.ts';
import { pythonWith, redis, uwsgi } from './programs.ts';

export const SNIPPETS: string = join(ROOT, 'src/instrument/snippets');
export const APPS: string = join(ROOT, 'test/servers/apps');
/** Of every application: kept by a call of the leaking route. */
export const LEAKED_BYTES = 100_000;

/** In the line of every request, and once. */
const OF_REQUEST = /"rss_bytes"|\{rss usage/g;

export interface Started {
  port: number;
  /** The file with the server's log. */
  log: string;
  /** Waits until so many requests are in the log: their lines come when the client has its answer already. */
  logged: (requests: number) => Promise<void>;
  stop: () => Promise<void>;
}

function started(server: Running, port: number, log: string, signal: NodeJS.Signals = 'SIGTERM'): Started {
  return {
    port,
    log,
    logged: (requests) => server.until(() => countIn(log, OF_REQUEST) >= requests, 'logs all requests'),
    stop: () => server.stop(signal),
  };
}

/** @param settings lines of its configuration. */
export async function startUwsgi(folder: string, workers: number, settings: readonly string[] = []): Promise<Started> {
  const port = await freePort();
  const log = join(folder, 'uwsgi.log');
  const ini = join(folder, 'uwsgi.ini');
  writeFileSync(
    ini,
    [
      readFileSync(join(SNIPPETS, 'uwsgi.ini'), 'utf8'),
      'plugins = python3',
      'master = true',
      `workers = ${workers}`,
      `http-socket = 127.0.0.1:${port}`,
      `chdir = ${APPS}`,
      'wsgi-file = leaky_wsgi.py',
      'die-on-term = true',
      `logto = ${log}`,
      ...settings,
      '',
    ].join('\n'),
  );
  const server = new Running({ command: uwsgi() ?? 'uwsgi', args: ['--ini', ini], cwd: folder });
  await server.listening(port);
  return started(server, port, log, 'SIGINT');
}

/** @param args of its command line. */
export async function startGunicorn(folder: string, workers: number, args: readonly string[] = []): Promise<Started> {
  const port = await freePort();
  const log = join(folder, 'error.log');
  const server = new Running({
    command: pythonWith('gunicorn') ?? 'python3',
    args: [
      '-m',
      'gunicorn',
      '--config',
      join(SNIPPETS, 'gunicorn.conf.py'),
      '--chdir',
      APPS,
      '--workers',
      String(workers),
      '--bind',
      `127.0.0.1:${port}`,
      '--error-logfile',
      log,
      ...args,
      'leaky_wsgi:application',
    ],
    cwd: folder,
  });
  await server.listening(port);
  return started(server, port, log);
}

export async function startNode(folder: string): Promise<Started> {
  const port = await freePort();
  const log = join(folder, 'app.log');
  const server = new Running({
    command: process.execPath,
    // Garbage that waits for its collection is not what is tested.
    args: ['--max-semi-space-size=1', join(APPS, 'leaky-http.cjs')],
    cwd: folder,
    env: { PORT: String(port), LEAKRANK_LOG: log, SNIPPET: join(SNIPPETS, 'http-memory.cjs') },
  });
  await server.listening(port);
  return started(server, port, log);
}

export interface StartedCelery {
  log: string;
  /** Sends so many tasks, at most so many a second (0: at once), and waits until all have run. */
  run: (tasks: number, perSecond?: number, seed?: number) => Promise<void>;
  stop: () => Promise<void>;
}

const TASKS_MS = 120_000;

/** @param settings lines of Celery's configuration, as `name = value`. */
export async function startCelery(
  folder: string,
  workers: number,
  settings: readonly string[] = [],
): Promise<StartedCelery> {
  const python = pythonWith('celery', 'redis') ?? 'python3';
  const port = await freePort();
  const broker = new Running({
    command: redis() ?? 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    cwd: folder,
  });
  const log = join(folder, 'worker.log');
  copyFileSync(join(APPS, 'leaky_tasks.py'), join(folder, 'leaky_tasks.py'));
  copyFileSync(join(SNIPPETS, 'celery_memory.py'), join(folder, 'celery_memory.py'));
  const lines = settings.map((line) => `app.conf.${line}\n`).join('');
  writeFileSync(join(folder, 'shop.py'), `from leaky_tasks import app\n${lines}`);
  const env = { BROKER: `redis://127.0.0.1:${port}/0`, PYTHONPATH: folder };
  const worker = new Running({
    command: python,
    args: [
      '-m',
      'celery',
      '-A',
      'shop',
      'worker',
      '--pool',
      'prefork',
      '--concurrency',
      String(workers),
      '--loglevel',
      'INFO',
      '--logfile',
      log,
      '--without-gossip',
      '--without-mingle',
      '--without-heartbeat',
    ],
    cwd: folder,
    env: { ...env, C_FORCE_ROOT: '1' },
  });
  const stop = async () => {
    await worker.stop();
    await broker.stop();
  };
  try {
    await broker.listening(port);
    await worker.until(() => countIn(log, ' ready.') > 0, 'is ready');
  } catch (error) {
    await stop();
    throw error;
  }
  const run = async (tasks: number, perSecond = 0, seed = 1) => {
    const before = countIn(log, '"rss_bytes"');
    const sender = new Running({
      command: python,
      args: ['leaky_tasks.py', String(tasks), String(seed), String(perSecond)],
      cwd: folder,
      env,
    });
    try {
      await sender.ended(TASKS_MS + (perSecond > 0 ? (tasks / perSecond) * 1000 : 0));
      await worker.until(() => countIn(log, '"rss_bytes"') - before >= tasks, 'runs all tasks', TASKS_MS);
    } finally {
      await sender.stop();
    }
  };
  return { log, run, stop };
}
