/** A ClickHouse server, by its official client. */
import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { UserError } from '../errors.ts';
import type { Engine, Row } from './engine.ts';
import { explainError } from './explain-error.ts';
import { literal } from './sql.ts';

export interface Server {
  url: string;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  settings: Readonly<Record<string, string | number>>;
  signal: AbortSignal;
}

/** How long a server keeps the temporary tables of a client that says nothing. */
const SESSION_SECONDS = 300;
const LONGEST_GOODBYE_MS = 3000;

/** @throws UserError for an address that is none. */
export function httpEngine(server: Server): Engine {
  const { url, signal } = server;
  const session = `leakrank-${randomUUID()}`;
  const client = clientOf(server);
  let running: string | undefined;
  /** Each query has an id, by which it can be found in the server's log, and stopped. */
  const told = async <T>(ask: (common: { query_id: string; abort_signal: AbortSignal }) => Promise<T>): Promise<T> => {
    if (signal.aborted) throw new UserError(`${shownAddress(url)}: interrupted`);
    running = `leakrank-${randomUUID()}`;
    try {
      const answer = await ask({ query_id: running, abort_signal: signal });
      running = undefined;
      return answer;
    } catch (error) {
      if (!signal.aborted) running = undefined;
      throw explainError(error, shownAddress(url));
    }
  };
  const inSession = {
    session_id: session,
    clickhouse_settings: { session_timeout: String(SESSION_SECONDS) } as Record<string, string>,
  };
  return {
    rows: (query, params) =>
      told(async (common) => {
        const asked = { ...common, ...inSession, query, query_params: { ...params } };
        return await (await client.query({ ...asked, format: 'JSONEachRow' })).json<Row>();
      }),
    run: (sql, values = '') =>
      told(async (common) => {
        await client.command({ ...common, ...inSession, query: `${sql} ${values}` });
      }),
    async close() {
      if (running !== undefined) await stop(server, running);
      await client.close();
    },
  };
}

/** The connection is closed already, which most servers take for an end; those behind a proxy may not hear of it. */
async function stop(server: Server, queryId: string): Promise<void> {
  const client = clientOf(server);
  const query = `KILL QUERY WHERE query_id = ${literal(queryId)} ASYNC`;
  // Best effort: who stops a report wants to have the prompt back.
  await client.command({ query, abort_signal: AbortSignal.timeout(LONGEST_GOODBYE_MS) }).catch(() => {});
  await client.close();
}

/** Without what nobody else is to read. */
export function shownAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const shown = new URL(url);
  if (shown.password === '' && shown.username === '') return url;
  shown.username = shown.password = '';
  return shown.href;
}

function clientOf({ url, user, password, database, settings }: Server): ClickHouseClient {
  // A password belongs into the environment, and an address into messages.
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UserError(`--url ${shownAddress(url)} is no address of a server; write http://host:8123`);
  return createClient({
    url,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    request_timeout: 3_600_000,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      ...settings,
      // An error midway is told as an error, and a query whose client is gone is stopped.
      wait_end_of_query: 1,
      cancel_http_readonly_queries_on_client_close: 1,
      // Proxies close connections on which nothing moves.
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: '20000',
    },
  });
}
