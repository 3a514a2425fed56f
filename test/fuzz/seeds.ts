/** Real lines: those of fixtures, and such as no server of ours wrote. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../support/fixtures.ts';
import { uwsgiLine } from '../support/uwsgi-line.ts';

const FOLDERS = ['celery', 'gunicorn', 'journald', 'php-fpm', 'syslog', 'uwsgi/options', 'uwsgi/samples', 'wrapped'];
const MOST_LINES_PER_FILE = 60;
/** The first lines of a log are banners. */
const BANNER = 40;

const OTHERS = [
  JSON.stringify({ log: `${uwsgiLine({ uri: '/a' })}\n`, stream: 'stderr', time: '2026-11-23T20:50:35.1Z' }),
  `2026-11-23T20:50:35.1Z stderr P ${uwsgiLine({ uri: '/a' })}`,
  `[pod/web-6d4b75cb6d-hp2xk/app] 2026-11-23T20:50:35.1Z ${uwsgiLine()}`,
  `web-6d4b75cb6d-hp2xk app ${uwsgiLine()}`,
  `\x1b[36mweb-1  | \x1b[0m${uwsgiLine()}`,
  `Mon 2026-11-23 20:50:35 UTC web01 uwsgi.service[4193]: ${uwsgiLine()}`,
  `<165>1 2026-11-23T20:50:35Z app01 uwsgi 8197 ID47 [a@1 k="v \\"]\\\\" l=""][b@2] ${uwsgiLine()}`,
  `83 <40>1 2026-11-23T20:50:35.123+00:00 host app web.3 - ${uwsgiLine()}`,
  `2026-11-23T20:50:35.123456+00:00 vm uwsgi[123]: a#011b#033[31m`,
  `20:50:35 web.1   | ${uwsgiLine()}`,
  `@400000006ac45fa507500000 ${uwsgiLine()}`,
  JSON.stringify({
    textPayload: uwsgiLine(),
    timestamp: '2026-11-23T20:50:35Z',
    resource: { labels: { pod_name: 'p' } },
  }),
  JSON.stringify({
    events: [{ timestamp: 1795467035123, message: uwsgiLine(), logStreamName: 's' }, { message: 'x' }],
  }),
  '{"time":"2026-11-23T20:50:35Z","level":"info","pid":7,"method":"GET","url":"/a/1","status":200,"rss":50000000}',
  'time=2026-11-23T20:50:35Z level=info pid=7 method=GET path="/a b" status=200 rss=50000000',
  'time:2026-11-23T20:50:35Z\tpid:7\tmethod:GET\turi:/a\tstatus:200\trss:50000000',
  'REPORT RequestId: 8f507cfc\tDuration: 2.2 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB',
];

function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const from = lines.length > 2 * BANNER ? BANNER : 0;
  return lines.slice(from, from + MOST_LINES_PER_FILE);
}

export const SEEDS: readonly string[] = [
  ...FOLDERS.map((folder) => `${ROOT}fixtures/${folder}/`).flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((name) => folder + name)
      .filter((path) => statSync(path).isFile())
      .flatMap(linesOf),
  ),
  ...OTHERS,
].filter((line) => line !== '');
