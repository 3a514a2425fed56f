/** Which table or file `leakrank clickhouse` is asked about, and what its columns mean. */
import { resolve } from 'node:path';
import type { SqlTable } from '../clickhouse/collect-sql.ts';
import type { ColumnNames, Shape } from '../clickhouse/rows-sql.ts';
import { identifier, literal } from '../clickhouse/sql.ts';
import { UserError } from '../errors.ts';
import type { Flags } from './clickhouse-options.ts';

/** @throws UserError */
export function tableOf(flags: Flags, file: string | undefined): SqlTable {
  const metric = flags.metric ?? 'rss';
  const shape: Shape =
    flags.columns === undefined
      ? { kind: 'lines', column: flags.line, order: flags.order }
      : { kind: 'columns', columns: columnsOf(flags.columns) };
  if (file !== undefined) {
    if (flags.table !== undefined || flags.url !== undefined)
      throw new UserError(`${file} is a local file, which chdb reads; leave --url and --table out, or the file`);
    const format = shape.kind === 'lines' ? ', LineAsString' : '';
    return { name: file, from: `file(${literal(resolve(file))}${format})`, shape, metric };
  }
  const { table } = flags;
  if (table === undefined) throw new UserError('name a table with --table, or a local file');
  if (table.includes(';')) throw new UserError(`--table ${table} is no table; write its name, or a table function`);
  const isFunction = /^\w+\s*\(.*\)$/s.test(table);
  return { name: table, from: isFunction ? table : table.split('.').map(identifier).join('.'), shape, metric };
}

const MEANINGS = ['worker', 'path', 'rss', 'order', 'time', 'method', 'status'];

function columnsOf(text: string): ColumnNames {
  const names = new Map(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
  const unknown = [...names].find(([meaning, column]) => !MEANINGS.includes(meaning) || column === '');
  const missing = MEANINGS.slice(0, 4).find((meaning) => !names.has(meaning));
  if (unknown || missing)
    throw new UserError(
      `--columns ${text} ${missing ? `names no ${missing}` : 'is not understood'}; write worker=pid,path=uri,rss=rss_bytes,order=ts and, if there are any, time=ts,method=verb,status=status`,
    );
  const column = (meaning: string) => names.get(meaning) ?? '';
  return {
    worker: column('worker'),
    path: column('path'),
    bytes: column('rss'),
    order: column('order'),
    time: names.get('time'),
    method: names.get('method'),
    status: names.get('status'),
  };
}
