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
export async function chdbEngine(settings: string, signal: AbortSignal): Promise<Engine> {
  const name = 'chdb';
  const chdb: Chdb = await import(name).catch(() => {
    throw new UserError('without --url the SQL runs in this process by the package chdb; install it: npm install chdb');
  });
  const told = async (sql: string, params: object): Promise<string> => {
    try {
      return (await chdb.queryBindAsync(sql, params, { format: 'JSONEachRow', signal })).text();
    } catch (error) {
      throw explainError(error, 'chdb');
    }
  };
  return {
    async rows(sql, params) {
      const text = await told(`${sql} SETTINGS ${settings} FORMAT JSONEachRow`, params);
      return text.split('\n').flatMap((line): Row[] => (line === '' ? [] : [JSON.parse(line)]));
    },
    async run(sql, values) {
      // Settings of an INSERT stand before its values; temporary tables take those of queries.
      const how = /^CREATE .* AS\s/s.test(sql) ? `${sql} SETTINGS ${settings}` : sql;
      await told(values === undefined ? how : `${how} ${values}`, {});
    },
    close: async () => {},
  };
}
