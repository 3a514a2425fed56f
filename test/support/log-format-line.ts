/** Lines as uWSGI and gunicorn would write them for a log-format string: the other direction of the parser. */

const DEFAULTS: Readonly<Record<string, string>> = {
  uri: '/orders/17?page=2',
  method: 'GET',
  user: '-',
  addr: '10.1.2.3',
  host: 'shop.example',
  proto: 'HTTP/1.1',
  uagent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)',
  referer: 'https://shop.example/',
  status: '200',
  rsize: '15',
  hsize: '65',
  size: '80',
  cl: '0',
  micros: '1215',
  msecs: '1',
  secs: '0.001215',
  time: '1795467905',
  epoch: '1795467905',
  tmsecs: '1795467905441',
  tmicros: '1795467905441123',
  ctime: 'Mon Nov 23 21:05:05 2026',
  ltime: '23/Nov/2026:21:05:05 +0000',
  ftime: '2026-11-23 21:05:05',
  pid: '29132',
  wid: '1',
  core: '0',
  switches: '1',
  vars: '20',
  headers: '2',
  pktsize: '202',
  modifier1: '0',
  modifier2: '0',
  werr: '0',
  rerr: '0',
  ioerr: '0',
  rss: '34848768',
  vsz: '86949888',
  rssM: '33',
  vszM: '82',
};

/** Metrics are numbers, and logvars that were not set a dash. */
export function uwsgiLine(format: string, values: Readonly<Record<string, string>> = {}): string {
  return format.replace(
    /%\(([^)]+)\)/g,
    (_, name: string) => values[name] ?? DEFAULTS[name] ?? (name.startsWith('metric.') ? '0' : '-'),
  );
}

const ATOMS: Readonly<Record<string, string>> = {
  h: '10.1.2.3',
  l: '-',
  u: '-',
  t: '[23/Nov/2026:20:55:29 +0000]',
  r: 'GET /orders/17?page=2 HTTP/1.1',
  s: '200',
  m: 'GET',
  U: '/orders/17',
  q: 'page=2',
  H: 'HTTP/1.1',
  b: '2',
  B: '2',
  f: '-',
  a: 'curl/8.0',
  T: '0',
  D: '3367',
  M: '3',
  L: '0.003367',
  p: '<29460>',
};

/** gunicorn escapes quotes in every value: SafeAtoms in glogging.py. */
export function gunicornLine(format: string, values: Readonly<Record<string, string>> = {}): string {
  return format.replace(/%\((\{[^}]*\}[ioe]|[^)]*)\)[-+ #0]*\d*(?:\.\d+)?[a-z]|%%/gi, (whole, name: string) =>
    whole === '%%' ? '%' : (values[name] ?? ATOMS[name] ?? '-').replaceAll('"', '\\"'),
  );
}
