/** What to write into a server's configuration to get what a log lacks. */

export type Need =
  | 'format'
  | 'memory'
  | 'pid'
  | 'time'
  | 'zone'
  | 'route'
  | 'counters'
  | 'one-thread'
  | 'every-request'
  | 'fine-memory'
  | 'all-bytes';

type Settings = Partial<Record<Need, string>>;

/** Of whatever writes the log, when nothing better is known. */
const ANY: Settings = {
  format:
    "memory-report = 1 in uWSGI; where the lines do hold memory, --log-format with uWSGI's log-format or gunicorn's access_log_format as the server has it, or --field for JSON, logfmt and LTSV",
  memory: `uWSGI: memory-report = 1; elsewhere: the size of the process in each request's line, as "rss" in bytes`,
  pid: 'the process id in each line, as "pid"',
  time: "a time in each line, or a collector's: docker logs -t, kubectl logs --timestamps, journalctl -o short-iso",
  zone: "a collector's time: docker logs -t, kubectl logs --timestamps, journalctl -o short-iso",
  route: `the path or the route's name in each line, as "url" or "route"`,
  'one-thread': 'one request at a time in each worker, for one run',
  'all-bytes': 'journalctl --all -o json',
};

const UWSGI: Settings = {
  memory: 'memory-report = 1',
  route: 'shorter URIs: a line over 4096 bytes loses its own',
  'one-thread': 'threads = 1 (and no gevent, no async) for one run',
  'every-request': 'disable-logging = false, and no log-drain, log-4xx, log-5xx, log-slow or log-filter',
};

const BY_FORMAT: Record<string, Settings> = {
  uwsgi: UWSGI,
  'uwsgi-log-format': {
    ...UWSGI,
    memory: 'memory-report = 1, and %(rss) with %(rssM) in log-format',
    pid: '%(pid) in log-format',
    time: '%(ctime) or %(tmsecs) in log-format',
    zone: '%(tmsecs) in log-format',
    route: "%(method) %(uri) in log-format, or a logvar that holds the route's name",
    'fine-memory': '%(rss) beside %(rssM) in log-format',
  },
  'gunicorn-access-log': {
    pid: '%(p)s in access_log_format',
    time: '%(t)s in access_log_format',
    route: '%(r)s or %(U)s in access_log_format',
    'one-thread': 'worker_class = "sync" and threads = 1 for one run',
  },
  json: { zone: 'times with a zone: 2026-11-23T20:50:35Z' },
};

/** @param format of most request lines; null when none was found. Null when no setting helps. */
export function settingFor(need: Need, format: string | null): string | null {
  return BY_FORMAT[format ?? '']?.[need] ?? ANY[need] ?? null;
}
