/** ClickHouse in this process, by the optional package chdb. */
import { UserError } from '../errors.ts';
import type { Engine, Row } from './engine.ts';
import { explainError } from './explain-error.ts';

interface Chdb {
  queryBindAsync: (
    sql: string,
    params: object,
    options: { format: string; signal?: AbortSignal },
  ) => Promise<{ text: () => string }>;
}

/** @param settings of every query. @throws UserError when chdb is not installed. */
export async function chdbEngine(settings: string, signal?: AbortSignal): Promise<Engine> {
  const name = 'chdb';
  const chdb: Chdb = await import(name).catch(() => {
    throw new UserError('without --url the SQL runs in this process by the package chdb; install it: npm install chdb');
  });
  return {
    async rows(sql, params) {
      try {
        const options = { format: 'JSONEachRow', ...(signal ? { signal } : {}) };
        const result = await chdb.queryBindAsync(`${sql} SETTINGS ${settings} FORMAT JSONEachRow`, params, options);
        return result
          .text()
          .split('\n')
          .flatMap((line): Row[] => (line === '' ? [] : [JSON.parse(line)]));
      } catch (error) {
        throw explainError(error, 'chdb');
      }
    },
    close: async () => {},
  };
}
