/** The one table of options, from which the help is made. It says what was typed; options.ts checks it. */
import { SORT_KEYS } from '../options.ts';
import { REPORT_KINDS } from '../report/printers.ts';
import { VERSION } from '../version.ts';
import { analysisCommand, InvalidArgumentError, integer, Option } from './analysis-options.ts';
import { COMMANDS } from './commands.ts';
import { collectTarget } from './report-targets.ts';
import { CHECKPOINT_OPTION, STATE_OPTION, seconds } from './session-options.ts';

const EXAMPLES = `
Examples:
  leakrank uwsgi.log                                  which routes leak, and how much per call
  leakrank uwsgi.log.2.gz uwsgi.log.1 uwsgi.log       rotated files, oldest first, as one log
  kubectl logs deploy/web --since=24h | leakrank      from a pipe
  leakrank --json uwsgi.log | jq '.routes[0]'         for programs
  leakrank --since 2h --status 5xx uwsgi.log          a part of the log
  leakrank --state web.state uwsgi.log                every hour: adds what is new
  leakrank --follow uwsgi.log                         the ranking, as the log grows
  leakrank --explain /orders/{id} uwsgi.log           why one route was judged so
  leakrank --max-leak-per-call 10KiB uwsgi.log        for CI: fails when a route leaks more
  leakrank --report classic --memory-threshold 1 uwsgi.log   the lines pyuwsgimemhog prints

The server has to log its memory: memory-report = 1 in uWSGI's configuration.

Exit status: 0 fine; 1 a gate failed; 2 wrong use, an unreadable file, or a log in which nothing
could be read; 130 interrupted.
`;

export function createProgram() {
  return analysisCommand('leakrank')
    .description('Ranks the routes that leak memory, from the logs a web server already writes.')
    .optionsGroup('Logs that grow:')
    .option('-f, --follow', 'read on as the files grow, through rotation; the report is printed anew until Ctrl-C')
    .option(...STATE_OPTION)
    .option(...CHECKPOINT_OPTION, seconds)
    .optionsGroup('Output:')
    .option(
      '--report <kind[=file]>',
      `what to print, and where (repeatable): ${REPORT_KINDS.join(', ')}`,
      collectTarget,
    )
    .option('--json', 'the same as --report json')
    .option('-o, --output <file>', 'the file of the report that names none, instead of standard output')
    .option('--anonymize', 'a report to show to others: no examples, values, hosts or files')
    .option('--explain-path <path>', 'which route a path has and why, instead of a report')
    .option('--explain <route>', 'the evidence behind the verdict on one route')
    .option('-n, --top <n>', 'rows of the table', integer, 20)
    .addOption(new Option('--sort <key>', 'what comes first').choices(SORT_KEYS).default('leaked' as const))
    .option('--si', 'kB and MB of 1000 instead of KiB and MiB')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no warnings on standard error')
    .optionsGroup('Gates (exit status 1 when one fails; sizes need a unit: 10KiB, 50MB):')
    .option('--max-leak-per-call <size>', 'no route may leak more per call')
    .option('--max-leaked <size>', 'no route may leak more in all its calls')
    .option('--max-worker-growth <size>', 'no worker may grow more')
    .option('--baseline <file>', 'no route may leak that did not in this log or JSON report, or leak more')
    .option('--min-change <size>', 'with --baseline, smaller changes per call do not count (default: 1 KiB)')
    .addOption(
      new Option('--inconclusive <outcome>', 'what becomes of a gate for which the log says too little')
        .choices(['pass', 'fail'])
        .default('pass' as const),
    )
    .option('--exit-zero', 'exit status 0 also when a gate failed')
    .optionsGroup('As pyuwsgimemhog (with --report classic):')
    .option('--memory-threshold <MB>', 'only paths above so many MB of 10^6 bytes (default: 10)', anyInteger)
    .option('--no-normalize-nums', 'keep digits in paths')
    .optionsGroup('Options:')
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', `${commandList()}${EXAMPLES}`);
}

function commandList(): string {
  if (COMMANDS.length === 0) return '';
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `\nCommands (leakrank <command> --help):\n${lines.join('\n')}\n`;
}

function anyInteger(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}
