/** A ClickHouse server, by its official client. */
import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { UserError } from '../errors.ts';
import type { Engine, Row } from './engine.ts';
import { explainError } from './explain-error.ts';

export interface Server {
  url: string;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  settings: Readonly<Record<string, string | number>>;
  signal: AbortSignal | undefined;
}

/** @throws UserError for an address that is none. */
export function httpEngine(server: Server): Engine {
  const { url, signal } = server;
  const client = clientOf(server);
  return {
    async rows(query, params) {
      try {
        const result = await client.query({
          query,
          query_params: { ...params },
          format: 'JSONEachRow',
          query_id: `leakrank-${randomUUID()}`,
          ...(signal ? { abort_signal: signal } : {}),
        });
        return await result.json<Row>();
      } catch (error) {
        throw explainError(error, url);
      }
    },
    close: () => client.close(),
  };
}

function clientOf({ url, user, password, database, settings }: Server): ClickHouseClient {
  // A password belongs into the environment, and an address into messages.
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UserError(`--url ${url} is no address of a server; write http://host:8123`);
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
