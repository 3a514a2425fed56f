/** How servers log one request, by the name that `npm run bench -- --format` takes. */
import { uwsgiLine } from '../support/uwsgi-line.ts';

export interface Request {
  rssBytes: number;
  pid: number;
  ownCount: number;
  totalCount: number;
  time: number;
  method: string;
  uri: string;
  status: number;
}

export type LogFormatName = keyof typeof LINES;

export const LINES = {
  uwsgi: uwsgiLine,
  /** What `leakrank instrument gunicorn` logs, behind the prefix of gunicorn's error log. */
  ndjson: (request: Request): string =>
    `[${new Date(request.time).toISOString().slice(0, 19).replace('T', ' ')} +0000] [${request.pid}] [INFO] ${hookLine(request)}`,
  /** The same object alone on its line, with the time in it. */
  'bare-ndjson': (request: Request): string =>
    `{"time": "${new Date(request.time).toISOString()}", ${hookLine(request).slice(1)}`,
  'access-log': ({ time, method, uri, status, pid, rssBytes }: Request): string =>
    `127.0.0.1 - - [${commonLogTime(time)}] "${method} ${uri} HTTP/1.1" ${status} 5 "-" "curl/8.0" <${pid}> ${rssBytes}`,
} as const;

/** --log-format of those that need it. */
export const LOG_FORMATS: Partial<Record<LogFormatName, string>> = {
  'access-log': '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(p)s %({x-rss}o)s',
};

function hookLine({ pid, method, uri, status, rssBytes }: Request): string {
  return `{"pid": ${pid}, "method": "${method}", "path": "${uri}", "status": ${status}, "rss_bytes": ${rssBytes}}`;
}

function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
