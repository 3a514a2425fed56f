/**
 * Queries on the way to the evidence. Each stage is a temporary table, so that the log is read, parsed and ordered once; where a
 * server allows no such tables, a stage is a common table expression of each query behind it.
 */
import { UserError } from '../errors.ts';
import type { Engine, Params, Row } from './engine.ts';

/** Where stages are kept: in memory, on the server's disk, or nowhere. */
export type Keeping = 'memory' | 'disk' | 'nothing';

export const KEEPINGS = ['memory', 'disk', 'nothing'] as const satisfies readonly Keeping[];

const TABLE_ENGINES = { memory: 'Memory', disk: 'MergeTree ORDER BY tuple()' } as const;

export class Stages {
  readonly #engine: Engine;
  readonly #keeping: Keeping;
  readonly #expressions: string[] = [];
  readonly #made: string[] = [];

  constructor(engine: Engine, keeping: Keeping) {
    this.#engine = engine;
    this.#keeping = keeping;
  }

  async add(name: string, query: string): Promise<void> {
    if (this.#keeping === 'nothing') this.#expressions.push(`${name} AS (${query})`);
    else {
      this.#made.push(name);
      await this.#engine.run(createSql(name, query, this.#keeping));
    }
  }

  /** More rows of a stage. */
  async append(name: string, query: string): Promise<void> {
    if (this.#keeping !== 'nothing') return await this.#engine.run(`INSERT INTO ${name} ${query.trim()}`);
    const at = this.#expressions.findIndex((expression) => expression.startsWith(`${name} AS (`));
    const [known] = this.#expressions.splice(at, 1);
    this.#expressions.push(`${known?.slice(0, -1)} UNION ALL ${query})`);
  }

  /** A stage of rows that are known here. @param rows literals: numbers, and texts in quotes. */
  async addRows(name: string, columns: Readonly<Record<string, string>>, rows: readonly string[]): Promise<void> {
    if (this.#keeping === 'nothing') {
      this.#expressions.push(`${name} AS (${rowsExpression(columns, rows)})`);
      return;
    }
    this.#made.push(name);
    const types = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await this.#engine.run(`CREATE TEMPORARY TABLE ${name} (${types.join(', ')}) ENGINE = Memory`);
    if (rows.length > 0) await this.#engine.run(`INSERT INTO ${name} VALUES`, rows.join(', '));
  }

  async ask(query: string, params: Params = {}): Promise<Row[]> {
    return await this.#engine.rows(withExpressions(this.#expressions, query.trim()), params);
  }

  /** Gives back what the stages take. */
  async drop(): Promise<void> {
    for (const name of this.#made.splice(0)) await this.#engine.run(`DROP TEMPORARY TABLE IF EXISTS ${name}`);
  }
}

function withExpressions(expressions: readonly string[], query: string): string {
  if (expressions.length === 0) return query;
  const own = query.startsWith('WITH ') ? `,\n${query.slice('WITH '.length)}` : `\n${query}`;
  return `WITH ${expressions.join(',\n')}${own}`;
}

export function createSql(name: string, query: string, keeping: 'memory' | 'disk'): string {
  return `CREATE TEMPORARY TABLE ${name} ENGINE = ${TABLE_ENGINES[keeping]} AS ${query.trim()}`;
}

function rowsExpression(columns: Readonly<Record<string, string>>, rows: readonly string[]): string {
  const types = Object.entries(columns);
  const picked = types.map(([column, type], i) => `CAST(t.${i + 1} AS ${type}) AS ${column}`);
  const empty = types.map(([, type]) => `CAST(defaultValueOfTypeName('${type}') AS ${type})`);
  return rows.length === 0
    ? `SELECT ${types.map(([column], i) => `${empty[i]} AS ${column}`).join(', ')} WHERE 0`
    : `SELECT ${picked.join(', ')} FROM (SELECT arrayJoin([${rows.join(', ')}]) AS t)`;
}

/** Whether a server refused to keep tables, or lost them since a balancer sent the next query to another one. */
export function cannotKeep(error: unknown): boolean {
  return (
    error instanceof UserError &&
    (/ACCESS_DENIED|READONLY|QUERY_IS_PROHIBITED|SESSION_(?:NOT_FOUND|IS_LOCKED)/.test(error.message) ||
      (/UNKNOWN_TABLE|UNKNOWN_IDENTIFIER/.test(error.message) && error.message.includes('leakrank_')))
  );
}
