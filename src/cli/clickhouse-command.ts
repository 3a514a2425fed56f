/** `leakrank clickhouse --url … --table logs`: the figures are computed in SQL where the log is, and the report here. */
import { resolve } from 'node:path';
import { chdbEngine } from '../clickhouse/chdb-engine.ts';
import { collectSql, type SqlTable, sqlText } from '../clickhouse/collect-sql.ts';
import type { Engine } from '../clickhouse/engine.ts';
import { httpEngine } from '../clickhouse/http-engine.ts';
import type { ColumnNames, Shape } from '../clickhouse/rows-sql.ts';
import { identifier, literal } from '../clickhouse/sql.ts';
import { UserError } from '../errors.ts';
import { sealedLine } from '../fleet/evidence-file.ts';
import { shapeOf } from '../fleet/shape.ts';
import { encodeEvidence } from '../fleet/stored-evidence.ts';
import { explainNothing } from '../rank/nothing.ts';
import { reportOn } from '../run.ts';
import { Command, collect, integer, Option } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { connect } from './output.ts';
import { createProgram } from './program.ts';
import { putEvidence } from './put-evidence.ts';
import { OUTPUT_OF_REPORTS, withReportOptions } from './report-options.ts';
import { reportTargets } from './report-targets.ts';
import { reportOptions, showReport } from './show-report.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
Without --url the same SQL runs in this process by the optional package chdb, on local files.
The password is that in $CLICKHOUSE_PASSWORD. All queries are read-only.

Examples:
  leakrank clickhouse --url http://ch:8123 --table logs --line message --order ts
  leakrank clickhouse --url http://ch:8123 --table requests --columns worker=pid,path=uri,rss=rss,order=ts,time=ts
  leakrank clickhouse --url http://ch:8123 --table "s3('https://…/uwsgi.log.gz', LineAsString)"
  leakrank clickhouse uwsgi.log
  leakrank clickhouse --print-sql uwsgi.log

Exit status: as leakrank's own.
`;

export function program() {
  const command = new Command('leakrank clickhouse')
    .argument('[file]', 'a local log, or with --columns a Parquet file, read by chdb')
    .description('Reports on a log in ClickHouse: its servers compute, what comes back is evidence.')
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('Where the log is:')
    .option('--url <url>', 'of the server: http://host:8123')
    .option('--user <name>', 'of the server')
    .option('--database <name>', 'of the table')
    .option('--table <table>', 'a table, or file(), s3(), s3Cluster(), cluster() and the like')
    .option('--line <column>', 'the column that holds the lines', 'line')
    .option('--order <column>', "by which a worker's lines are ordered (default: as they are read)")
    .option('--columns <names>', 'of a table without lines: worker=…,path=…,rss=…,order=…,time=…')
    .option('--config <file>', 'options from this file instead of leakrank.config.json or "leakrank" in package.json')
    .option('--no-config', 'no configuration file')
    .optionsGroup('What to look at:')
    .addOption(new Option('--metric <figure>', 'the memory figure of lines').choices(['rss', 'vsz'] as const))
    .option('--since <time>', 'only requests from then on: 2026-11-23T20:50 (server time), or 2h before now')
    .option('--until <time>', 'only requests up to then')
    .option('--match <regex>', 'only routes that match (repeatable)', collect)
    .option('--exclude <regex>', 'no routes that match (repeatable)', collect)
    .option('--no-group', 'keep ids and other values in paths instead of {id}, {uuid}, …')
    .option('--max-routes <n>', 'bound on routes', integer, 10_000)
    .optionsGroup('Queries:')
    .option('--print-sql', 'print the SQL and run nothing')
    .option('--max-memory <bytes>', 'that a query may take on a server', integer, 16 * 2 ** 30)
    .option('--max-rows <n>', 'that a query may return', integer, 5_000_000)
    .option('--evidence <file>', 'write evidence for leakrank merge instead of a report')
    .showHelpAfterError('(leakrank clickhouse --help shows all options)')
    .showSuggestionAfterError()
    .exitOverride();
  return withReportOptions(command, OUTPUT_OF_REPORTS).addHelpText('after', NOTES);
}

type Flags = ReturnType<ReturnType<typeof program>['opts']>;

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  const routeLimits = await parseConfigured(parsed, createProgram(), surroundings, ['output', 'report', 'json']);
  const flags = parsed.opts();
  const table = tableOf(flags, parsed.args[0]);
  const targets = reportTargets(flags, stdout.isTTY === true);
  if (targets.some(({ kind }) => kind === 'classic'))
    throw new UserError('--report classic is made from lines, which stay in ClickHouse; run leakrank on the log');
  const options = await reportOptions({ ...flags, metric: table.metric, routeLimits, signal }, targets, surroundings);
  if (flags.printSql) {
    stdout.write(sqlText(table, options));
    return EXIT.fine;
  }
  const engine = watched(await engineOf(flags, surroundings), flags, surroundings);
  const evidence = await collectSql(engine, table, options)
    .catch((error) => {
      if (signal.aborted) return undefined;
      throw error;
    })
    .finally(() => engine.close());
  if (evidence === undefined) return EXIT.interrupted;
  if (flags.evidence !== undefined) {
    const label = { shape: shapeOf(options), notes: [] };
    await putEvidence(sealedLine(encodeEvidence(evidence, label)), flags.evidence, stdout);
    return EXIT.fine;
  }
  const nothing = explainNothing(evidence, options.reading);
  if (nothing) throw new UserError(nothing);
  const { report } = reportOn(evidence, options, { problems: 0, interrupted: false });
  return await showReport(report, targets, flags, surroundings);
}

async function engineOf(flags: Flags, { env, signal }: Surroundings): Promise<Engine> {
  const settings = {
    readonly: 2,
    max_memory_usage: flags.maxMemory,
    max_result_rows: flags.maxRows,
    result_overflow_mode: 'throw',
    output_format_json_quote_64bit_integers: 0,
  };
  const password = env.CLICKHOUSE_PASSWORD;
  if (flags.url !== undefined)
    return httpEngine({
      url: flags.url,
      user: flags.user,
      password,
      database: flags.database,
      settings: Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)])),
      signal,
    });
  const { readonly: _, ...inProcess } = settings;
  const list = Object.entries(inProcess).map(
    ([key, value]) => `${key} = ${typeof value === 'string' ? literal(value) : value}`,
  );
  return await chdbEngine(list.join(', '), signal);
}

/** Which query runs, on a terminal. */
function watched(engine: Engine, { quiet }: Flags, { stderr }: Surroundings): Engine {
  if (quiet || stderr.isTTY !== true) return engine;
  let number = 0;
  return {
    async rows(sql, params) {
      stderr.write(`\rquery ${++number} …`);
      return await engine.rows(sql, params).finally(() => stderr.write('\r\u001b[K'));
    },
    close: () => engine.close(),
  };
}

/** @throws UserError */
function tableOf(flags: Flags, file: string | undefined): SqlTable {
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

const MEANINGS = ['worker', 'path', 'rss', 'order', 'time'];

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
      `--columns ${text} ${missing ? `names no ${missing}` : 'is not understood'}; write worker=pid,path=uri,rss=rss_bytes,order=ts and, if there is one, time=ts`,
    );
  const column = (meaning: string) => names.get(meaning) ?? '';
  return {
    worker: column('worker'),
    path: column('path'),
    bytes: column('rss'),
    order: column('order'),
    time: names.get('time'),
  };
}
