/** A ClickHouse server, by its official client. */
import { randomUUID } from 'node:crypto';
import { createClient } from '@clickhouse/client';
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
export function httpEngine({ url, user, password, database, settings, signal }: Server): Engine {
  try {
    const client = createClient({
      url,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
      ...(database === undefined ? {} : { database }),
      request_timeout: 3_600_000,
      clickhouse_settings: {
        ...settings,
        // An error midway is told as an error, and a query whose client is gone is stopped.
        wait_end_of_query: 1,
        cancel_http_readonly_queries_on_client_close: 1,
      },
    });
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
  } catch (error) {
    throw explainError(error, url);
  }
}
