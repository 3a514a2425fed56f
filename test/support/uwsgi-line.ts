/** uWSGI's default request line, made from its parts; the other direction of the parser. */

export interface UwsgiRequest {
  rssBytes?: number;
  vszBytes?: number;
  ussBytes?: number;
  pssBytes?: number;
  /** 0: no memory in the line. */
  memoryReport?: 0 | 1 | 2;
  host?: string;
  pid?: number;
  app?: number | '-';
  ownCount?: number | '-';
  totalCount?: number | '-';
  address?: string;
  user?: string;
  time?: number;
  method?: string;
  uri?: string;
  generatedBytes?: number;
  duration?: number;
  unit?: 'msecs' | 'micros';
  via?: '' | 'sendfile' | 'route' | 'offload';
  protocol?: string;
  status?: number;
  core?: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

/** `Mon Nov 23 20:50:35 2026` of milliseconds taken as UTC. */
export function ctime(time: number): string {
  const date = new Date(time);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${clock} ${date.getUTCFullYear()}`;
}

const figure = (name: string, bytes: number) => `{${name} usage: ${bytes} bytes/${Math.floor(bytes / 1048576)}MB} `;

/** One line without its newline. */
export function uwsgiLine(request: UwsgiRequest = {}): string {
  const r = {
    rssBytes: 50_000_000,
    memoryReport: 1,
    pid: 4193,
    app: 0,
    ownCount: 1,
    totalCount: 1,
    address: '127.0.0.1',
    user: '',
    time: Date.UTC(2026, 10, 23, 20, 50, 35),
    method: 'GET',
    uri: '/',
    generatedBytes: 10,
    duration: 4,
    unit: 'msecs',
    via: '',
    protocol: 'HTTP/1.1',
    status: 200,
    core: 0,
    ...request,
  };
  const vhost = r.host === undefined ? '' : `${r.host} `;
  const memory =
    (r.memoryReport >= 1
      ? figure('address space', r.vszBytes ?? r.rssBytes + 50_000_000) + figure('rss', r.rssBytes)
      : '') +
    (r.memoryReport === 2 ? figure('uss', r.ussBytes ?? r.rssBytes) + figure('pss', r.pssBytes ?? r.rssBytes) : '');
  const via = r.via === '' ? ' ' : ` via ${r.via}() `;
  return (
    `${vhost}${memory}[pid: ${r.pid}|app: ${r.app}|req: ${r.ownCount}/${r.totalCount}] ${r.address} (${r.user}) ` +
    `{30 vars in 400 bytes} [${ctime(r.time)}] ${r.method} ${r.uri} => generated ${r.generatedBytes} bytes in ${r.duration} ` +
    `${r.unit}${via}(${r.protocol} ${r.status}) 2 headers in 64 bytes (1 switches on core ${r.core})`
  );
}
