/** A ClickHouse server over HTTP, made of the engine as a library: enough of the protocol for the official client. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chdb } from './chdb.ts';

export interface Front {
  url: string;
  /** The settings and the SQL of each query. */
  queries: { settings: URLSearchParams; sql: string }[];
  hung: Promise<string>;
  close: () => Promise<void>;
}

export interface FrontOptions {
  password?: string;
  /** So many queries are answered; the next answer breaks off. */
  answers?: number;
  /** Queries that are never answered: `hung` resolves with the first one's id. */
  hangs?: RegExp;
  /** The server keeps no temporary tables: for want of a right, or since each query comes to another server. */
  keepsNothing?: 'denied' | 'lost';
}

const OWN = [
  'query',
  'query_id',
  'default_format',
  'session_id',
  'session_timeout',
  'database',
  'wait_end_of_query',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'readonly',
  'cancel_http_readonly_queries_on_client_close',
];

export async function chdbFront(options: FrontOptions = {}): Promise<Front> {
  const { password, answers = Number.POSITIVE_INFINITY, hangs, keepsNothing } = options;
  const queries: Front['queries'] = [];
  /** The library has one session for all. */
  const tables = new Set<string>();
  const drop = async () => {
    const { queryBindAsync } = await chdb();
    for (const table of tables)
      await queryBindAsync(`DROP TEMPORARY TABLE IF EXISTS ${table}`, {}, { format: 'JSONEachRow' });
    tables.clear();
  };
  let session = '';
  let hang: (id: string) => void = () => {};
  const hung = new Promise<string>((resolve) => {
    hang = resolve;
  });
  const server: Server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: import('node:http').ServerResponse) => {
    const settings = new URL(request.url ?? '', 'http://front').searchParams;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const sql = settings.get('query') ?? Buffer.concat(pieces).toString();
    queries.push({ settings, sql });
    const given = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    if (password !== undefined && given !== `default:${password}`) {
      response.writeHead(403, { 'x-clickhouse-exception-code': '516' });
      response.end(
        'Code: 516. DB::Exception: default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)',
      );
      return;
    }
    if (hangs?.test(sql)) {
      hang(settings.get('query_id') ?? '');
      return;
    }
    const created = /^CREATE TEMPORARY TABLE (\w+)/.exec(sql)?.[1];
    if (keepsNothing === 'denied' && created) {
      response.writeHead(403, { 'x-clickhouse-exception-code': '497' });
      response.end(
        'Code: 497. DB::Exception: default: Not enough privileges: CREATE TEMPORARY TABLE ON *.*. (ACCESS_DENIED)',
      );
      return;
    }
    const own = settings.get('session_id') ?? '';
    if (own !== session || keepsNothing === 'lost') await drop();
    session = own;
    if (created) tables.add(created);
    const params = Object.fromEntries(
      [...settings].flatMap(([key, value]) => (key.startsWith('param_') ? [[key.slice(6), parameter(value)]] : [])),
    );
    const list = [...settings].filter(([key]) => !OWN.includes(key) && !key.startsWith('param_'));
    const text = list.map(([key, value]) => `${key} = ${/^\d+$/.test(value) ? value : `'${value}'`}`).join(', ');
    const [bare = '', format = 'JSONEachRow'] = sql.trim().split(/\s+FORMAT\s+(?=\w+\s*;?$)/);
    try {
      const { queryBindAsync } = await chdb();
      const isSelect = /^(?:SELECT|WITH)\b/.test(sql.trim());
      const result = await queryBindAsync(
        isSelect ? `${bare}${text ? ` SETTINGS ${text}` : ''} FORMAT ${format.replace(';', '')}` : sql,
        params,
        {
          format: format.replace(';', ''),
        },
      );
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      if (queries.length > answers) {
        response.write(result.text().slice(0, 20));
        setImmediate(() => response.destroy());
      } else response.end(result.text());
    } catch (error) {
      response.writeHead(500);
      response.end(error instanceof Error ? error.message : String(error));
    }
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    queries,
    hung,
    close: async () => {
      await drop();
      await new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      });
    },
  };
}

/** A value as it stands in a URL: a number, a text, or \`['a','b']\`. */
function parameter(value: string): number | string | string[] {
  if (/^\d+$/.test(value)) return Number(value);
  if (!value.startsWith('[')) return value;
  return [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}
