/** Log formats and lines of theirs, with values of every kind: usual, odd and hostile. */
import { gunicornLine, uwsgiLine } from './log-format-line.ts';
import type { Random } from './random.ts';

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

export const LOG_FORMATS = [
  '%(addr) - %(user) [%(ltime)] "%(method) %(uri) %(proto)" %(status) pid=%(pid) rss=%(rss) rssM=%(rssM) %(msecs)ms',
  '[pid: %(pid)|core: %(core)] %(addr) (%(user)) [%(ctime)] %(method) %(uri) => %(rss) bytes, vsz %(vsz)/%(vszM)',
  'pid=%(pid) t=%(tmsecs) m=%(method) uri=%(uri) rss=%(rss) ua="%(uagent)"',
  '%(addr) | %(pid) | %(uri) | %(rss)',
  'rss_mb=%(rssM) secs=%(secs) %(uri) %(status) [%(ftime)] %(wid) %(pid)',
  '%(method) %(uri) %(pid) %(rss)',
  '%(pid)-%(rss) %(uri) "%(referer)" %(app_rss_kb) %(x_route)',
  '(%(uri)) (%(host)) (%(worker)) %(rss)',
  '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(p)s %({x-rss}o)s',
  '%(h)s %(t)s "%(r)s" %(s)s %(p)s %({x-rss-mb}o)s %({x-uss}o)s %({x-host}o)s route=%({x-route}o)s',
  '%(m)s %(U)s %(s)s %({x-rss}o)s',
  '%(m)s %(U)s ?%(q)s %(p)s %({x-rss}o)s',
  '%(h)s %(l)s "%(m)s %(U)s?%(q)s" %(p)s %({x-rss-delta}o)s %({x-rss}o)s',
] as const;

const ODD = ['', '-', 'None', 'null', '0', '007', '-5', '1.5', '12.50', '1.', 'a b', '"', '\\"', '\\', 'é', '\x1b[31m', '|', ' | x', '] "', '10.0.0.1, 10.0.0.2', '99999999999999999999', '1234567890123456', '2147483648', '-2147483648', '4294967296', '38MB', '38 MiB', 'web-1-abcde', 'x'.repeat(600), '/a HTTP/1.1" 200 pid=9 rss=1 ', '[pid: 3|'] as const; // biome-ignore format: a list

const USUAL: Readonly<Record<string, readonly string[]>> = {
  uri: ['/', '/a?b=c', '/users/17', '/users/18', '*', 'http://h/x', '/%20'],
  method: ['GET', 'POST'],
  addr: ['127.0.0.1', '10.1.2.3', '::1', 'unix:', '2001:db8::1'],
  user: ['-', 'bob', ''],
  pid: ['101', '102', '103'],
  core: ['0', '0', '1'],
  rss: ['40000000', '40960000', '0'],
  rssM: ['38', '39', '0'],
  vszM: ['82', '83'],
  status: ['200', '404', '500', '99'],
  referer: ['-', 'https://a/b'],
  app_rss_kb: ['40000', '41000.5'],
  x_route: ['-', 'users', '/users/<id>'],
};

/** In gunicorn's words. */
const NAMES: Readonly<Record<string, string>> = {
  U: 'uri',
  m: 'method',
  h: 'addr',
  u: 'user',
  s: 'status',
  f: 'referer',
  '{x-rss}o': 'rss',
  '{x-uss}o': 'rss',
  '{x-rss-mb}o': 'app_rss_kb',
  '{x-route}o': 'x_route',
};

/** Writes lines of the format, without newlines; those of a server hold the same kinds of values mostly. */
export function formatWriter(format: string, random: Random): () => string {
  const isGunicorn = /\)s/.test(format);
  const names = [...format.matchAll(/%\(([^)]+)\)/g)].map(([, name]) => name!);
  return () => {
    const values: Record<string, string> = {};
    for (const name of names) {
      const usual = USUAL[NAMES[name] ?? name];
      if (random.integer(25) === 0) values[name] = pick(random, ODD);
      else if (usual) values[name] = pick(random, usual);
    }
    if (values.rss !== undefined && random.integer(8) > 0)
      values.rssM = String(Math.floor(Number(values.rss) / 2 ** 20));
    if (isGunicorn && values.p === undefined) values.p = `<${pick(random, ['101', '102'])}>`;
    const line = isGunicorn ? gunicornLine(format, values) : uwsgiLine(format, values);
    return random.integer(60) === 0 ? `${line}\r` : line;
  };
}
