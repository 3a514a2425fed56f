/**
 * Does the advice hold? Runs the leaky application under real servers, once to learn from and once under the advised
 * settings, and says whether workers stayed below their share and restarted as often as predicted.
 *
 *     npm run prove-advice                 all servers that are installed, about five minutes
 *     npm run prove-advice -- gunicorn     one of them
 *     UWSGI=/path/to/uwsgi npm run prove-advice -- uwsgi     another uWSGI
 */
import { spawnSync } from 'node:child_process';
import { formatBytes } from '../../src/term/units.ts';
import { load } from '../servers/load.ts';
import { pythonWith, redis, uwsgi } from '../servers/programs.ts';
import { startCelery, startGunicorn, startUwsgi } from '../servers/servers.ts';
import { type Plan, type Proof, prove, type Trial } from './trial.ts';

const WORKERS = 2;
const PLAN: Plan = { workers: WORKERS, requests: 4000, perSecond: 80, room: 900, restarts: 12 };
/** Restarts may differ so much from what was predicted. */
const TOLERANCE = 0.2;

const overHttp =
  (start: typeof startUwsgi): Trial['record'] =>
  async (folder, settings, requests, perSecond) => {
    const args = start === startGunicorn ? settings.flatMap((line) => line.split(' ')) : settings;
    const { port, log, stop } = await start(folder, WORKERS, args);
    await load({ port, requests, clients: WORKERS, perSecond }).finally(stop);
    return log;
  };

function trials(): Trial[] {
  const found: Trial[] = [];
  const command = uwsgi();
  if (command) {
    const version = spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.trim();
    const uwsgiTrial = { server: 'uwsgi', record: overHttp(startUwsgi) } as const;
    found.push({ ...uwsgiTrial, name: `uwsgi ${version}`, uwsgiVersion: version });
    found.push({ ...uwsgiTrial, name: `uwsgi ${version}, as before 2.0.19`, uwsgiVersion: '2.0.18' });
  }
  if (pythonWith('gunicorn')) found.push({ name: 'gunicorn', server: 'gunicorn', record: overHttp(startGunicorn) });
  if (pythonWith('celery', 'redis') && redis())
    found.push({
      name: 'celery',
      server: 'celery',
      record: async (folder, settings, tasks, perSecond) => {
        const { log, run, stop } = await startCelery(folder, WORKERS, settings);
        await run(tasks, perSecond).finally(stop);
        return log;
      },
    });
  return found;
}

function told({ name, settings, shareBytes, largestBytes, predictedRestarts, restarts, withoutBytes }: Proof): boolean {
  const isBelow = largestBytes <= shareBytes;
  const ratio = restarts / predictedRestarts;
  const isAsOften = Math.abs(ratio - 1) <= TOLERANCE;
  process.stdout.write(
    `${name}: ${isBelow && isAsOften ? 'holds' : 'DOES NOT HOLD'}\n` +
      `  ${settings.join('; ')}\n` +
      `  largest reading ${formatBytes(largestBytes)} of a share of ${formatBytes(shareBytes)} (${(largestBytes / shareBytes).toFixed(2)}); without restarts ${formatBytes(withoutBytes)}\n` +
      `  ${restarts} restarts, ${predictedRestarts.toFixed(1)} predicted (${ratio.toFixed(2)})\n`,
  );
  return isBelow && isAsOften;
}

const chosen = process.argv[2] ?? '';
for (const trial of trials().filter(({ name }) => name.startsWith(chosen))) {
  if (!told(await prove(trial, PLAN))) process.exitCode = 1;
}
