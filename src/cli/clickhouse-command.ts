/** `leakrank clickhouse --url … --table logs`: the figures are computed in SQL where the log is, and the report here. */

import { lineCount } from '../attribute/input-counts.ts';
import { chdbEngine } from '../clickhouse/chdb-engine.ts';
import { collectSql } from '../clickhouse/collect-sql.ts';
import type { Engine } from '../clickhouse/engine.ts';
import { httpEngine, shownAddress } from '../clickhouse/http-engine.ts';
import { literal } from '../clickhouse/sql.ts';
import { sqlText } from '../clickhouse/sql-text.ts';
import { UserError } from '../errors.ts';
import { sealedLine } from '../fleet/evidence-file.ts';
import { shapeOf } from '../fleet/shape.ts';
import { encodeEvidence } from '../fleet/stored-evidence.ts';
import { explainNothing } from '../rank/nothing.ts';
import { sum } from '../rank/sum.ts';
import { reportOn } from '../run.ts';
import { type Flags, program } from './clickhouse-options.ts';
import { tableOf } from './clickhouse-table.ts';
import { parseConfigured } from './configured.ts';
import { connect } from './output.ts';
import { createProgram } from './program.ts';
import { putEvidence } from './put-evidence.ts';
import { reportTargets } from './report-targets.ts';
import { reportOptions, showReport } from './show-report.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

export { program };

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  const routeLimits = await parseConfigured(parsed, createProgram(), surroundings, ['output', 'report', 'json']);
  const flags = parsed.opts();
  const table = tableOf(flags, parsed.args[0]);
  const targets = reportTargets(flags, stdout.isTTY === true);
  if (targets.some(({ kind }) => kind === 'classic'))
    throw new UserError('--report classic is made from lines, which stay in ClickHouse; run leakrank on the log');
  const options = await reportOptions({ ...flags, metric: table.metric, routeLimits, signal }, targets, surroundings);
  if (flags.printSql) {
    stdout.write(sqlText(table, options, flags.keep));
    return EXIT.fine;
  }
  const engine = watched(await engineOf(flags, surroundings), flags, surroundings);
  const evidence = await collectSql(engine, table, options, flags.keep)
    .catch((error) => {
      if (signal.aborted) return undefined;
      throw error;
    })
    .finally(() => engine.close());
  if (evidence === undefined) {
    const stopped =
      flags.url === undefined ? 'the query was given up' : `the query was stopped on ${shownAddress(flags.url)}`;
    stderr.write(`leakrank: interrupted: ${stopped}, and nothing was written\n`);
    return EXIT.interrupted;
  }
  if (flags.evidence !== undefined) {
    const label = { shape: shapeOf(options), notes: [] };
    await putEvidence(sealedLine(encodeEvidence(evidence, label)), flags.evidence, stdout);
    return EXIT.fine;
  }
  const lines = sum(evidence.inputs, lineCount);
  if (evidence.requests + evidence.leftOut === 0 && lines > 0 && table.shape.kind === 'lines')
    throw new UserError(
      `${table.name} holds no request as uWSGI writes it by default, which is all that SQL reads of lines; name columns with --columns, or run leakrank on the log`,
    );
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
  const told = <T>(answer: Promise<T>) => {
    stderr.write(`\rquery ${++number} …`);
    return answer.finally(() => stderr.write('\r\u001b[K'));
  };
  return {
    rows: (sql, params) => told(engine.rows(sql, params)),
    run: (sql, values) => told(engine.run(sql, values)),
    close: () => engine.close(),
  };
}
