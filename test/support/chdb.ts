/** ClickHouse as a library, where it is installed: half a gigabyte, so the project does not install it for everyone. */
export interface Chdb {
  queryBindAsync: (
    sql: string,
    params: object,
    options: { format: string },
  ) => Promise<{ text: () => string; bytes: () => Uint8Array }>;
}

const NAME = 'chdb';

export const chdb = (): Promise<Chdb> => import(NAME);

/** Why tests are skipped; false where they are not. */
export const WITHOUT_CHDB: string | false = await chdb().then(
  () => false,
  () => 'chdb is not installed: .ci/run shows how',
);
