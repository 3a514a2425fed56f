/** The options of `leakrank clickhouse`. */
import { KEEPINGS } from '../clickhouse/stages.ts';
import { Command, collect, integer, Option, withSelection } from './analysis-options.ts';
import { OUTPUT_OF_REPORTS, withReportOptions } from './report-options.ts';

const NOTES = `
Without --url the same SQL runs in this process by the optional package chdb, on local files.
The password is that in $CLICKHOUSE_PASSWORD. Queries are read-only: what they keep in between are temporary tables.

Examples:
  leakrank clickhouse --url http://ch:8123 --table logs --line message --order ts
  leakrank clickhouse --url http://ch:8123 --table requests --columns worker=pid,path=uri,rss=rss,order=ts,time=ts
  leakrank clickhouse --url http://ch:8123 --table "s3('https://…/uwsgi.log.gz', LineAsString)"
  leakrank clickhouse uwsgi.log
  leakrank clickhouse --print-sql uwsgi.log

Exit status: as leakrank's own.
`;

export function program() {
  const looking = new Command('leakrank clickhouse')
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
    .option('--columns <names>', 'of a table without lines: worker=…,path=…,rss=…,order=…,time=…,method=…,status=…')
    .option('--config <file>', 'options from this file instead of leakrank.config.json or "leakrank" in package.json')
    .option('--no-config', 'no configuration file')
    .optionsGroup('What to look at:')
    .addOption(new Option('--metric <figure>', 'the memory figure of lines').choices(['rss', 'vsz'] as const));
  const command = withSelection(looking)
    .option('--route <rule>', 'a rule that names routes: /users/:id, GET /x, /regex/ => NAME (repeatable)', collect)
    .option('--routes-from <file>', 'more rules: a file of them, OpenAPI, or the route table of a framework', collect)
    .option('--by <keys>', 'what splits routes: method, status, host, query:NAME (repeatable)', collect)
    .option('--no-group', 'keep ids and other values in paths instead of {id}, {uuid}, …')
    .option('--max-routes <n>', 'bound on routes', integer, 10_000)
    .optionsGroup('Queries:')
    .option('--print-sql', 'print the SQL and run nothing')
    .addOption(
      new Option('--keep <where>', 'what one query leaves for the next: in temporary tables, or read again each time')
        .choices(KEEPINGS)
        .default('memory' as const),
    )
    .option('--max-memory <bytes>', 'that a query may take on a server', integer, 16 * 2 ** 30)
    .option('--max-rows <n>', 'that a query may return', integer, 5_000_000)
    .option('--evidence <file>', 'write evidence for leakrank merge instead of a report')
    .showHelpAfterError('(leakrank clickhouse --help shows all options)')
    .showSuggestionAfterError()
    .exitOverride();
  return withReportOptions(command, OUTPUT_OF_REPORTS).addHelpText('after', NOTES);
}

export type Flags = ReturnType<ReturnType<typeof program>['opts']>;
