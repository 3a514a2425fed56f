/** Whoever runs the SQL: a server, or ClickHouse as a library in this process. */
export interface Engine {
  /**
   * The rows of a query.
   * @param params values of `{name:Type}` in it.
   * @throws UserError for what the user can mend: address, password, table, columns, limits.
   */
  rows: (sql: string, params: Params) => Promise<Row[]>;
  /**
   * Makes or fills a temporary table, which the queries behind it see.
   * @param values of `INSERT … VALUES`, which may be many.
   * @throws UserError
   */
  run: (sql: string, values?: string) => Promise<void>;
  /** Also gives back what temporary tables hold. */
  close: () => Promise<void>;
}

export type Params = Readonly<Record<string, string | number | readonly string[]>>;
export type Row = Readonly<Record<string, unknown>>;

/** A whole number or float; 64-bit integers may come as text. */
export function numberOf(row: Row, key: string): number {
  return Number(row[key] ?? 0);
}

export function textOf(row: Row, key: string): string {
  return String(row[key] ?? '');
}
