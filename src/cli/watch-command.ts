/** `leakrank watch FILE…`: the report live, on the whole terminal or in a browser. */
import type { Evidence } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import { followRun } from '../follow-run.ts';
import { resolveOptions } from '../options.ts';
import type { Report } from '../report/report.ts';
import { DEFAULT_ADDRESS, isLoopback, parseAddress } from '../serve/address.ts';
import { ReportServer } from '../serve/server.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import { endedLast } from '../watch/ended-last.ts';
import { analysisCommand, Option } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect } from './output.ts';
import { createProgram } from './program.ts';
import { beginSession, CHECKPOINT_OPTION, STATE_OPTION, seconds } from './session-options.ts';
import { tableStyle } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';
import { WatchScreen } from './watch-screen.ts';

const EXAMPLES = `
Keys: q quits, / filters, Tab shows routes or workers alone, arrows scroll; s, or l t n g c m a,
choose what comes first: leaked, triggered, net, gross, calls, largest (m), route (a).

Examples:
  leakrank watch uwsgi.log                            on the whole terminal, like top
  leakrank watch --serve uwsgi.log                    and in a browser: http://${DEFAULT_ADDRESS}/
  kubectl logs -f deploy/web | leakrank watch --serve 8099

Served are the page (/), the report (/report.json) and metrics for Prometheus (/metrics); nothing
can be changed there, and requests that name another host than the address are refused.

Exit status: 0 when it was told to end; 2 wrong use, or an unreadable file.
`;

export function program() {
  return analysisCommand('leakrank watch', 'log files, rotated ones too; - is standard input')
    .description('Shows the report live while the log grows.')
    .optionsGroup('Watching:')
    .option('--serve [address]', `serve the page and metrics over HTTP (default: ${DEFAULT_ADDRESS})`)
    .option(...STATE_OPTION)
    .option(...CHECKPOINT_OPTION, seconds)
    .optionsGroup('Output:')
    .option('--si', 'kB and MB of 1000 instead of KiB and MiB')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no remarks on standard error')
    .addHelpText('after', EXAMPLES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, stderr, env } = surroundings;
  const command = connect(program(), surroundings);
  await parseConfigured(command, createProgram(), surroundings);
  const flags = command.opts();
  const files = command.args;
  const usesInput = files.length === 0 || files.includes(STANDARD_INPUT);
  if (usesInput && stdin.isTTY) {
    command.outputHelp({ error: true });
    return EXIT.misuse;
  }
  const isTerminal = stdout.isTTY === true && env.TERM !== 'dumb';
  if (!isTerminal && flags.serve === undefined)
    throw new UserError(
      stdout.isTTY
        ? 'watch draws on a terminal, and TERM=dumb says that this one cannot; use --serve, or leakrank --follow'
        : 'watch draws on a terminal, and this is none; use --serve, or leakrank --follow',
    );
  const quit = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, surroundings.readerGone, quit.signal]);
  const options = {
    ...resolveOptions({ ...flags, signal }),
    curves: flags.serve === undefined ? 0 : Number.POSITIVE_INFINITY,
  };
  const { sources } = await sourcesOf(files, { ...flags, follow: true }, surroundings);
  const session = await beginSession(flags, options);
  const style = tableStyle({ ...flags, top: Number.POSITIVE_INFINITY }, surroundings);
  const address =
    flags.serve === undefined ? undefined : parseAddress(flags.serve === true ? DEFAULT_ADDRESS : flags.serve);
  const server = address && (await ReportServer.start(address, style.units));
  const remark = server ? `Serving ${server.url} until Ctrl-C.` : '';
  if (server && !flags.quiet && !isTerminal) stderr.write(`${remark}\n`);
  if (address && !isLoopback(address.host) && !flags.quiet)
    stderr.write('warning: this address can be reached from other machines, and the page shows paths from the log\n');
  const title = sources.map(({ name }) => name).join(' ');
  const keys = usesInput ? undefined : stdin;
  const screen = isTerminal
    ? new WatchScreen({ surroundings, keys, style, title, remark, quit: () => quit.abort() })
    : undefined;
  try {
    screen?.open();
    const show = async (report: Report, evidence: Evidence) => {
      server?.show(report);
      screen?.show(report, endedLast(evidence));
    };
    const { problems } = await followRun(sources, options, { session, signal, show });
    screen?.close();
    for (const problem of problems) complain(surroundings, problem.message);
    return problems.length > 0 ? EXIT.misuse : EXIT.fine;
  } finally {
    screen?.close();
    await server?.stop();
  }
}
